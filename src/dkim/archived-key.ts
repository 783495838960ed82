/**
 * Asks the key archive where DNS has no key that verifies. RFC 6376 §6.1.2 leaves no doubt about the result: without a key in DNS
 * there is no pass. So the result stays what DNS makes it, and what the archive knows is beside it.
 */
import { LIMITS } from '../limits.ts';
import type { ArchivedKey, KeyArchive } from './archive.ts';
import { readKeyRecords, type FoundRecord, type KeyLookup } from './key-lookup.ts';
import type { ArchivedKeyReport, DkimSignatureReport } from './types.ts';

interface FormerKey extends ArchivedKey {
  readonly found: FoundRecord;
}

/**
 * Tells the archive what DNS holds now, and what it held before where that is another key. Nothing where DNS did not answer: that a
 * key is gone must be certain.
 * @param report what the keys in DNS make of the signature
 * @param judgeWith what other keys would make of it
 */
export async function consultArchive(
  archive: KeyArchive,
  lookup: KeyLookup,
  now: Date,
  report: DkimSignatureReport,
  judgeWith: (keys: KeyLookup) => Promise<DkimSignatureReport>,
): Promise<ArchivedKeyReport | undefined> {
  if (lookup.reason === 'key-unavailable') return undefined;
  const known = await archive.find(lookup.name);
  const usable = lookup.records.filter(isUsable);
  for (const { text } of usable) archive.seen(lookup.name, text, lookup.dnssec, now);

  const published = new Set(usable.map(identityOf));
  const archived = known.slice(0, LIMITS.archivedKeysPerName).flatMap(readArchived);
  const former = archived
    .filter(({ found }) => !published.has(identityOf(found)))
    .sort((left, right) => Date.parse(right.lastSeen) - Date.parse(left.lastSeen));
  const verifying = report.result === 'pass' ? undefined : await findVerifying(former, lookup, judgeWith);
  const told = verifying ?? former[0];
  if (!told) return undefined;
  const { record, firstSeen, lastSeen, dnssec } = told;
  return {
    record,
    firstSeen,
    lastSeen,
    dnssec,
    ...standingOf(lookup, archived, published, now),
    verifies: verifying !== undefined,
  };
}

function readArchived(key: ArchivedKey): readonly FormerKey[] {
  return readKeyRecords(key.record)
    .filter(isUsable)
    .map((found) => ({ ...key, found }));
}

function isUsable({ record }: FoundRecord): boolean {
  return typeof record.publicKey !== 'string';
}

/** Equal for records that hold the same key, whatever else they say. */
function identityOf({ record }: FoundRecord): string {
  return JSON.stringify(record.publicKey);
}

/** A key in test mode confirms nothing (RFC 6376 §3.6.1 t=y), and no more so afterwards. */
async function findVerifying(
  former: readonly FormerKey[],
  lookup: KeyLookup,
  judgeWith: (keys: KeyLookup) => Promise<DkimSignatureReport>,
): Promise<FormerKey | undefined> {
  for (const key of former) {
    const { result, testing } = await judgeWith({ ...lookup, records: [key.found], reason: null, unreadable: null });
    if (result === 'pass' && !testing) return key;
  }
  return undefined;
}

/** What became of the former key. Withdrawn expressly (RFC 6376 §3.6.1 p=) is another thing than merely no longer there. */
function standingOf(
  { records }: KeyLookup,
  archived: readonly FormerKey[],
  published: ReadonlySet<string>,
  now: Date,
): Pick<ArchivedKeyReport, 'withdrawal' | 'successorSince'> {
  if (records.some(({ record }) => record.publicKey === 'key-revoked')) {
    return { withdrawal: 'revoked', successorSince: null };
  }
  if (published.size === 0) return { withdrawal: 'gone', successorSince: null };
  const sightings = archived.filter(({ found }) => published.has(identityOf(found))).map(({ firstSeen }) => firstSeen);
  return { withdrawal: 'replaced', successorSince: sightings.sort()[0] ?? now.toISOString() };
}
