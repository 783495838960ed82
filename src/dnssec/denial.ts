/** Proofs that something is not there, of either kind: the records are verified first, then read. */
import type { DnssecReason, ProvedSignature } from '../dns/proof.ts';
import { LIMITS } from '../limits.ts';
import { isAtOrBelow } from './names.ts';
import { denyByNsec, wildcardByNsec } from './nsec.ts';
import { HashedNames, denyByNsec3, wildcardByNsec3 } from './nsec3.ts';
import { TYPE, readNsec, readNsec3, type Nsec, type Nsec3 } from './records.ts';
import type { RRset, Section } from './rrset.ts';
import type { Denial, DeniedKind } from './types.ts';
import { verifyRRset, type ZoneKeys } from './verify.ts';
import type { Work } from './work.ts';

export interface ProvedDenial extends Denial {
  readonly ok: true;
  /** Seconds for which every record of the proof may be kept. */
  readonly ttl: number;
  readonly signatures: readonly ProvedSignature[];
}

export type DenialCheck = ProvedDenial | { readonly ok: false; readonly reason: DnssecReason };

export function denialSets(authorities: Section): readonly RRset[] {
  return [...authorities.ofType(TYPE.NSEC), ...authorities.ofType(TYPE.NSEC3)];
}

/** Whether a response's authority section proves that the name, or its type, is not in the zone (RFC 4035 §5.4, RFC 5155 §8). */
export async function proveDenial(
  name: string,
  typeCode: number,
  kind: DeniedKind,
  authorities: Section,
  zone: ZoneKeys,
  now: number,
  work: Work,
): Promise<DenialCheck> {
  return prove(authorities, zone, now, work, async ({ nsec, hashed }) =>
    nsec.length > 0
      ? denyByNsec(nsec, zone.zone, name, typeCode, kind)
      : denyByNsec3(hashed, zone.zone, name, typeCode, kind),
  );
}

/** Whether it proves that the name itself is not there, so that the wildcard below `encloser` may stand for it. */
export async function proveWildcard(
  name: string,
  encloser: string,
  authorities: Section,
  zone: ZoneKeys,
  now: number,
  work: Work,
): Promise<DenialCheck> {
  const check = await prove(authorities, zone, now, work, async ({ nsec, hashed }) => {
    if (nsec.length === 0) return wildcardByNsec3(hashed, name, encloser);
    return wildcardByNsec(nsec, zone.zone, name, encloser) ? { optOut: false, delegation: false } : undefined;
  });
  return !check.ok && check.reason === 'denial-missing' ? { ok: false, reason: 'wildcard-unproven' } : check;
}

interface Evidence {
  readonly nsec: readonly Nsec[];
  readonly hashed: HashedNames;
}

async function prove(
  authorities: Section,
  zone: ZoneKeys,
  now: number,
  work: Work,
  find: (evidence: Evidence) => Promise<Denial | undefined>,
): Promise<DenialCheck> {
  const nsec: Nsec[] = [];
  const nsec3: Nsec3[] = [];
  const signatures: ProvedSignature[] = [];
  let ttl: number = LIMITS.dnsCacheSeconds;
  let reason: DnssecReason = 'denial-missing';
  for (const set of denialSets(authorities)) {
    if (!isAtOrBelow(set.owner, zone.zone)) continue;
    if (!set.signatures.some(({ signer }) => signer === zone.zone)) continue;
    const check = await verifyRRset(set, zone, now, work);
    if (!check.ok) {
      reason = check.reason;
      continue;
    }
    // RFC 4592 §4.9: absence is never proved by a wildcard's own record under another name.
    if (check.expandedBelow !== null) continue;
    signatures.push(check.signature);
    ttl = Math.min(ttl, check.ttl);
    for (const record of set.records) {
      const one = set.typeCode === TYPE.NSEC ? readNsec(record) : undefined;
      const other = set.typeCode === TYPE.NSEC3 ? readNsec3(record) : undefined;
      if (one) nsec.push(one);
      if (other) nsec3.push(other);
    }
  }
  const hashed = new HashedNames(nsec3, zone.zone, work);
  if (hashed.iterations > LIMITS.nsec3Iterations) return { ok: false, reason: 'nsec3-iterations' };
  const denial = await find({ nsec, hashed });
  return denial ? { ok: true, ...denial, ttl, signatures } : { ok: false, reason };
}
