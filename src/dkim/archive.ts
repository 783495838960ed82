/**
 * Keys this machine saw in DNS, so that mail stays verifiable after a domain changed its keys (RFC 6376 §3.1 foresees that they
 * change, and §6.1.2 that they go). The port, and how sightings add up.
 *
 * Only what came out of DNS gets in. What an archived key is worth is decided in two steps: src/dkim/archived-key.ts says whether it
 * verifies a signature, src/assessment what follows from that. It never makes a signature pass.
 */
import type { DnssecState } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';

export interface ArchivedKey {
  /** The key record as published, one character per octet. */
  readonly record: string;
  /** ISO times of the first and the latest answer that held it. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The strongest state it was ever seen with: once validated, a record is authentic. */
  readonly dnssec: DnssecState;
}

/** What a host keeps. Neither function throws or rejects: an archive that fails behaves as if it were empty. */
export interface KeyArchive {
  /** Every record seen at a name, the latest first: of keys (`selector._domainkey.domain`) and of policies (`_dmarc.domain`). */
  find(name: string): Promise<readonly ArchivedKey[]>;
  /** Says that DNS held this usable record at that time, or "" for none any more. Returns at once; the host writes when it can. */
  seen(name: string, record: string, dnssec: DnssecState, at: Date): void;
}

/** From weakest to strongest. */
const DNSSEC_STATES: readonly DnssecState[] = ['indeterminate', 'insecure', 'secure'];

/**
 * The keys of one name with one more sighting. The order of sightings does not matter; of too many keys those seen latest stay.
 */
export function addSighting(
  known: readonly ArchivedKey[],
  { record, dnssec, at }: { readonly record: string; readonly dnssec: DnssecState; readonly at: Date },
): readonly ArchivedKey[] {
  if (record.length > LIMITS.archivedKeyOctets) return known;
  const time = at.toISOString();
  const earlier = known.find((key) => key.record === record);
  const key: ArchivedKey = {
    record,
    firstSeen: earlier && earlier.firstSeen < time ? earlier.firstSeen : time,
    lastSeen: earlier && earlier.lastSeen > time ? earlier.lastSeen : time,
    dnssec: earlier ? stronger(earlier.dnssec, dnssec) : dnssec,
  };
  return [key, ...known.filter((other) => other !== earlier)]
    .sort((left, right) => compare(right.lastSeen, left.lastSeen))
    .slice(0, LIMITS.archivedKeysPerName);
}

function stronger(left: DnssecState, right: DnssecState): DnssecState {
  return DNSSEC_STATES.indexOf(left) > DNSSEC_STATES.indexOf(right) ? left : right;
}

/** ISO times of one length sort as text. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
