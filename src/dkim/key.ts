/**
 * Key records. Implements RFC 6376 §3.6.1 and steps 2 to 8 of §6.1.2; updated by RFC 8301 §3.2 (RSA key sizes) and RFC 8463 §4
 * (Ed25519).
 */
import { asciiLower } from '../bytes/ascii.ts';
import { isSmallOrder } from '../crypto/ed25519-key.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../crypto/rsa-key.ts';
import { LIMITS } from '../limits.ts';
import { parseTagList, splitAtColons, withoutFws } from '../syntax/tag-list.ts';
import type { DkimReason } from './reasons.ts';
import { KEY_TYPES, readBase64, type Algorithm } from './tags.ts';

export type PublicKey =
  | (RsaPublicKey & { readonly type: 'rsa' })
  | { readonly type: 'ed25519'; readonly bits: 256; readonly bytes: Uint8Array<ArrayBuffer> };

/** What a key record says, apart from the key. */
export interface KeyRecord {
  /** k= in lower case. */
  readonly keyType: string;
  /** h= in lower case, or undefined for any hash. */
  readonly hashes: readonly string[] | undefined;
  /** s= in lower case. */
  readonly services: readonly string[];
  /** t=y: the domain is testing (RFC 6376 §3.6.1). */
  readonly testing: boolean;
  /** t=s: i= must name the domain of d= itself. */
  readonly strictIdentity: boolean;
  /** g= of RFC 4871 §3.6.1, which RFC 6376 no longer knows. */
  readonly granularity: string | undefined;
  /** p=, or why it gives no key. */
  readonly publicKey: PublicKey | DkimReason;
}

/** Reads a TXT record; undefined where it is no DKIM key record. */
export function parseKeyRecord(text: string): KeyRecord | undefined {
  if (text.length > LIMITS.txtRecordBytes) return undefined;
  const { ok, tags } = parseTagList(text);
  const publicKey = tags.get('p');
  if (!ok || publicKey === undefined) return undefined;
  // RFC 6376 §3.6.1 v=: where present it comes first and is DKIM1, letter for letter; else the record is discarded.
  const [first] = tags.keys();
  if (tags.has('v') && (first !== 'v' || tags.get('v') !== 'DKIM1')) return undefined;
  const keyType = asciiLower(tags.get('k') ?? 'rsa');
  const flags = listOf(tags.get('t') ?? '');
  const hashes = listOf(tags.get('h') ?? '');
  const services = listOf(tags.get('s') ?? '');
  return {
    keyType,
    hashes: hashes.length === 0 ? undefined : hashes,
    services: services.length === 0 ? ['*'] : services,
    testing: flags.includes('y'),
    strictIdentity: flags.includes('s'),
    granularity: tags.get('g'),
    publicKey: readPublicKey(withoutFws(publicKey), keyType),
  };
}

/** An empty list restricts nothing, as if the tag were not there: so every verifier reads it. */
function listOf(value: string): readonly string[] {
  return splitAtColons(asciiLower(value)).filter((item) => item !== '');
}

function readPublicKey(base64: string, keyType: string): PublicKey | DkimReason {
  if (base64 === '') return 'key-revoked';
  const bytes = readBase64(base64);
  if (!bytes) return 'key-syntax';
  if (keyType === 'ed25519') {
    // RFC 8463 §4.2: the 32 octets themselves, without ASN.1 around them.
    return bytes.length === 32 && !isSmallOrder(bytes) ? { type: 'ed25519', bits: 256, bytes } : 'key-unusable';
  }
  const rsa = parseRsaPublicKey(bytes);
  if (!rsa) return 'key-unusable';
  return rsa.bits > LIMITS.rsaKeyBits ? 'key-too-large' : { type: 'rsa', ...rsa };
}

/** The key for an algorithm, or why the record gives none. The order is that of RFC 6376 §6.1.2, §3.6.1 s= before it. */
export function publicKeyFor(record: KeyRecord, algorithm: Algorithm): PublicKey | DkimReason {
  if (!record.services.includes('*') && !record.services.includes('email')) return 'key-service-mismatch';
  if (record.hashes && !record.hashes.includes('sha256')) return 'key-hash-mismatch';
  if (record.publicKey === 'key-revoked') return record.publicKey;
  return record.keyType === KEY_TYPES[algorithm] ? record.publicKey : 'key-algorithm-mismatch';
}
