/** One RRset against the keys of its zone: RFC 4035 §5.3. */
import type { DnssecReason, ProvedSignature } from '../dns/proof.ts';
import { LIMITS } from '../limits.ts';
import { isSupportedAlgorithm, verifyWithKey } from './algorithms.ts';
import { countLabels, lastLabels } from './names.ts';
import type { Dnskey, Rrsig } from './records.ts';
import { signedOctets, type RRset } from './rrset.ts';
import type { Work } from './work.ts';

export interface ZoneKeys {
  readonly zone: string;
  readonly keys: readonly Dnskey[];
}

export type RRsetCheck =
  | {
      readonly ok: true;
      readonly signature: ProvedSignature;
      /** Seconds the RRset may be kept (RFC 4035 §5.3.3). */
      readonly ttl: number;
      /** The name below which a wildcard is that was expanded to the owner; null where none was (RFC 4035 §5.3.4). */
      readonly expandedBelow: string | null;
    }
  | { readonly ok: false; readonly reason: DnssecReason };

/** From the least telling to the most: what is reported where several signatures failed for different reasons. */
const TELLING: readonly DnssecReason[] = [
  'signature-missing',
  'key-missing',
  'key-unusable',
  'signature-not-yet-valid',
  'signature-expired',
  'signature-invalid',
];

/**
 * Whether one of the signatures is a good one by one of the zone's keys. One good one is enough (RFC 6840 §5.4, §5.11).
 * @param now seconds since 1970
 * @throws {TooMuchWork}
 */
export async function verifyRRset(set: RRset, zone: ZoneKeys, now: number, work: Work): Promise<RRsetCheck> {
  let reason: DnssecReason = 'signature-missing';
  const note = (found: DnssecReason): void => {
    if (TELLING.indexOf(found) > TELLING.indexOf(reason)) reason = found;
  };
  for (const signature of set.signatures
    .filter((each) => mayCover(each, set, zone))
    .slice(0, LIMITS.dnssecSignatures)) {
    const untimely = timeliness(signature, now);
    if (untimely !== null) {
      note(untimely);
      continue;
    }
    const keys = zone.keys
      .filter(({ algorithm, keyTag }) => algorithm === signature.algorithm && keyTag === signature.keyTag)
      .slice(0, LIMITS.dnssecKeysPerTag);
    if (keys.length === 0) note('key-missing');
    const data = signedOctets(set, signature);
    for (const key of keys) {
      work.spendVerification();
      const outcome = await verifyWithKey(key, signature, data);
      if (outcome === 'valid') return goodCheck(set, signature, now);
      note(outcome === 'invalid' ? 'signature-invalid' : 'key-unusable');
    }
  }
  return { ok: false, reason };
}

/** RFC 4035 §5.3.1, apart from the times. */
function mayCover({ signer, labels, algorithm }: Rrsig, { owner }: RRset, { zone }: ZoneKeys): boolean {
  return signer === zone && labels <= countLabels(owner) && isSupportedAlgorithm(algorithm);
}

/** Times are compared as serial numbers (RFC 4034 §3.1.5, RFC 1982 §3.2). */
function timeliness({ inception, expiration }: Rrsig, now: number): DnssecReason | null {
  if (((expiration - now) | 0) < 0) return 'signature-expired';
  return ((now - inception) | 0) < 0 ? 'signature-not-yet-valid' : null;
}

function goodCheck({ owner, ttl }: RRset, signature: Rrsig, now: number): RRsetCheck {
  const { algorithm, keyTag, labels, originalTtl } = signature;
  const left = (signature.expiration - now) | 0;
  return {
    ok: true,
    signature: {
      algorithm,
      keyTag,
      validFrom: now - ((now - signature.inception) | 0),
      validUntil: now + left,
    },
    ttl: Math.min(ttl, originalTtl, left),
    expandedBelow: labels < countLabels(owner) ? lastLabels(owner, labels) : null,
  };
}
