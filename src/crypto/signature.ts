/**
 * Signature verification through WebCrypto: RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2), Ed25519 (RFC 8032 §5.1.7) and ECDSA (FIPS 186-5 §6.4.2).
 *
 * Imported keys are remembered as long as the keys they were made from: importing costs as much as verifying. Remembering changes
 * no result.
 */
import type { RsaPublicKey } from './rsa-key.ts';

/**
 * `key-unusable`: the platform refuses this key. `algorithm-unavailable`: the platform does not have the algorithm, so nothing is
 * known of the signature (Ed25519 came to WebCrypto with Firefox 129 and Chromium 137).
 */
export type SignatureOutcome = 'valid' | 'invalid' | 'key-unusable' | 'algorithm-unavailable';

type Refusal = Exclude<SignatureOutcome, 'valid' | 'invalid'>;

const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const RSA_SHA512 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
const ED25519 = { name: 'Ed25519' };

interface Import {
  readonly promise: Promise<CryptoKey | Refusal>;
  /** What the promise came to: a key that is there is used at once, without waiting a turn for it. */
  result: CryptoKey | Refusal | undefined;
}

const imports = new WeakMap<object, Import>();

/** Whether `signature` is `key`'s over `data`. Content of any kind is answered, never thrown. */
export function verifyRsaSha256(
  key: RsaPublicKey,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  return verifyRsa(RSA_SHA256, key, signature, data);
}

/** As {@link verifyRsaSha256}, with SHA-512. A key object is to be used with one of the two only. */
export function verifyRsaSha512(
  key: RsaPublicKey,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  return verifyRsa(RSA_SHA512, key, signature, data);
}

function verifyRsa(
  algorithm: typeof RSA_SHA256,
  key: RsaPublicKey,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  // As a JSON Web Key the numbers go in as they are; the platform's own DER reader is several times slower.
  const imported = importOnce(key, () =>
    crypto.subtle.importKey('jwk', { kty: 'RSA', n: key.modulus, e: key.exponent }, algorithm, false, ['verify']),
  );
  return verifyWith(imported, algorithm.name, signature, data);
}

const CURVES = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
} as const;

/**
 * Whether `signature` (r and s, each as long as the curve's field) is `point`'s over `data`, with the hash RFC 6605 §4 has for the
 * curve.
 * @param point uncompressed, with its leading octet 4 (SEC 1 §2.3.3)
 */
export function verifyEcdsa(
  curve: keyof typeof CURVES,
  point: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  const algorithm = CURVES[curve];
  const imported = importOnce(point, () => crypto.subtle.importKey('raw', point, algorithm, false, ['verify']));
  return verifyWith(imported, algorithm, signature, data);
}

/** Whether `signature` is the one of the 32-octet public key over `data`. */
export function verifyEd25519(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  const imported = importOnce(publicKey, () => crypto.subtle.importKey('raw', publicKey, ED25519, false, ['verify']));
  return verifyWith(imported, ED25519.name, signature, data);
}

async function verifyWith(
  imported: Import,
  algorithm: AlgorithmIdentifier | EcdsaParams,
  signature: Uint8Array<ArrayBuffer>,
  data: BufferSource,
): Promise<SignatureOutcome> {
  const key = imported.result ?? (await imported.promise);
  if (typeof key === 'string') return key;
  try {
    return (await crypto.subtle.verify(algorithm, key, signature, data)) ? 'valid' : 'invalid';
  } catch (error) {
    return refusalOf(error);
  }
}

function importOnce(key: object, importKey: () => Promise<CryptoKey>): Import {
  const earlier = imports.get(key);
  if (earlier) return earlier;
  const promise = importKey()
    .catch(refusalOf)
    .then((result) => (imported.result = result));
  const imported: Import = { promise, result: undefined };
  imports.set(key, imported);
  return imported;
}

/** WebCrypto says what is wrong by the name of its DOMException (Web Cryptography §14); anything else is a bug and stays one. */
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof DOMException)) throw error;
  return error.name === 'NotSupportedError' ? 'algorithm-unavailable' : 'key-unusable';
}
