/**
 * Zone files for tests, the demo and the command line: JSON `{ "<owner name>": { "<TYPE>": [rdata…] } }`, rdata in presentation
 * form (RFC 1035 §5.1 without quotes and escapes). Beside the types may stand `_ttl` (seconds) and `_secure` (answers carry AD).
 * A type may be "SERVFAIL" or "TIMEOUT" instead of a list.
 *
 * Known differences: no `$ORIGIN`, no relative names, each name once; a CNAME may stand without its list, and beside other types
 * (RFC 1034 §3.6.2 forbids that), which are then answered as listed.
 */
import { octetsToString, utf8ToBytes } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { canonicalIpv4, canonicalIpv6 } from './address.ts';
import { isRecordType, normalizeName } from './question.ts';
import type { RecordData, RecordType } from './resolver.ts';

/** A zone file as `JSON.parse` returns it. */
export type ZoneFile = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a type's questions get instead of records. */
export type ZoneFault = 'SERVFAIL' | 'TIMEOUT';

export interface ZoneNode {
  readonly types: { readonly [T in RecordType]?: ZoneFault | readonly RecordData[T][] };
  readonly ttl: number;
  readonly secure: boolean;
}

/** A zone file that was read: nodes by name, in the form of `normalizeName`. */
export type Zone = ReadonlyMap<string, ZoneNode>;

export interface ZoneProblem {
  /** The owner name as written, null where the file as a whole is wrong. */
  readonly name: string | null;
  /** The type as written, null where the name is wrong. */
  readonly type: string | null;
  /** For the person who wrote the file, in plain English. */
  readonly why: string;
}

type Parsed<V> = { readonly ok: true; readonly value: V } | { readonly ok: false; readonly problem: ZoneProblem };

/** Seconds answers may be kept where the file does not say. */
export const DEFAULT_ZONE_TTL = 300;

/** Types of real zones that no question here asks for: they make their name exist and are not read. */
const UNREAD_TYPES: ReadonlySet<string> = new Set(
  'CAA CDNSKEY CDS DNAME DNSKEY DS HINFO HTTPS LOC NAPTR NSEC NSEC3 NSEC3PARAM RP RRSIG SPF SRV SSHFP SVCB TLSA'.split(
    ' ',
  ),
);

/** Reads a zone file. The first thing wrong ends it, with its place. */
export function parseZone(json: unknown): Parsed<Zone> {
  if (!isObject(json)) return problem(null, null, 'a zone file is a JSON object of owner names');
  const zone = new Map<string, ZoneNode>();
  for (const [owner, entry] of Object.entries(json)) {
    const name = normalizeName(owner);
    if (name === undefined) return problem(owner, null, 'not a DNS name');
    if (zone.has(name)) return problem(owner, null, 'the same name stands twice, in two spellings');
    const node = parseNode(owner, entry);
    if (!node.ok) return node;
    zone.set(name, node.value);
  }
  return { ok: true, value: zone };
}

function parseNode(owner: string, entry: unknown): Parsed<ZoneNode> {
  if (!isObject(entry)) return problem(owner, null, 'a name holds a JSON object of record types');
  const { _ttl: ttl = DEFAULT_ZONE_TTL, _secure: secure = false, ...lists } = entry;
  if (typeof ttl !== 'number' || !Number.isSafeInteger(ttl) || ttl < 0 || ttl > 0x7fffffff) {
    return problem(owner, '_ttl', 'must be a whole number of seconds (RFC 2181 §8)');
  }
  if (typeof secure !== 'boolean') return problem(owner, '_secure', 'must be true or false');
  let types: ZoneNode['types'] = {};
  for (const [type, list] of Object.entries(lists)) {
    if (isRecordType(type)) {
      const records = parseList(owner, type, list);
      if (!records.ok) return records;
      types = { ...types, [type]: records.value };
    } else if (!UNREAD_TYPES.has(type)) {
      return problem(owner, type, 'not a record type');
    }
  }
  return { ok: true, value: { types, ttl, secure } };
}

function parseList<T extends RecordType>(owner: string, type: T, list: unknown): Parsed<ZoneFault | RecordData[T][]> {
  if (list === 'SERVFAIL' || list === 'TIMEOUT') return { ok: true, value: list };
  const items: unknown = type === 'CNAME' && typeof list === 'string' ? [list] : list;
  if (!Array.isArray(items)) return problem(owner, type, 'must be a list of records, "SERVFAIL" or "TIMEOUT"');
  if (type === 'CNAME' && items.length > 1) return problem(owner, type, 'only one target is allowed (RFC 2181 §10.1)');
  const { form, parse } = RDATA[type];
  const records: RecordData[T][] = [];
  for (const [index, item] of items.entries()) {
    const record = parse(item);
    if (record === undefined) return problem(owner, type, `record ${index + 1} must be ${form}`);
    records.push(record);
  }
  return { ok: true, value: records };
}

interface RdataFormat<T extends RecordType> {
  /** The words for what `parse` takes. */
  readonly form: string;
  readonly parse: (item: unknown) => RecordData[T] | undefined;
}

const HOST = { form: 'a DNS name', parse: parseHost };

const RDATA: { readonly [T in RecordType]: RdataFormat<T> } = {
  A: { form: 'an IPv4 address', parse: (item) => (typeof item === 'string' ? canonicalIpv4(item) : undefined) },
  AAAA: { form: 'an IPv6 address', parse: (item) => (typeof item === 'string' ? canonicalIpv6(item) : undefined) },
  CNAME: HOST,
  NS: HOST,
  PTR: HOST,
  MX: { form: '"preference host", such as "10 mail.example"', parse: parseMx },
  SOA: { form: '"mname rname serial refresh retry expire minimum"', parse: parseSoa },
  TXT: { form: 'a string, or a list of strings of at most 255 octets each', parse: parseTxt },
};

function parseHost(item: unknown): string | undefined {
  return typeof item === 'string' ? normalizeName(item) : undefined;
}

function parseMx(item: unknown): RecordData['MX'] | undefined {
  const [preference, host, ...rest] = fieldsOf(item);
  const exchange = parseHost(host);
  if (exchange === undefined || rest.length > 0 || !isNumeral(preference, 0xffff)) return undefined;
  return { preference: Number(preference), exchange };
}

function parseSoa(item: unknown): RecordData['SOA'] | undefined {
  const [primary, mailbox, ...numbers] = fieldsOf(item);
  const mname = parseHost(primary);
  if (mname === undefined || parseHost(mailbox) === undefined || numbers.length !== 5) return undefined;
  if (!numbers.every((number) => isNumeral(number, 0xffffffff))) return undefined;
  return { mname, minimum: Number(numbers[4]) };
}

/** JSON holds characters, records hold octets: what is not ASCII becomes its UTF-8 octets. */
function parseTxt(item: unknown): string | undefined {
  const chunks: unknown[] = Array.isArray(item) ? item : [item];
  const texts = chunks.flatMap((chunk) => (typeof chunk === 'string' ? octetsToString(utf8ToBytes(chunk)) : []));
  if (texts.length !== chunks.length || chunks.length === 0) return undefined;
  // RFC 1035 §3.3: one length octet per character-string. A single string is cut by whoever puts it on the wire.
  if (Array.isArray(item) && texts.some((text) => text.length > 255)) return undefined;
  const joined = texts.join('');
  return joined.length <= LIMITS.txtRecordBytes ? joined : undefined;
}

function fieldsOf(item: unknown): readonly (string | undefined)[] {
  return typeof item === 'string' ? item.split(/[ \t]+/) : [];
}

function isNumeral(text: string | undefined, most: number): boolean {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) <= most;
}

function problem(name: string | null, type: string | null, why: string): Parsed<never> {
  return { ok: false, problem: { name, type, why } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
