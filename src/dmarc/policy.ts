/** Which record applies to an author domain and what policy it gives. Implements RFC 9989 §4.10.1 and t= of §4.7. */
import { weakestDnssec } from '../dns/conclusions.ts';
import type { Existence } from '../dns/conclusions.ts';
import type { DmarcReason } from './reasons.ts';
import type { AppliedDmarcRecord, DmarcDiscovery, DmarcPolicy, DmarcRecordOrigin } from './types.ts';
import { organizationalDomainOf } from './walk.ts';
import type { Place, Walk } from './walk.ts';

/** RFC 9989 §4.7 t=y: the policy one level below. */
const ONE_LEVEL_LESS: Readonly<Record<DmarcPolicy, DmarcPolicy>> = {
  reject: 'quarantine',
  quarantine: 'none',
  none: 'none',
};

/** What a walk from the author domain says about it. */
export function decidePolicy(walk: Walk, existence: Existence): DmarcDiscovery {
  const [start] = walk;
  const organizational = organizationalDomainOf(walk);
  const base = {
    domain: start.domain,
    organizationalDomain: organizational.known ? organizational.domain : null,
    walk: walk.map((place) => place.step),
  };
  const without = (reason: DmarcReason, applied: AppliedDmarcRecord | null = null): DmarcDiscovery => ({
    ...base,
    applied,
    policy: null,
    effectivePolicy: null,
    reason,
    dnssec: applied?.dnssec ?? weakestDnssec(walk.map((place) => place.step.dnssec)),
  });

  // The author domain's own record applies whatever is above it; where it cannot be read, nothing above may take its place.
  if (start.obstacle !== null) return without(start.obstacle);
  if (start.record === null && !organizational.known) return without(organizational.obstacle);

  const applied = selectRecord(walk, base.organizationalDomain);
  if (applied === null) return without(reasonOfAbsence(walk));
  if (!applied.record.processable) return without('policy-unusable', applied);
  const policy = policyFor(applied, existence);
  if (policy === null) return without('existence-unavailable', applied);
  const effectivePolicy = applied.record.testing ? ONE_LEVEL_LESS[policy] : policy;
  return { ...base, applied, policy, effectivePolicy, reason: null, dnssec: applied.dnssec };
}

/** RFC 9989 §4.10.1: the author domain's record, else its organizational domain's, else its public suffix operator's. */
function selectRecord(walk: Walk, organizationalDomain: string | null): AppliedDmarcRecord | null {
  const [start] = walk;
  if (start.record !== null) return applyRecord(walk, start, 'author');
  const organizational = walk.find((place) => place.domain === organizationalDomain && place.record !== null);
  if (organizational !== undefined) return applyRecord(walk, organizational, 'organizational');
  const operator = walk.find((place) => place.record?.psd === 'y');
  return operator === undefined ? null : applyRecord(walk, operator, 'psd');
}

function applyRecord(walk: Walk, place: Place, origin: DmarcRecordOrigin): AppliedDmarcRecord | null {
  const { step, record } = place;
  if (record === null || step.record === null || step.ttl === null) return null;
  const passed = walk.slice(0, walk.indexOf(place) + 1);
  const dnssec = weakestDnssec(passed.map((each) => each.step.dnssec));
  return { origin, name: step.name, text: step.record, record, ttl: step.ttl, dnssec };
}

/** RFC 9989 §4.10.1: p for the author domain's own record, else sp, or np where the author domain does not exist. */
function policyFor({ origin, record }: AppliedDmarcRecord, existence: Existence): DmarcPolicy | null {
  if (origin === 'author') return record.policy;
  if (record.nonexistentPolicy === record.subdomainPolicy) return record.subdomainPolicy;
  switch (existence) {
    case 'exists':
      return record.subdomainPolicy;
    case 'nonexistent':
      return record.nonexistentPolicy;
    case 'unknown':
      return null;
  }
}

/** No record applies: whether nothing is there, or something that does not count. */
function reasonOfAbsence(walk: Walk): DmarcReason {
  for (const { step } of walk) {
    if (step.outcome === 'several-records') return 'several-records';
    if (step.outcome === 'invalid-record') return 'record-invalid';
  }
  return 'no-record';
}
