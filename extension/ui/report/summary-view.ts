/** A Report in one glance: the verdict and what to do, four facts, and what else was found, a line each. Computed without a browser. */
import type { Finding } from '../../../src/assessment/assess.ts';
import type { FindingId } from '../../../src/assessment/table.ts';
import { LEVELS, type FindingLevel } from '../../../src/assessment/types.ts';
import type { Report } from '../../../src/report/types.ts';
import type { ShownLevel } from '../level-icon.tsx';
import { lookOf } from '../look.ts';
import { findingWords, headlineWords, type Translate } from '../words.ts';
import { viewFacts, type FactOptions, type FactView } from './facts.ts';

export interface SummaryLine {
  readonly id: FindingId;
  readonly level: FindingLevel;
  readonly levelWord: string;
  readonly title: string;
}

export interface SummaryView {
  readonly look: ShownLevel;
  readonly lookWord: string;
  readonly headline: string;
  /** What to do, or what it means where there is nothing to do. */
  readonly advice: string;
  readonly facts: readonly FactView[];
  /** Further findings, worst first: three at most, and fewer where nothing is odd. */
  readonly lines: readonly SummaryLine[];
  /** Findings that only the details show. */
  readonly more: number;
  /** What a reader who wants to know more has to do first; null where nothing is in the way. */
  readonly next: 'choose-resolver' | 'retry' | null;
}

/** Lines, the one that leads to the rest included where nothing is odd: ordinary mail is told in little room. */
const MOST_LINES = 3;
const MOST_ORDINARY_LINES = 2;
const ODD: ReadonlySet<ShownLevel> = new Set<ShownLevel>(['caution', 'warning']);

/** Said already by a fact or the headline, or nothing a reader of mail wants to know at once. */
const LEFT_OUT: ReadonlySet<FindingId> = new Set<FindingId>([
  'sender-on-behalf',
  'sender-unsigned',
  'weak-key',
  'signatures-not-checked',
  'server-result-deviates',
  'server-result-unreadable',
  'server-results-not-read',
  'mixed-line-ends',
  'mbox-from-line',
  'bulk-marks',
  'solicitation-declared',
  'solicitation-recorded',
  'solicitation-malformed',
  'subject-label',
  'domainkeys-signature',
]);

export function viewSummary(report: Report, options: FactOptions, t: Translate): SummaryView {
  const { title, meaning, advice } = headlineWords(report, t);
  const look = lookOf(report);
  const others = furtherFindings(report, title, t);
  const ordinary = others.length > MOST_ORDINARY_LINES ? MOST_ORDINARY_LINES - 1 : MOST_ORDINARY_LINES;
  const room = ODD.has(look) ? MOST_LINES : ordinary;
  return {
    look,
    lookWord: t(`level_${look}`),
    headline: title,
    advice: advice || meaning,
    facts: viewFacts(report, options, t),
    lines: others.slice(0, room),
    more: Math.max(0, others.length - room),
    next:
      report.headline === 'resolver-not-chosen' ? 'choose-resolver' : report.dnsFailures.length > 0 ? 'retry' : null,
  };
}

/** All but the headline, however often it was found, and what is left out; no title twice. */
function furtherFindings(report: Report, headline: string, t: Translate): readonly SummaryLine[] {
  const seen = new Set([headline]);
  return report.findings
    .filter(({ id, level }) => id !== report.headline && !LEFT_OUT.has(id) && !isSameTrouble(report, level))
    .toSorted((left, right) => rank(right) - rank(left))
    .flatMap((finding) => {
      const { title } = findingWords(finding, report, t);
      if (seen.has(title)) return [];
      seen.add(title);
      return [{ id: finding.id, level: finding.level, levelWord: t(`level_${finding.level}`), title }];
    });
}

/** Without a resolver nothing could be looked up, which the headline says for all of it. */
function isSameTrouble({ headline }: Report, level: FindingLevel): boolean {
  return headline === 'resolver-not-chosen' && level === 'unchecked';
}

function rank({ level }: Finding): number {
  return level === 'note' ? -1 : LEVELS.indexOf(level);
}

/** Before the DNS has answered: who the message says it is from, and nothing that an answer could take back. */
export function viewPending(report: Report, options: FactOptions, t: Translate): SummaryView {
  const [from] = report.identities.from;
  const address = from?.address ?? '';
  return {
    look: 'unsigned',
    lookWord: t('badge_checking'),
    headline: from === undefined ? t('fact_from_nobody') : from.displayName || address,
    advice: t('panel_pending'),
    facts: viewFacts(report, { ...options, pending: true }, t),
    lines: [],
    more: 0,
    next: null,
  };
}
