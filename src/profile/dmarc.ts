/** The DMARC records of a walk as their publisher should see them (RFC 9989 §4.7, §4.8, §4.10). */
import { parseDmarcRecord } from '../dmarc/parse.ts';
import type { AppliedDmarcRecord, DmarcDiscovery, DmarcPolicy, DmarcWalkStep } from '../dmarc/types.ts';
import { DMARC_FINDINGS } from './reasons.ts';
import type { DmarcFindingId } from './reasons.ts';
import type { DmarcProfile, RecordFinding } from './types.ts';

type Finding = RecordFinding<DmarcFindingId>;

const STRENGTH: Readonly<Record<DmarcPolicy, number>> = { none: 0, quarantine: 1, reject: 2 };

export function profileDmarc(discovery: DmarcDiscovery): DmarcProfile {
  const { applied, walk, reason } = discovery;
  const end = walk.findIndex(({ name }) => name === applied?.name);
  // Records above the one that applies decide nothing, and are often somebody else's.
  const findings = (end < 0 ? walk : walk.slice(0, end + 1)).flatMap(stepFindings);
  const [start] = walk;
  if (reason === 'no-record' && start !== undefined) findings.push(finding('no-record', start.name));
  if (applied !== null) findings.push(...policyFindings(applied));
  return { ...discovery, findings };
}

function finding(id: DmarcFindingId, name: string): Finding {
  return { id, severity: DMARC_FINDINGS[id], name };
}

function stepFindings({ name, outcome, record }: DmarcWalkStep): readonly Finding[] {
  if (outcome === 'failure') return [finding('dns-failure', name)];
  if (outcome === 'several-records') return [finding('several-records', name)];
  if (record === null) return outcome === 'invalid-record' ? [finding('too-long', name)] : [];
  const parsed = parseDmarcRecord(record);
  const problems = parsed.ok ? parsed.notes : [parsed.problem];
  return problems
    .toSorted((left, right) => left.at - right.at)
    .map(({ code, tag, at }) => ({
      ...finding(code, name),
      ...(tag !== null && { tag }),
      // What is missing has no place.
      ...(code !== 'missing-policy' && { at }),
    }));
}

/** What a record that is well formed does not say, or says only by halves. */
function policyFindings({ origin, name, record }: AppliedDmarcRecord): readonly Finding[] {
  const { policy, subdomainPolicy, nonexistentPolicy, testing, reportUris, processable } = record;
  if (!processable) return [finding('policy-unusable', name)];
  const ids: DmarcFindingId[] = [];
  if (origin !== 'author') ids.push('inherited');
  if (STRENGTH[subdomainPolicy] < STRENGTH[policy]) ids.push('subdomains-weaker');
  if (STRENGTH[nonexistentPolicy] < Math.min(STRENGTH[policy], STRENGTH[subdomainPolicy])) {
    ids.push('nonexistent-weaker');
  }
  if (policy === 'none') ids.push('monitoring-only');
  if (testing) ids.push('testing');
  if (reportUris.length === 0) ids.push('no-reports');
  return ids.map((id) => finding(id, name));
}
