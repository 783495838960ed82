/** The SPF tree of a domain as words: what each term means, what it costs, and what is wrong with it. */
import { shownDomain } from '../../../src/domain/name.ts';
import { markFaults, type Segment } from '../../../src/profile/marks.ts';
import { worstFirst } from '../../../src/profile/severity.ts';
import type { ProfileSeverity } from '../../../src/profile/types.ts';
import { formatIp } from '../../../src/spf/ip.ts';
import type {
  SpfProfile,
  SpfProfileFinding,
  SpfProfileRecord,
  SpfProfileTerm,
  SpfProfileTree,
} from '../../../src/spf/types.ts';
import { counted, durationText, keyOf, type Translate } from '../../ui/words.ts';
import { viewSpfFindings, type ProblemView } from './findings.ts';

/** A count against its limit. */
export interface MeterView {
  readonly label: string;
  readonly text: string;
  readonly count: number;
  readonly limit: number;
}

export interface SpfTermView {
  /** As written. */
  readonly text: string;
  readonly meaning: string;
  /** What it makes of hosts it matches; null for modifiers. */
  readonly result: string | null;
  readonly remarks: readonly string[];
  readonly reachable: boolean;
  /** The worst finding about it. */
  readonly severity: ProfileSeverity | null;
  readonly severityWord: string;
  readonly leadsTo: SpfRecordView | null;
}

export interface SpfRecordView {
  readonly name: string;
  readonly record: readonly Segment[];
  /** What is there instead of a record; empty where there is one. */
  readonly outcome: string;
  /** How long it may be kept, and what its answer is worth. */
  readonly life: string;
  readonly terms: readonly SpfTermView[];
}

export interface SpfTreeView {
  /** For which names the record speaks. */
  readonly title: string;
  readonly meters: readonly MeterView[];
  readonly problems: readonly ProblemView[];
  readonly root: SpfRecordView;
}

export function viewSpf({ trees, limits }: SpfProfile, t: Translate): readonly SpfTreeView[] {
  return trees.map((tree) => ({
    title: t('profiler_spf_for', { identities: tree.identities.map((one) => t(`profiler_spf_${one}`)).join(', ') }),
    meters: metersOf(tree, limits, t),
    problems: viewSpfFindings(tree.findings, t),
    root: viewRecordNode(tree.root, worstByPlace(tree.findings), t),
  }));
}

function metersOf(
  { lookups, voidLookups }: SpfProfileTree,
  limits: SpfProfile['limits'],
  t: Translate,
): readonly MeterView[] {
  const meter = (id: string, count: number, limit: number): MeterView => {
    const words = t(count > limit ? 'profiler_meter_over' : 'profiler_meter', {
      count: String(count),
      limit: String(limit),
    });
    return { label: t(`profiler_meter_${id}`), text: words, count, limit };
  };
  return [
    meter('lookups', lookups, limits.lookups),
    meter('voids_ipv4', voidLookups.ipv4, limits.voidLookups),
    meter('voids_ipv6', voidLookups.ipv6, limits.voidLookups),
  ];
}

/** The worst finding at each place of each record. */
type WorstAt = ReadonlyMap<string, SpfProfileFinding>;

const placeKey = (recordName: string, at: number): string => `${at} ${recordName}`;

function worstByPlace(findings: readonly SpfProfileFinding[]): WorstAt {
  const found = new Map<string, SpfProfileFinding>();
  for (const finding of worstFirst(findings)) {
    const key = placeKey(finding.recordName, finding.at ?? -1);
    if (!found.has(key)) found.set(key, finding);
  }
  return found;
}

/** Depth is bounded by the profiler: it names a loop instead of following it. */
function viewRecordNode(node: SpfProfileRecord, worst: WorstAt, t: Translate): SpfRecordView {
  const { name, outcome, record, problems, ttl, dnssec, terms } = node;
  const faults = problems.map(({ at }) => at);
  return {
    name: shownDomain(name),
    record: record === null ? [] : markFaults(record, faults, ' '),
    outcome: outcome === 'record' ? '' : t(keyOf('profiler_outcome', outcome)),
    life:
      ttl === null
        ? ''
        : t('profiler_life', { ttl: durationText(t, ttl, 'long'), dnssec: t(`panel_dnssec_${dnssec}`) }),
    terms: terms.map((term) => viewTerm(term, name, worst, t)),
  };
}

function viewTerm(profiled: SpfProfileTerm, recordName: string, worst: WorstAt, t: Translate): SpfTermView {
  const { term, reachable, leadsTo } = profiled;
  const finding = worst.get(placeKey(recordName, term.at));
  return {
    text: term.text,
    meaning: t(keyOf('spf_term', term.kind), { name: subjectOf(profiled) }),
    result: 'result' in term ? t(`spf_means_${term.result}`) : null,
    remarks: remarksOn(profiled, t),
    reachable,
    severity: finding?.severity ?? null,
    severityWord: finding === undefined ? '' : t(`profiler_severity_${finding.severity}`),
    leadsTo: leadsTo === null ? null : viewRecordNode(leadsTo, worst, t),
  };
}

/** What the term speaks of: a network, the name it leads to, or that name as written where it differs with each message. */
function subjectOf({ term, target }: SpfProfileTerm): string {
  if (term.kind === 'ip4' || term.kind === 'ip6') return `${formatIp(term.network)}/${term.prefix}`;
  if (target !== null) return shownDomain(target);
  return 'domain' in term && term.domain !== null ? term.domain.text : '';
}

function remarksOn(profiled: SpfProfileTerm, t: Translate): readonly string[] {
  const { reachable, lookups, found, dependsOnMessage, mxNames } = profiled;
  if (!reachable) return [t('profiler_term_unreachable')];
  return [
    ...(lookups > 0 ? [counted(t, 'profiler_term_lookups', lookups)] : []),
    ...(mxNames !== null ? [counted(t, 'profiler_term_mx', mxNames)] : []),
    ...(dependsOnMessage ? [t('profiler_term_depends')] : []),
    ...(found === 'nothing' ? [t('profiler_term_nothing')] : []),
    ...(found === 'failure' ? [t('profiler_term_failure')] : []),
  ];
}
