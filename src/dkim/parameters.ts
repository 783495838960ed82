/**
 * What verifying needs to know of a signature. DKIM-Signature and ARC-Message-Signature have all of it, ARC-Seal the first half (RFC
 * 6376 §3.5, RFC 8617 §4.1.2, §4.1.3); updated by RFC 8301, 8463, 8616.
 */
import type { DomainName } from '../domain/name.ts';
import { rangeOf, type TagList, type TagRange } from '../syntax/tag-list.ts';
import type { DkimReason } from './reasons.ts';
import {
  keyNameOf,
  readAlgorithm,
  readBase64,
  readCanonicalization,
  readDomain,
  readHeaderNames,
  readLength,
  readsFromDns,
  readTime,
  type Algorithm,
} from './tags.ts';
import type { Canonicalization } from './types.ts';

/** How to verify. */
export interface SigningParameters {
  readonly algorithm: Algorithm;
  /** d= and s=, in A-label form, and where the key stands. */
  readonly sdid: DomainName;
  readonly selector: DomainName;
  readonly keyName: DomainName;
  /** b=. */
  readonly signature: Uint8Array<ArrayBuffer>;
  /** Where the value of b= is in the field's value: it is left out of what is signed (RFC 6376 §3.7). */
  readonly signatureRange: TagRange;
  /** t=, in seconds since 1970; Infinity where it is too long for a date. */
  readonly signedAt: number | undefined;
}

/** What is signed. */
export interface SignedContent {
  readonly headerCanonicalization: Canonicalization;
  readonly bodyCanonicalization: Canonicalization;
  /** h= in lower case. */
  readonly signedHeaders: readonly string[];
  /** bh=. */
  readonly bodyHash: Uint8Array;
  /** l= where given, in octets. */
  readonly bodyLength: number | undefined;
}

/** Reads a=, b=, d=, q=, s=, t=, all of which the caller knows to be there as far as they are required. */
export function readSigningParameters(list: TagList): SigningParameters | DkimReason {
  const { tags } = list;
  const sdid = readDomain(tags.get('d') ?? '');
  const selector = readDomain(tags.get('s') ?? '');
  const keyName = sdid && selector && keyNameOf(selector, sdid);
  const signature = readBase64(tags.get('b') ?? '');
  const signatureRange = rangeOf(list, 'b');
  const signedAt = readOptional(tags.get('t'), readTime);
  if (!sdid || !selector || !keyName || !signature || !signatureRange || signedAt === 'signature-syntax') {
    return 'signature-syntax';
  }
  const algorithm = readAlgorithm(tags.get('a') ?? '');
  if (!algorithm.ok) return algorithm.reason;
  if (!readsFromDns(tags.get('q') ?? 'dns/txt')) return 'query-method-unknown';
  return { algorithm: algorithm.value, sdid, selector, keyName, signature, signatureRange, signedAt };
}

/** Reads bh=, c=, h=, l=, likewise. */
export function readSignedContent({ tags }: TagList): SignedContent | DkimReason {
  const bodyHash = readBase64(tags.get('bh') ?? '');
  const signedHeaders = readHeaderNames(tags.get('h') ?? '');
  const bodyLength = readOptional(tags.get('l'), readLength);
  if (!bodyHash || signedHeaders.length === 0 || bodyLength === 'signature-syntax') return 'signature-syntax';
  const canonicalization = readCanonicalization(tags.get('c') ?? 'simple/simple');
  if (!canonicalization) return 'canonicalization-unknown';
  const [headerCanonicalization, bodyCanonicalization] = canonicalization;
  return { headerCanonicalization, bodyCanonicalization, signedHeaders, bodyHash, bodyLength };
}

/** A tag that may be missing, but must be right where it is there. */
export function readOptional<T>(
  value: string | undefined,
  read: (value: string) => T | undefined,
): T | undefined | 'signature-syntax' {
  return value === undefined ? undefined : (read(value) ?? 'signature-syntax');
}
