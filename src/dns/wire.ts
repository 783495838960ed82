/**
 * DNS messages as octets: the only place that knows the codec library. Implements the parts of RFC 1035 §4 that a stub resolver
 * needs, EDNS(0) (RFC 6891), padding (RFC 7830, RFC 8467) and extended errors (RFC 8914).
 *
 * Known differences: the library writes messages and reads addresses and character-strings, but the frame and the names are read
 * here. Its own reader takes octets past the end for zeros, decodes labels as UTF-8 and joins them with dots (so two different
 * names may read alike), follows pointers without a count, and lets one odd record of any type end the message. Records of types
 * not asked for, and octets after the last record, are skipped unread. A record type is added by an entry in TYPE_CODES and in
 * RDATA_READERS. Beside what was read is every record as octets, for those who verify signatures over them (RFC 4034 §6.2).
 */
import { DNSSEC_OK, RECURSION_DESIRED, a, aaaa, encode, encodingLength, txt } from '@dnsquery/dns-packet';
import type { Packet } from '@dnsquery/dns-packet';
import { bytesToText, concatBytes, octetsToString } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { canonicalIpv6 } from './address.ts';
import type { RecordData, RecordType } from './resolver.ts';
import { MalformedMessage, encodeName, readName } from './wire-name.ts';

/** One record of a type the core asks for, class IN. */
export interface ResourceRecord<T extends RecordType = RecordType> {
  /** Lower case, without trailing dot. */
  readonly owner: string;
  readonly type: T;
  /** Seconds. */
  readonly ttl: number;
  readonly data: RecordData[T];
}

/** One record of any type, class IN, as signatures are made over it. */
export interface WireRecord {
  /** Lower case, without trailing dot. */
  readonly owner: string;
  readonly typeCode: number;
  /** Seconds. */
  readonly ttl: number;
  /** In canonical form (RFC 4034 §6.2): names in it, where their type lets them be compressed, are whole and in lower case. */
  readonly rdata: Uint8Array<ArrayBuffer>;
}

export interface ExtendedError {
  /** INFO-CODE of RFC 8914 §4. */
  readonly code: number;
  /** EXTRA-TEXT: whatever the resolver wrote, so only ever shown as a quotation. */
  readonly text: string;
}

export interface DnsQuestion {
  readonly name: string;
  readonly typeCode: number;
  readonly classCode: number;
}

export interface DnsMessage {
  readonly rcode: number;
  readonly truncated: boolean;
  /** The AD bit (RFC 4035 §3.2.3). */
  readonly authenticData: boolean;
  /** Undefined where the server did not repeat the question, as some do in errors. */
  readonly question: DnsQuestion | undefined;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  /** Both sections again, as octets and with the types nobody else reads. */
  readonly wire: { readonly answers: readonly WireRecord[]; readonly authorities: readonly WireRecord[] };
  readonly extendedErrors: readonly ExtendedError[];
}

export type DecodedMessage =
  { readonly ok: true; readonly value: DnsMessage } | { readonly ok: false; readonly problem: string };

/** The codes of the port's types (RFC 1035 §3.2.2, RFC 3596 §2.1). */
export const TYPE_CODES: { readonly [T in RecordType]: number } = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
};
const TYPES = new Map<number, RecordType>(
  (Object.keys(TYPE_CODES) as RecordType[]).map((type) => [TYPE_CODES[type], type]),
);
/** Types that are asked for to prove answers (RFC 4034 §2, §5). */
const PROOF_TYPE_CODES = { DS: 43, DNSKEY: 48 } as const;
/** What a question can be asked for. */
export type QuestionType = RecordType | keyof typeof PROOF_TYPE_CODES;

export function typeCodeOf(type: QuestionType): number {
  return type === 'DS' || type === 'DNSKEY' ? PROOF_TYPE_CODES[type] : TYPE_CODES[type];
}

const OPT = 41;
export const CLASS_IN = 1;
const EXTENDED_ERROR = 15; // RFC 8914 §2, the OPTION-CODE

/** RFC 8467 §4.1: queries are padded to a multiple of this many octets. */
const PADDING_BLOCK = 128;

/**
 * A query with ID 0 (RFC 8484 §4.1) and recursion desired. The DO bit asks for DNSSEC records and with them for the AD bit
 * (RFC 6840 §5.8).
 * @param name in the form of `normalizeName`
 */
export function encodeQuestion(name: string, type: QuestionType, padding: boolean): Uint8Array<ArrayBuffer> {
  const unpadded = query(name, type, padding ? [{ code: 'PADDING', length: 0 }] : []);
  if (!padding) return new Uint8Array(encode(unpadded));
  const length = (PADDING_BLOCK - (encodingLength(unpadded) % PADDING_BLOCK)) % PADDING_BLOCK;
  return new Uint8Array(encode(query(name, type, [{ code: 'PADDING', length }])));
}

function query(name: string, type: QuestionType, options: { code: 'PADDING'; length: number }[]): Packet {
  // The library measures `data` and writes `options`; its types know only the first.
  const opt = { type: 'OPT' as const, name: '.', flags: DNSSEC_OK, data: options, options };
  return { type: 'query', id: 0, flags: RECURSION_DESIRED, questions: [{ name, type }], additionals: [opt] };
}

/** Reads a response. What is not one, however mangled, is a problem with its place, never an exception. */
export function decodeAnswer(bytes: Uint8Array): DecodedMessage {
  try {
    return {
      ok: true,
      value: readMessage({ bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }),
    };
  } catch (error) {
    // The one place that contains MalformedMessage, DataView's RangeError past the end, and whatever the library throws.
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The same octets twice: a view checks every number it reads against the end. */
interface Octets {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Where a record's data lies. */
interface PlacedRecord {
  readonly owner: string;
  readonly typeCode: number;
  readonly classCode: number;
  readonly ttl: number;
  readonly start: number;
  readonly end: number;
}

function readMessage(octets: Octets): DnsMessage {
  const { view } = octets;
  const flags = view.getUint16(2);
  if ((flags & 0x8000) === 0) throw new MalformedMessage('a query where a response should be', 2);
  if ((flags & 0x7800) !== 0) throw new MalformedMessage('another operation than a query', 2);
  const questions = view.getUint16(4);
  if (questions > 1) throw new MalformedMessage('more than one question', 4); // RFC 9619 §4
  let at = 12;
  let question: DnsQuestion | undefined;
  if (questions === 1) {
    const { name, next } = readName(octets.bytes, at);
    question = { name, typeCode: view.getUint16(next), classCode: view.getUint16(next + 2) };
    at = next + 4;
  }
  const answers = readSection(octets, at, view.getUint16(6));
  const authorities = readSection(octets, answers.next, view.getUint16(8));
  const additionals = readSection(octets, authorities.next, view.getUint16(10));
  const opt = additionals.records.find((record) => record.typeCode === OPT);
  return {
    // RFC 6891 §6.1.3: the upper eight bits of the extended RCODE lie where other records keep their TTL.
    rcode: (flags & 0xf) | (opt === undefined ? 0 : (opt.ttl >>> 24) << 4),
    truncated: (flags & 0x0200) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    question,
    answers: readKnown(octets, answers.records),
    authorities: readKnown(octets, authorities.records),
    wire: { answers: readWire(octets, answers.records), authorities: readWire(octets, authorities.records) },
    extendedErrors: opt === undefined ? [] : readExtendedErrors(octets, opt),
  };
}

function readSection(octets: Octets, start: number, count: number): { records: PlacedRecord[]; next: number } {
  const { bytes, view } = octets;
  const records: PlacedRecord[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const { name, next } = readName(bytes, at);
    const end = next + 10 + view.getUint16(next + 8);
    if (end > bytes.length) throw new MalformedMessage('a record past the end', at);
    records.push({
      owner: name,
      typeCode: view.getUint16(next),
      classCode: view.getUint16(next + 2),
      ttl: view.getUint32(next + 4),
      start: next + 10,
      end,
    });
    at = end;
  }
  return { records, next: at };
}

function readKnown(octets: Octets, records: readonly PlacedRecord[]): ResourceRecord[] {
  return records.flatMap((raw) => {
    const type = TYPES.get(raw.typeCode);
    if (type === undefined || raw.classCode !== CLASS_IN) return [];
    return [{ owner: raw.owner, type, ttl: ttlOf(raw), data: RDATA_READERS[type](octets, raw) }];
  });
}

function ttlOf({ ttl }: PlacedRecord): number {
  return ttl > 0x7fffffff ? 0 : ttl; // RFC 2181 §8
}

function readWire(octets: Octets, records: readonly PlacedRecord[]): WireRecord[] {
  return records
    .filter(({ classCode }) => classCode === CLASS_IN)
    .map((raw) => ({
      owner: raw.owner,
      typeCode: raw.typeCode,
      ttl: ttlOf(raw),
      rdata: canonicalRdata(octets, raw),
    }));
}

/**
 * Types that are met here whose data may hold compressed names (RFC 3597 §4, RFC 6672 §2.5 for DNAME): octets before the first name,
 * and how many names follow. What comes after the names is copied, like the data of every other type.
 */
const NAMES_IN_RDATA = new Map([
  [TYPE_CODES.NS, { before: 0, names: 1 }],
  [TYPE_CODES.CNAME, { before: 0, names: 1 }],
  [TYPE_CODES.PTR, { before: 0, names: 1 }],
  [39, { before: 0, names: 1 }],
  [TYPE_CODES.MX, { before: 2, names: 1 }],
  [TYPE_CODES.SOA, { before: 0, names: 2 }],
]);

function canonicalRdata({ bytes }: Octets, raw: PlacedRecord): Uint8Array<ArrayBuffer> {
  const layout = NAMES_IN_RDATA.get(raw.typeCode);
  if (layout === undefined) return new Uint8Array(bytes.subarray(raw.start, raw.end));
  let at = raw.start + layout.before;
  const parts = [bytes.subarray(raw.start, at)];
  for (let index = 0; index < layout.names; index++) {
    const { name, next } = readName(bytes, at);
    parts.push(encodeName(name));
    at = next;
  }
  if (at > raw.end) throw new MalformedMessage('a record with the wrong length', raw.start);
  return concatBytes([...parts, bytes.subarray(at, raw.end)]);
}

const RDATA_READERS: { readonly [T in RecordType]: (octets: Octets, record: PlacedRecord) => RecordData[T] } = {
  A: ({ bytes }, record) => {
    expectEnd(record.start + 4, record);
    return a.decode(bytes, record.start - 2);
  },
  AAAA: ({ bytes }, record) => {
    expectEnd(record.start + 16, record);
    const text = aaaa.decode(bytes, record.start - 2);
    return canonicalIpv6(text) ?? text;
  },
  CNAME: readNameData,
  NS: readNameData,
  PTR: readNameData,
  MX: ({ bytes, view }, record) => {
    const exchange = readName(bytes, record.start + 2);
    expectEnd(exchange.next, record);
    return { preference: view.getUint16(record.start), exchange: exchange.name };
  },
  SOA: ({ bytes, view }, record) => {
    const mname = readName(bytes, record.start);
    const rname = readName(bytes, mname.next);
    expectEnd(rname.next + 20, record);
    return { mname: mname.name, minimum: view.getUint32(rname.next + 16) };
  },
  // RFC 7208 §3.3 and RFC 6376 §3.6.2.2: the strings of one record are joined without separator.
  TXT: ({ bytes }, record) =>
    txt
      .decode(bytes, record.start - 2)
      .map(octetsToString)
      .join(''),
};

function readNameData({ bytes }: Octets, record: PlacedRecord): string {
  const target = readName(bytes, record.start);
  expectEnd(target.next, record);
  return target.name;
}

/** A record's data must fill its length exactly: else the next record would be read from the wrong octet by someone. */
function expectEnd(at: number, record: PlacedRecord): void {
  if (at !== record.end) throw new MalformedMessage('a record with the wrong length', record.start);
}

/** RFC 6891 §6.1.2 for the frame of options, RFC 8914 §2 for the option. */
function readExtendedErrors({ bytes, view }: Octets, opt: PlacedRecord): ExtendedError[] {
  const errors: ExtendedError[] = [];
  let at = opt.start;
  while (at < opt.end) {
    const start = at + 4;
    const end = start + view.getUint16(at + 2);
    if (end > opt.end) throw new MalformedMessage('an option past its record', at);
    if (view.getUint16(at) === EXTENDED_ERROR && end - start >= 2) {
      const text = bytesToText(bytes.subarray(start + 2, end)).slice(0, LIMITS.dnsErrorText);
      errors.push({ code: view.getUint16(start), text });
    }
    at = end;
  }
  return errors;
}
