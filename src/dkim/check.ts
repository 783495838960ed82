/**
 * The cryptographic part of verifying one signature, whatever field it stands in. Implements RFC 6376 §6.1.2 and §6.1.3; updated by
 * RFC 8301 §3.2 and RFC 8463 §3. ARC-Message-Signature and ARC-Seal use the same (RFC 8617 §4.1).
 */
import { sha256 } from '../crypto/digest.ts';
import { verifyEd25519, verifyRsaSha256, type SignatureOutcome } from '../crypto/signature.ts';
import { LIMITS } from '../limits.ts';
import type { BodyHash } from './body-hash.ts';
import { publicKeyFor, type KeyRecord, type PublicKey } from './key.ts';
import type { KeyLookup } from './key-lookup.ts';
import type { DkimReason } from './reasons.ts';
import type { Algorithm } from './tags.ts';
import type { Fact } from './types.ts';

/** RSA keys below this must not count (RFC 8301 §3.2). */
const ACCEPTED_RSA_BITS = 1024;

export interface SignatureCheck {
  /** The first thing wrong with key or signature, in the order of RFC 6376 §6.1; null where the signature verifies. */
  readonly reason: DkimReason | null;
  /** The key is fine as such, but must not be trusted with this result: told only where nothing else is wrong. */
  readonly policy: DkimReason | null;
  readonly key: Fact;
  readonly signature: Fact;
  /** The record that was used: the one that verifies, else the first. */
  readonly record: KeyRecord | undefined;
  readonly recordText: string | null;
  readonly keyBits: number | null;
  readonly lookup: KeyLookup;
}

export interface SignedData {
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** What was signed, canonicalized. */
  readonly input: Uint8Array<ArrayBuffer>;
  /** A further condition on the key record, or null where it is met. */
  readonly refuse?: (record: KeyRecord) => DkimReason | null;
}

/** Verifies with each key record found until one fits. Rejects only where the look-up does. */
export async function checkSignature(keys: Promise<KeyLookup>, data: SignedData): Promise<SignatureCheck> {
  const lookup = await keys;
  let best: SignatureCheck = {
    reason: lookup.reason,
    policy: null,
    key: lookup.reason === 'key-unavailable' ? 'unknown' : 'bad',
    signature: 'unknown',
    record: undefined,
    recordText: lookup.unreadable,
    keyBits: null,
    lookup,
  };
  for (const { record, text } of lookup.records) {
    const check = { ...(await checkWithRecord(record, data)), record, recordText: text, lookup };
    if (check.signature === 'good') return check;
    // Of those that do not verify, the first one that could have is the most telling.
    if (!best.record || (best.key === 'bad' && check.key === 'good')) best = check;
  }
  return best;
}

async function checkWithRecord(
  record: KeyRecord,
  data: SignedData,
): Promise<Omit<SignatureCheck, 'record' | 'recordText' | 'lookup'>> {
  const key = publicKeyFor(record, data.algorithm);
  const refusal = typeof key === 'string' ? key : (data.refuse?.(record) ?? null);
  const keyBits = typeof key === 'string' ? null : key.bits;
  if (typeof key === 'string' || refusal !== null) {
    return { reason: refusal, policy: null, key: 'bad', signature: 'unknown', keyBits };
  }
  const tooSmall = key.type === 'rsa' && key.bits < ACCEPTED_RSA_BITS;
  const policy = tooSmall ? 'key-too-small' : null;
  const outcome = await verifyWith(key, data);
  switch (outcome) {
    case 'valid':
      return { reason: null, policy, key: tooSmall ? 'bad' : 'good', signature: 'good', keyBits };
    case 'invalid':
      return { reason: 'signature-mismatch', policy, key: tooSmall ? 'bad' : 'good', signature: 'bad', keyBits };
    case 'algorithm-unavailable':
      return { reason: outcome, policy, key: 'good', signature: 'unknown', keyBits };
    case 'key-unusable':
      // Platforms refuse keys that are far too small before anything is known of the signature.
      return { reason: policy ?? outcome, policy, key: 'bad', signature: 'unknown', keyBits };
  }
}

async function verifyWith(key: PublicKey, { signature, input }: SignedData): Promise<SignatureOutcome> {
  if (key.type === 'rsa') return verifyRsaSha256(key.rsa, signature, input);
  return verifyEd25519(key.bytes, signature, await sha256(input)); // RFC 8463 §3: Ed25519 signs the SHA-256 hash
}

/** Compares bh= with the hash computed here (RFC 6376 §6.1.3 step 3). */
export function checkBodyHash(expected: Uint8Array, { digest }: BodyHash): DkimReason | null {
  if (!digest) return 'body-too-short';
  const same = digest.length === expected.length && digest.every((byte, at) => byte === expected[at]);
  return same ? null : 'body-hash-mismatch';
}

/**
 * RFC 6376 §6.1 takes key, body hash and signature in this order. What only policy holds against a signature that verifies comes
 * last: RFC 8601 §2.7.1 uses `policy` for a signature that passed its tests.
 */
export function firstReason(
  check: SignatureCheck,
  bodyReason: DkimReason | null,
  timeReason: DkimReason | null = null,
): DkimReason | null {
  const keyReason = check.signature === 'unknown' ? check.reason : null;
  return keyReason ?? bodyReason ?? check.reason ?? check.policy ?? timeReason;
}

/** RFC 6376 §3.5 t=: verifiers may ignore signatures from the future; clocks may differ a little. */
export function isFromFuture(signedAt: number | undefined, at: Date): boolean {
  return signedAt !== undefined && signedAt > at.getTime() / 1000 + LIMITS.clockSkewSeconds;
}
