/** What is above a message: a warning of ours, or what a rule of the reader sets. Computed without a browser. */
import { visibleText } from '../../src/bytes/visible.ts';
import type { Report } from '../../src/report/types.ts';
import type { PlannedAction } from '../../src/rules/evaluate.ts';
import type { BannerAction } from '../../src/rules/types.ts';
import type { RulesReply } from '../judging/outcome.ts';
import { headlineWords, type Translate } from '../ui/words.ts';
import type { ShownLevel } from '../ui/level-icon.tsx';
import { lookOf } from '../ui/look.ts';
import { isMuted, mutedBy, type MutedBanner } from './muted.ts';
import type { BannerContent } from './protocol.ts';

/** Verdicts that have a banner. */
const SHOWN: ReadonlySet<ShownLevel> = new Set<ShownLevel>(['broken', 'caution', 'warning']);

/**
 * Null where nothing is to be shown: at the levels above caution but for a broken signature, where a rule keeps the banner away, and where
 * the reader did not want to see it again.
 */
export function viewBanner(
  report: Report,
  rules: RulesReply,
  t: Translate,
  muted: readonly MutedBanner[] = [],
): BannerContent | null {
  const level = lookOf(report);
  const { title, advice } = headlineWords(report, t);
  const own = bannerIn(rules);
  const look = own?.show ?? (SHOWN.has(level) && !isMuted(muted, report) ? (level as BannerContent['look']) : 'none');
  if (look === 'none') return null;
  const found = `${t(`level_${level}`)}: ${title}`;
  return {
    look,
    word: t(`level_${look}`),
    ...(own ? { title: own.text ?? found, text: ownText(own, found, t) } : { title, text: advice }),
    label: t('banner_label'),
    evidence: t('banner_evidence'),
    close: t('banner_close'),
    mute: own === null && mutedBy(report) !== null ? t('banner_mute') : null,
    language: t('language_tag'),
  };
}

/** The banner of a rule, with the name of the rule. */
interface OwnBanner {
  readonly show: BannerAction['show'];
  readonly text: string | undefined;
  readonly rule: string;
}

function bannerIn(rules: RulesReply): OwnBanner | null {
  if (rules === 'none' || rules === 'unreadable') return null;
  for (const { rule, action } of rules.evaluation.actions satisfies readonly PlannedAction[]) {
    if (action.do !== 'banner') continue;
    const text = action.text === undefined ? undefined : visibleText(action.text);
    return { show: action.show, text, rule: rules.names[rule] ?? rule };
  }
  return null;
}

/** Whose words these are; and what was found out, where the reader's words stand in its place. */
function ownText({ text, rule }: OwnBanner, found: string, t: Translate): string {
  const by = t('rules_banner_of', { name: rule });
  return text === undefined ? by : `${found} (${by})`;
}
