/**
 * The cryptographic part of verifying one signature, whatever field it is in. Implements RFC 6376 §6.1.2 and §6.1.3; updated by
 * RFC 8301 §3.2 and RFC 8463 §3. ARC-Message-Signature and ARC-Seal use the same (RFC 8617 §4.1).
 */
import { sha256 } from '../crypto/digest.ts';
import { verifyEd25519, verifyRsaSha256, type SignatureOutcome } from '../crypto/signature.ts';
import { LIMITS } from '../limits.ts';
import type { BodyHash } from './body-hash.ts';
import { publicKeyFor, type KeyRecord, type PublicKey } from './key.ts';
import type { FoundRecord, KeyLookup } from './key-lookup.ts';
import type { SigningParameters } from './parameters.ts';
import type { DkimReason } from './reasons.ts';
import type { Algorithm } from './tags.ts';
import type { Fact } from './types.ts';

/** RSA keys below this must not count (RFC 8301 §3.2). */
export const ACCEPTED_RSA_BITS = 1024;

/** What one key record says about a signature. */
interface KeyCheck {
  /** The first thing wrong with key or signature, in the order of RFC 6376 §6.1; null where the signature verifies. */
  readonly reason: DkimReason | null;
  /** The key verifies, but must not count: told only where nothing else is wrong. */
  readonly policy: DkimReason | null;
  readonly key: Fact;
  readonly signature: Fact;
  readonly keyBits: number | null;
}

export interface SignatureCheck extends KeyCheck {
  readonly lookup: KeyLookup;
  /** The record that was used: the one that verifies, else the most telling. */
  readonly used: FoundRecord | undefined;
}

/**
 * Verifies with each key record found until one fits. The first is being verified with when this returns, if its key was used before.
 * @param input what was signed, canonicalized
 * @param refuse a further condition on the key record: a reason where it is not met
 */
export async function checkSignature(
  lookup: KeyLookup,
  parameters: SigningParameters,
  input: Uint8Array<ArrayBuffer>,
  refuse: (record: KeyRecord) => DkimReason | null = () => null,
): Promise<SignatureCheck> {
  let best: KeyCheck = withoutKey(lookup.reason);
  if (lookup.reason === 'key-unavailable') best = { ...best, key: 'unknown' };
  let used: FoundRecord | undefined;
  for (const found of lookup.records) {
    const key = usableKey(found.record, parameters.algorithm, refuse);
    const check = key.ok ? judged(key.value, await verify(key.value, parameters.signature, input)) : key.check;
    const isBetter = check.signature === 'good' || !used || (best.key === 'bad' && check.key === 'good');
    if (isBetter) [best, used] = [check, found];
    if (check.signature === 'good') break;
  }
  return { ...best, lookup, used };
}

function withoutKey(reason: DkimReason | null): KeyCheck {
  return { reason, policy: null, key: 'bad', signature: 'unknown', keyBits: null };
}

function usableKey(
  record: KeyRecord,
  algorithm: Algorithm,
  refuse: (record: KeyRecord) => DkimReason | null,
): { readonly ok: true; readonly value: PublicKey } | { readonly ok: false; readonly check: KeyCheck } {
  const value = publicKeyFor(record, algorithm);
  if (typeof value === 'string') return { ok: false, check: withoutKey(value) };
  const refusal = refuse(record);
  if (refusal !== null) return { ok: false, check: { ...withoutKey(refusal), keyBits: value.bits } };
  return { ok: true, value };
}

function verify(
  key: PublicKey,
  signature: Uint8Array<ArrayBuffer>,
  input: Uint8Array<ArrayBuffer>,
): Promise<SignatureOutcome> {
  if (key.type === 'rsa') return verifyRsaSha256(key, signature, input);
  return sha256(input).then((digest) => verifyEd25519(key.bytes, signature, digest)); // RFC 8463 §3: Ed25519 signs the hash
}

function judged({ type, bits }: PublicKey, outcome: SignatureOutcome): KeyCheck {
  const tooSmall = type === 'rsa' && bits < ACCEPTED_RSA_BITS;
  const policy = tooSmall ? 'key-too-small' : null;
  const fact = tooSmall ? 'bad' : 'good';
  switch (outcome) {
    case 'valid':
      return { reason: null, policy, key: fact, signature: 'good', keyBits: bits };
    case 'invalid':
      return { reason: 'signature-mismatch', policy, key: fact, signature: 'bad', keyBits: bits };
    case 'algorithm-unavailable':
      return { reason: outcome, policy, key: fact, signature: 'unknown', keyBits: bits };
    case 'key-unusable':
      // Platforms refuse keys that are far too small before anything is known of the signature.
      return { reason: policy ?? outcome, policy, key: 'bad', signature: 'unknown', keyBits: bits };
  }
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
