/**
 * The records DNSSEC consists of, read from their octets: RRSIG (RFC 4034 §3), DNSKEY (§2), DS (§5), NSEC (§4) and NSEC3 (RFC 5155
 * §3). What does not have its form is undefined, and then counts as not sent.
 */
import type { WireRecord } from '../dns/wire.ts';
import { MalformedMessage, encodeName, readName } from '../dns/wire-name.ts';

/** IANA, Resource Record (RR) TYPEs. */
export const TYPE = { NS: 2, CNAME: 5, SOA: 6, DNAME: 39, DS: 43, RRSIG: 46, NSEC: 47, DNSKEY: 48, NSEC3: 50 } as const;

type Octets = Uint8Array<ArrayBuffer>;

export interface Rrsig {
  readonly typeCovered: number;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtl: number;
  /** Seconds since 1970 modulo 2^32 (RFC 4034 §3.1.5). */
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: string;
  /** RRSIG RDATA without the signature, the signer's name in canonical form: what is signed first (RFC 4034 §3.1.8.1). */
  readonly signed: Octets;
  readonly signature: Octets;
}

export function readRrsig({ rdata }: WireRecord): Rrsig | undefined {
  if (rdata.length < 19) return undefined;
  const view = viewOf(rdata);
  const signer = readPlainName(rdata, 18);
  if (signer === undefined) return undefined;
  const signed = rdata.slice(0, signer.next);
  signed.set(encodeName(signer.name), 18);
  return {
    typeCovered: view.getUint16(0),
    algorithm: view.getUint8(2),
    labels: view.getUint8(3),
    originalTtl: view.getUint32(4),
    expiration: view.getUint32(8),
    inception: view.getUint32(12),
    keyTag: view.getUint16(16),
    signer: signer.name,
    signed,
    signature: rdata.slice(signer.next),
  };
}

export interface Dnskey {
  readonly algorithm: number;
  readonly keyTag: number;
  readonly publicKey: Octets;
  readonly rdata: Octets;
}

/** A key that may sign a zone's records: Zone Key bit set, protocol 3 (RFC 4034 §2.1.1, §2.1.2). Undefined for any other. */
export function readZoneKey({ rdata }: WireRecord): Dnskey | undefined {
  if (rdata.length < 5 || ((rdata[0] ?? 0) & 0x01) === 0 || rdata[2] !== 3) return undefined;
  return { algorithm: rdata[3] ?? 0, keyTag: keyTagOf(rdata), publicKey: rdata.slice(4), rdata };
}

/** RFC 4034 Appendix B. */
function keyTagOf(rdata: Octets): number {
  let sum = 0;
  rdata.forEach((octet, at) => (sum += (at & 1) === 1 ? octet : octet << 8));
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}

export interface Ds {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Octets;
}

export function readDs({ rdata }: WireRecord): Ds | undefined {
  if (rdata.length < 5) return undefined;
  const view = viewOf(rdata);
  return {
    keyTag: view.getUint16(0),
    algorithm: view.getUint8(2),
    digestType: view.getUint8(3),
    digest: rdata.slice(4),
  };
}

export interface Nsec {
  readonly owner: string;
  readonly next: string;
  readonly types: ReadonlySet<number>;
}

export function readNsec({ owner, rdata }: WireRecord): Nsec | undefined {
  const next = readPlainName(rdata, 0);
  const types = next && readTypes(rdata.subarray(next.next));
  return next && types && { owner, next: next.name, types };
}

export interface Nsec3 {
  /** The hash of a name, as it is in the first label of the owner: base32hex in lower case. */
  readonly hash: string;
  readonly zone: string;
  readonly next: Octets;
  readonly optOut: boolean;
  readonly iterations: number;
  readonly salt: Octets;
  readonly types: ReadonlySet<number>;
}

/** Undefined also for hashes other than SHA-1 and for flags that mean something unknown (RFC 5155 §8.1, §8.2). */
export function readNsec3({ owner, rdata }: WireRecord): Nsec3 | undefined {
  const [algorithm = 0, flags = 0] = rdata;
  if (rdata.length < 6 || algorithm !== 1 || flags > 1) return undefined;
  const saltEnd = 5 + (rdata[4] ?? 0);
  const hashEnd = saltEnd + 1 + (rdata[saltEnd] ?? 0);
  if (hashEnd > rdata.length) return undefined;
  const types = readTypes(rdata.subarray(hashEnd));
  const dot = owner.indexOf('.');
  if (types === undefined || dot < 0) return undefined;
  return {
    hash: owner.slice(0, dot),
    zone: owner.slice(dot + 1),
    next: rdata.slice(saltEnd + 1, hashEnd),
    optOut: flags === 1,
    iterations: viewOf(rdata).getUint16(2),
    salt: rdata.slice(5, saltEnd),
    types,
  };
}

/** RFC 4034 §4.1.2: blocks in rising order, each 1 to 32 octets long. */
function readTypes(bitmap: Octets): ReadonlySet<number> | undefined {
  const types = new Set<number>();
  let at = 0;
  let earlier = -1;
  while (at < bitmap.length) {
    const block = bitmap[at] ?? 0;
    const length = bitmap[at + 1] ?? 0;
    if (block <= earlier || length < 1 || length > 32 || at + 2 + length > bitmap.length) return undefined;
    for (let bit = 0; bit < length * 8; bit++) {
      if (((bitmap[at + 2 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) types.add(block * 256 + bit);
    }
    earlier = block;
    at += 2 + length;
  }
  return types;
}

/** A name inside record data, where none may be compressed (RFC 4034 §3.1.7, §4.1.1). */
export function readPlainName(
  rdata: Octets,
  start: number,
): { readonly name: string; readonly next: number } | undefined {
  try {
    const { name, next } = readName(rdata, start);
    return encodeName(name).length === next - start ? { name, next } : undefined;
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}

function viewOf(octets: Octets): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.length);
}
