/** What the reader's rules say of one message, and that as words: in the panel, and where rules are tried. Computed without a browser. */
import type { Level } from '../../src/assessment/types.ts';
import { asciiLower } from '../../src/bytes/ascii.ts';
import { shownDomain } from '../../src/domain/name.ts';
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import { evaluateRules, type PlannedAction, type RuleEvaluation } from '../../src/rules/evaluate.ts';
import type { BannerAction, Because, RuleSet, RuleSubject } from '../../src/rules/types.ts';
import { unfoldValue } from '../../src/syntax/cfws.ts';
import type { CheckedMessage } from './checked-message.ts';
import { fill, type Translate } from '../ui/words.ts';
import { actionText } from '../ui/action-words.ts';
import { conditionText, type Accounts } from '../ui/condition-words.ts';

export interface RulesOutcome {
  readonly evaluation: RuleEvaluation;
  /** The names of the rules by their ids. */
  readonly names: Readonly<Record<string, string>>;
  readonly accounts: Accounts;
}

/** `none`: the reader has made no rules. `unreadable`: those that are stored cannot be read, so nothing is done by them. */
export type RulesReply = RulesOutcome | 'none' | 'unreadable';

export function applyRules(rules: RuleSet, subject: RuleSubject, accounts: Accounts): RulesReply {
  if (rules.rules.length === 0) return 'none';
  const names = Object.fromEntries(rules.rules.map(({ id, name }) => [id, name]));
  return { evaluation: evaluateRules(rules, subject), names, accounts };
}

/** A message on which rules were tried. */
export interface TriedMessage {
  readonly subject: string;
  readonly author: string;
  readonly level: Level;
  readonly rules: RulesReply;
}

export function describeTried({ report, header }: CheckedMessage, rules: RulesReply): TriedMessage {
  const subject = header.find(({ name }) => asciiLower(name) === 'subject')?.value ?? '';
  const [author] = report.identities.from;
  return {
    subject: decodeEncodedWords(unfoldValue(subject)).trim(),
    author: author?.displayName || author?.address || '',
    level: report.level,
    rules,
  };
}

export interface MatchView {
  readonly name: string;
  readonly because: readonly string[];
}

/** What a rule puts above a message: the reader's own words, or the name of the rule. */
export interface BannerView {
  readonly show: Exclude<BannerAction['show'], 'none'>;
  readonly text: string;
  readonly rule: string;
}

export interface OutcomeView {
  /** Null where no rule sets one. */
  readonly banner: BannerView | null;
  readonly matched: readonly MatchView[];
  readonly actions: readonly string[];
  /** Rules that would have acted, had it been known who sent the message. */
  readonly heldBack: readonly MatchView[];
  /** What is not done, and why. */
  readonly overruled: readonly string[];
}

/** What there is to show; null where the reader has made no rules. */
export function viewReply(reply: RulesReply, t: Translate): OutcomeView | 'unreadable' | null {
  if (reply === 'none') return null;
  return reply === 'unreadable' ? reply : viewOutcome(reply, t);
}

function viewOutcome({ evaluation, names, accounts }: RulesOutcome, t: Translate): OutcomeView {
  const nameOf = (id: string): string => names[id] ?? id;
  const because = (reasons: readonly Because[]): readonly string[] =>
    reasons.length === 0 ? [t('rules_if_every')] : reasons.map((one) => becauseText(one, accounts, t));
  const done = ({ action }: PlannedAction): string => actionText(action, accounts, t);
  return {
    banner: bannerOf(evaluation, nameOf),
    matched: evaluation.matched.map((rule) => ({ name: rule.name, because: because(rule.because) })),
    actions: evaluation.actions.map(done),
    heldBack: evaluation.skipped.flatMap((rule) =>
      rule.why === 'unchecked' ? { name: nameOf(rule.rule), because: because(rule.because) } : [],
    ),
    // What is there already is no conflict, and nothing to tell.
    overruled: evaluation.overruled
      .filter(({ why }) => why === 'decided')
      .map((planned) => t('rules_overruled', { action: done(planned), name: nameOf(planned.by) })),
  };
}

function bannerOf({ actions }: RuleEvaluation, nameOf: (id: string) => string): BannerView | null {
  for (const { rule, action } of actions) {
    if (action.do !== 'banner' || action.show === 'none') continue;
    return { show: action.show, text: action.text ?? nameOf(rule), rule: nameOf(rule) };
  }
  return null;
}

/** The condition, and what was found where that says more; what does not hold is said to be so. Foreign text is isolated in both. */
function becauseText({ condition, holds, found }: Because, accounts: Accounts, t: Translate): string {
  const text = conditionText(condition, accounts, t);
  if (!holds) return `${t('rules_not')} ${text}`;
  if (!SAYS_MORE.has(condition.field)) return text;
  const said = new Set(text.split(/[\s(),\u2068\u2069]+/));
  const more = [...new Set(found)].filter((one) => !said.has(one) && !said.has(shownDomain(one)));
  return [text, ...(more.length > 0 ? [more.map((one) => fill('{found}', { found: one })).join(', ')] : [])].join(': ');
}

/** Conditions that ask for a pattern, a choice or any of a kind: which it was is in what was found. */
const SAYS_MORE: ReadonlySet<Because['condition']['field']> = new Set([
  'keyword',
  'subject-label',
  'signature',
  'practice',
  'observed',
  'list',
  'server-result',
]);
