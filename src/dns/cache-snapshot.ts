/** The cache between two runs: what a host stores, and how it is read back. Nothing stored is trusted; what is odd is dropped. */
import { LIMITS } from '../limits.ts';
import { canonicalIpv4, canonicalIpv6 } from './address.ts';
import { readProof } from './proof-snapshot.ts';
import { isRecordType, normalizeName } from './question.ts';
import type { DnsAnswer, DnssecState, RecordData, RecordType } from './resolver.ts';

/** One remembered answer. Times in milliseconds since 1970. */
export interface CacheEntry {
  readonly answer: DnsAnswer;
  readonly storedAt: number;
  readonly expiresAt: number;
}

/** JSON-safe; the longest unused entry first. */
export interface CacheSnapshot {
  readonly version: 1;
  readonly entries: readonly CacheEntry[];
}

/** Where a host keeps the cache. */
export interface CacheStore {
  /** What was saved last, or anything else: it is read with care. */
  load(): Promise<unknown>;
  /**
   * Says that something new was learned; called once for questions asked together. The host calls `snapshot` when it wants to
   * write, so that many messages in a row cost one write. Must not throw.
   */
  save(snapshot: () => CacheSnapshot): void;
}

/** The entries of a stored snapshot that are whole, in bounds and still good at `now`; none for anything else. */
export function restoreEntries(saved: unknown, now: Date): readonly CacheEntry[] {
  if (!isObject(saved) || saved['version'] !== 1 || !Array.isArray(saved['entries'])) return [];
  const newest: unknown[] = saved['entries'].slice(-LIMITS.dnsCacheEntries);
  return newest.flatMap((item) => readEntry(item, now.getTime()) ?? []);
}

function readEntry(item: unknown, now: number): CacheEntry | undefined {
  if (!isObject(item)) return undefined;
  const { storedAt, expiresAt } = item;
  if (!isNumberWithin(storedAt, 0, now) || !isNumberWithin(expiresAt, now + 1, Number.MAX_SAFE_INTEGER))
    return undefined;
  const answer = readAnswer(item['answer']);
  if (answer === undefined) return undefined;
  const bound = answer.kind === 'records' ? LIMITS.dnsCacheSeconds : LIMITS.dnsNegativeSeconds;
  return expiresAt - storedAt <= bound * 1000 ? { answer, storedAt, expiresAt } : undefined;
}

function readAnswer(item: unknown): DnsAnswer | undefined {
  if (!isObject(item)) return undefined;
  const { kind, name, type, ttl, dnssec, records, authenticData } = item;
  if (typeof name !== 'string' || normalizeName(name) !== name) return undefined;
  if (typeof type !== 'string' || !isRecordType(type)) return undefined;
  if (!isNumberWithin(ttl, 0, 0x7fffffff) || !isDnssecState(dnssec)) return undefined;
  // What was validated here must not come back as somebody else's word, nor the other way round.
  const proof = item['proof'] === undefined ? undefined : readProof(item['proof']);
  if (item['proof'] !== undefined && proof?.state !== dnssec) return undefined;
  const base = {
    name,
    type,
    cached: false,
    ttl,
    dnssec,
    ...(proof === undefined ? {} : { proof, authenticData: authenticData === true }),
  };
  if (kind === 'no-data' || kind === 'nxdomain') return { ...base, kind };
  if (kind !== 'records' || !Array.isArray(records) || records.length === 0) return undefined;
  const whole = records.flatMap((record: unknown) => RECORD_READERS[type](record) ?? []);
  // Half an answer could change a result: none is better.
  return whole.length === records.length ? { ...base, kind, records: whole } : undefined;
}

const RECORD_READERS: { readonly [T in RecordType]: (value: unknown) => RecordData[T] | undefined } = {
  A: (value) => (typeof value === 'string' ? canonicalIpv4(value) : undefined),
  AAAA: (value) => (typeof value === 'string' ? canonicalIpv6(value) : undefined),
  CNAME: readName,
  NS: readName,
  PTR: readName,
  MX: (value) => {
    if (!isObject(value)) return undefined;
    const { preference } = value;
    const exchange = readName(value['exchange']);
    return isNumberWithin(preference, 0, 0xffff) && exchange !== undefined ? { preference, exchange } : undefined;
  },
  SOA: (value) => {
    if (!isObject(value)) return undefined;
    const { minimum } = value;
    const mname = readName(value['mname']);
    return isNumberWithin(minimum, 0, 0xffffffff) && mname !== undefined ? { mname, minimum } : undefined;
  },
  // One character per octet.
  TXT: (value) =>
    typeof value === 'string' && value.length <= LIMITS.dnsMessageBytes && /^[\0-\xff]*$/.test(value)
      ? value
      : undefined,
};

/** A name as answers carry it: printable, each of its at most 255 octets written with at most four characters. */
function readName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\x20-\x7e]{1,1020}$/.test(value) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isNumberWithin(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

function isDnssecState(value: unknown): value is DnssecState {
  return value === 'secure' || value === 'insecure' || value === 'indeterminate';
}
