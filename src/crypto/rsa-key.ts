/**
 * RSA public keys taken out of their DER. Implements the reading side of RFC 8017 Appendix A.1.1 (RSAPublicKey) and RFC 5280
 * §4.1.2.7 (SubjectPublicKeyInfo): key records carry either (RFC 6376 §3.6.1 names the first, OpenSSL writes the second).
 *
 * Known differences: lengths need not be in their shortest form and bytes after the outermost value are ignored, as in OpenSSL,
 * since key records are written by hand and neither changes the key.
 */
import { encodeBase64Url } from '../bytes/base64.ts';

export interface RsaPublicKey {
  /** Modulus and exponent, big-endian without leading zeros, as base64url: the form of a JSON Web Key (RFC 7518 §6.3.1). */
  readonly modulus: string;
  readonly exponent: string;
  /** Size of the modulus in bits. */
  readonly bits: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
/** rsaEncryption, 1.2.840.113549.1.1.1 (RFC 8017 Appendix A.1). */
const RSA_ENCRYPTION = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/** Octets of a public exponent: platforms refuse or crawl with more. */
const EXPONENT_OCTETS = 8;

/** Reads either form; undefined for anything else, and for numbers no RSA key has. */
export function parseRsaPublicKey(der: Uint8Array): RsaPublicKey | undefined {
  const outer = readValue(der, 0, SEQUENCE);
  if (!outer) return undefined;
  const algorithm = readValue(outer.content, 0, SEQUENCE);
  if (!algorithm) return readRsaSequence(outer.content);
  const identifier = readValue(algorithm.content, 0, OBJECT_IDENTIFIER);
  if (!identifier || !sameBytes(identifier.content, RSA_ENCRYPTION)) return undefined;
  const bits = readValue(outer.content, algorithm.next, BIT_STRING);
  if (bits?.content[0] !== 0) return undefined; // no unused bits in a whole number of octets
  const inner = readValue(bits.content, 1, SEQUENCE);
  return inner && readRsaSequence(inner.content);
}

function readRsaSequence(content: Uint8Array): RsaPublicKey | undefined {
  const first = readValue(content, 0, INTEGER);
  const second = first && readValue(content, first.next, INTEGER);
  if (!second) return undefined;
  return rsaPublicKey(positive(first.content), positive(second.content));
}

/** Reads the public key field of a DNSKEY record (RFC 3110 §2); undefined for numbers no RSA key has. */
export function parseDnsRsaPublicKey(field: Uint8Array): RsaPublicKey | undefined {
  const short = field[0] ?? 0;
  const start = short === 0 ? 3 : 1;
  const end = start + (short === 0 ? ((field[1] ?? 0) << 8) | (field[2] ?? 0) : short);
  if (end > field.length) return undefined;
  return rsaPublicKey(withoutZeros(field.subarray(end)), withoutZeros(field.subarray(start, end)));
}

function rsaPublicKey(modulus: Uint8Array | undefined, exponent: Uint8Array | undefined): RsaPublicKey | undefined {
  if (!modulus || !exponent || !isOdd(modulus) || !isOdd(exponent)) return undefined;
  // RFC 8017 §3.1: the exponent lies between 3 and the modulus; 1 would make every text its own signature.
  if (exponent.length > EXPONENT_OCTETS || exponent.length >= modulus.length) return undefined;
  if (exponent.length === 1 && (exponent[0] ?? 0) < 3) return undefined;
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  return { modulus: encodeBase64Url(modulus), exponent: encodeBase64Url(exponent), bits };
}

interface DerValue {
  readonly content: Uint8Array;
  /** First byte after the value. */
  readonly next: number;
}

/** One tag-length-value of the wanted tag that lies wholly inside the bytes, of definite length. */
function readValue(bytes: Uint8Array, at: number, tag: number): DerValue | undefined {
  if (bytes[at] !== tag) return undefined;
  let length = bytes[at + 1];
  let start = at + 2;
  if (length === undefined || length === 0x80) return undefined;
  if (length > 0x80) {
    const octets = length & 0x7f;
    if (octets > 4) return undefined;
    length = 0;
    for (const end = start + octets; start < end; start++) length = length * 256 + (bytes[start] ?? 0);
  }
  const next = start + length;
  return next > bytes.length ? undefined : { content: bytes.subarray(start, next), next };
}

/** The octets of a positive INTEGER without leading zeros. */
function positive(content: Uint8Array): Uint8Array | undefined {
  return ((content[0] ?? 0x80) & 0x80) !== 0 ? undefined : withoutZeros(content);
}

/** The octets of a number above zero without leading zeros. */
function withoutZeros(octets: Uint8Array): Uint8Array | undefined {
  const start = octets.findIndex((octet) => octet !== 0);
  return start < 0 ? undefined : octets.subarray(start);
}

function isOdd(number: Uint8Array): boolean {
  return ((number[number.length - 1] ?? 0) & 1) === 1;
}

function sameBytes(bytes: Uint8Array, expected: readonly number[]): boolean {
  return bytes.length === expected.length && expected.every((byte, at) => bytes[at] === byte);
}
