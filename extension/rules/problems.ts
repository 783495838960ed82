/** What is wrong with rules, as words, and where: at the input it belongs to, or in a file. Computed without a browser. */
import { parseRules } from '../../src/rules/parse.ts';
import type { RuleProblem } from '../../src/rules/reader.ts';
import type { Rule } from '../../src/rules/types.ts';
import { keyOf, type Translate } from '../ui/words.ts';
import { withRules } from './changes.ts';

/** The first problem at each place of a rule; places are JSON Pointers within the rule, `/actions/0/tag`. */
export type Problems = ReadonlyMap<string, RuleProblem>;

const RULE = '/rules/0';

/** A rule as it would be stored, or what is wrong with it. */
export function checkRule(
  rule: Rule,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problems: Problems } {
  const parsed = parseRules(withRules([rule]));
  if (parsed.ok) return { ok: true, rule: parsed.value.rules[0] ?? rule };
  const problems = new Map<string, RuleProblem>();
  for (const problem of parsed.problems) {
    const place = problem.path.slice(RULE.length);
    if (!problems.has(place)) problems.set(place, problem);
  }
  return { ok: false, problems };
}

export function problemText({ why, expected = [] }: RuleProblem, t: Translate): string {
  const text = t(keyOf('rules_problem', why));
  return EXPLAINED.has(why) && expected.length > 0
    ? `${text} ${t('rules_problem_expected')} ${expected.join(', ')}`
    : text;
}

/** Problems for which it helps to know what would have been right. */
const EXPLAINED: ReadonlySet<RuleProblem['why']> = new Set([
  'unknown-version',
  'unknown-member',
  'wrong-type',
  'not-one-of',
  'too-many',
  'too-deep',
]);

export interface FileProblem {
  /** The rule it is in, as words; empty for the file as a whole. */
  readonly rule: string;
  /** JSON Pointer. */
  readonly path: string;
  readonly text: string;
}

export function fileProblems(problems: readonly RuleProblem[], t: Translate): readonly FileProblem[] {
  return problems.map((problem) => {
    const index = /^\/rules\/(\d+)/.exec(problem.path)?.[1];
    return {
      rule: index === undefined ? '' : t('rules_problem_rule', { number: String(Number(index) + 1) }),
      path: problem.path,
      text: problemText(problem, t),
    };
  });
}
