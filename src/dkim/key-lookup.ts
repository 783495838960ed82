/** Finds key records in DNS. Implements RFC 6376 §3.6.2 and steps 1 to 5 of §6.1.2. */
import { createMemo } from '../bytes/memo.ts';
import type { DomainName } from '../domain/name.ts';
import type { DnssecState, Resolver } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';
import { parseKeyRecord, type KeyRecord } from './key.ts';
import type { DkimReason } from './reasons.ts';

export interface FoundRecord {
  /** As published, one character per octet. */
  readonly text: string;
  readonly record: KeyRecord;
}

export interface KeyLookup {
  readonly name: DomainName;
  /**
   * Every key record at the name. RFC 6376 §6.1.2 step 4 lets a verifier cycle through them; the order is DNS's and means nothing,
   * so believing only the first would make results change from one query to the next.
   */
  readonly records: readonly FoundRecord[];
  /** Why there is none; null where there are some. */
  readonly reason: DkimReason | null;
  /** The first record found, where none of them is a key record. */
  readonly unreadable: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
}

/** Asks for the key records at a name; a name asked for before is not asked for again. */
export type KeyFinder = (name: DomainName) => Promise<KeyLookup>;

export function createKeyFinder(resolver: Resolver, signal: AbortSignal | undefined): KeyFinder {
  const asked = new Map<DomainName, Promise<KeyLookup>>();
  return (name) => {
    const lookup = asked.get(name) ?? lookUpKeys(resolver, name, signal);
    asked.set(name, lookup);
    return lookup;
  };
}

/** The one place where a failing look-up becomes a result (RFC 6376 §6.1.2 step 2). Rejects only where the resolver does. */
async function lookUpKeys(resolver: Resolver, name: DomainName, signal: AbortSignal | undefined): Promise<KeyLookup> {
  const answer = await resolver.query(name, 'TXT', { signal });
  const nothing = { name, records: [], unreadable: null };
  switch (answer.kind) {
    case 'failure':
      return { ...nothing, reason: 'key-unavailable', ttl: null, dnssec: 'indeterminate' };
    case 'no-data':
    case 'nxdomain':
      return { ...nothing, reason: 'key-not-found', ttl: answer.ttl, dnssec: answer.dnssec };
    case 'records': {
      const { ttl, dnssec } = answer;
      const records: FoundRecord[] = [];
      for (const text of answer.records) records.push(...readKeyRecords(text));
      records.splice(LIMITS.keyRecords);
      if (records.length > 0) return { name, records, reason: null, unreadable: null, ttl, dnssec };
      return { ...nothing, reason: 'key-syntax', unreadable: answer.records[0] ?? null, ttl, dnssec };
    }
  }
}

/** Records read before: the same few keys sign most of a mailbox, and reading one takes longer than looking it up here. */
const readRecords = createMemo<readonly FoundRecord[]>(LIMITS.keyRecordsRemembered);
/** Longer ones, which no key in use needs, are not worth the memory. */
const REMEMBERED_OCTETS = 2048;

/** The record a text holds; none where it is no key record. */
export function readKeyRecords(text: string): readonly FoundRecord[] {
  const read = (): readonly FoundRecord[] => {
    const record = parseKeyRecord(text);
    return record ? [{ text, record }] : [];
  };
  return text.length > REMEMBERED_OCTETS ? read() : readRecords.get(text, read);
}
