/**
 * Which algorithms are validated, and how: IANA's DNS Security Algorithm Numbers and DS digest types, as RFC 9904 and RFC 9905 rate
 * them. RSA with SHA-1 (5, 7), Ed448 (16) and unknown ones are not: zones that have nothing else count as unsigned (RFC 4035 §5.2).
 */
import { concatBytes } from '../bytes/ascii.ts';
import { digest } from '../crypto/digest.ts';
import { parseDnsRsaPublicKey, type RsaPublicKey } from '../crypto/rsa-key.ts';
import {
  verifyEcdsa,
  verifyEd25519,
  verifyRsaSha256,
  verifyRsaSha512,
  type SignatureOutcome,
} from '../crypto/signature.ts';
import type { Dnskey, Rrsig } from './records.ts';

type Octets = Uint8Array<ArrayBuffer>;
type Verifier = (key: Dnskey, signature: Octets, data: Octets) => Promise<SignatureOutcome>;

/** RFC 5702 §3 (8, 10), RFC 6605 §4 (13, 14), RFC 8080 §3, §4 (15). */
const VERIFIERS = new Map<number, Verifier>([
  [8, (key, signature, data) => withRsa(key, 512, (rsa) => verifyRsaSha256(rsa, signature, data))],
  [10, (key, signature, data) => withRsa(key, 1024, (rsa) => verifyRsaSha512(rsa, signature, data))],
  [
    13,
    (key, signature, data) => withPoint(key, 64, signature, (point) => verifyEcdsa('P-256', point, signature, data)),
  ],
  [
    14,
    (key, signature, data) => withPoint(key, 96, signature, (point) => verifyEcdsa('P-384', point, signature, data)),
  ],
  [15, verifyWithEd25519],
]);

export function isSupportedAlgorithm(algorithm: number): boolean {
  return VERIFIERS.has(algorithm);
}

/** Whether the signature, by a key of the same algorithm, is over the data. Content of any kind is answered, never thrown. */
export function verifyWithKey(key: Dnskey, { signature }: Rrsig, data: Octets): Promise<SignatureOutcome> {
  const verify = VERIFIERS.get(key.algorithm);
  return verify ? verify(key, signature, data) : Promise.resolve('algorithm-unavailable');
}

/** Keys in the form they are imported from, made once: the import is remembered by it. */
const rsaKeys = new WeakMap<Dnskey, RsaPublicKey>();
const points = new WeakMap<Dnskey, Octets>();

async function withRsa(
  key: Dnskey,
  leastBits: number,
  verify: (rsa: RsaPublicKey) => Promise<SignatureOutcome>,
): Promise<SignatureOutcome> {
  const rsa = rsaKeys.get(key) ?? parseDnsRsaPublicKey(key.publicKey);
  if (rsa === undefined || rsa.bits < leastBits || rsa.bits > 4096) return 'key-unusable';
  rsaKeys.set(key, rsa);
  return verify(rsa);
}

async function withPoint(
  key: Dnskey,
  octets: number,
  signature: Octets,
  verify: (point: Octets) => Promise<SignatureOutcome>,
): Promise<SignatureOutcome> {
  if (key.publicKey.length !== octets) return 'key-unusable';
  if (signature.length !== octets) return 'invalid';
  const point = points.get(key) ?? concatBytes([Uint8Array.of(4), key.publicKey]);
  points.set(key, point);
  return verify(point);
}

async function verifyWithEd25519(key: Dnskey, signature: Octets, data: Octets): Promise<SignatureOutcome> {
  if (key.publicKey.length !== 32) return 'key-unusable';
  return signature.length === 64 ? verifyEd25519(key.publicKey, signature, data) : 'invalid';
}

/** RFC 4034 §5.1.4, RFC 4509 §2.1, RFC 6605 §2. SHA-1 only identifies a key here; nobody can make a second one for a digest. */
const DIGESTS = new Map([
  [1, 'SHA-1'],
  [2, 'SHA-256'],
  [4, 'SHA-384'],
] as const);

export function isSupportedDigest(digestType: number): boolean {
  return DIGESTS.has(digestType as 1 | 2 | 4);
}

/** The digest a DS record of the given type has of a key; undefined for an unknown type. */
export async function keyDigest(digestType: number, owner: Octets, key: Dnskey): Promise<Octets | undefined> {
  const name = DIGESTS.get(digestType as 1 | 2 | 4);
  return name && digest(name, concatBytes([owner, key.rdata]));
}
