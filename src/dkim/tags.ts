/**
 * The values of the tags that DKIM-Signature and the ARC fields share. Implements RFC 6376 §3.5; updated by RFC 8301, 8463, 8616.
 * Each reader takes the value as written and answers undefined where it breaks its grammar.
 */
import { asciiLower, octetsToText } from '../bytes/ascii.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { below, parseDomain, type DomainName } from '../domain/name.ts';
import { splitAtColons, withoutFws } from '../syntax/tag-list.ts';
import type { DkimReason } from './reasons.ts';
import type { Canonicalization } from './types.ts';

/** Algorithms that are verified, and the key type (k=) each needs. Both hash with SHA-256 (RFC 8301 §3.1, RFC 8463 §3). */
export const KEY_TYPES = { 'rsa-sha256': 'rsa', 'ed25519-sha256': 'ed25519' } as const;
export type Algorithm = keyof typeof KEY_TYPES;
export type KeyType = (typeof KEY_TYPES)[Algorithm];

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: DkimReason };

/** RFC 6376 §3.5 a=, RFC 8301 §3.1. */
export function readAlgorithm(value: string): Read<Algorithm> {
  const name = asciiLower(value);
  if (name === 'rsa-sha256' || name === 'ed25519-sha256') return { ok: true, value: name };
  return { ok: false, reason: name === 'rsa-sha1' ? 'algorithm-forbidden' : 'algorithm-unknown' };
}

/** RFC 6376 §3.5 c=: header, then body; the body's default is simple. */
export function readCanonicalization(value: string): readonly [Canonicalization, Canonicalization] | undefined {
  const [header = '', body = 'simple', ...rest] = asciiLower(value).split('/');
  return rest.length === 0 && isCanonicalization(header) && isCanonicalization(body) ? [header, body] : undefined;
}

function isCanonicalization(name: string): name is Canonicalization {
  return name === 'simple' || name === 'relaxed';
}

/** RFC 6376 §3.5 d= and s=; RFC 8616 §4: U-labels in UTF-8 name the same domain as their A-labels. */
export function readDomain(value: string): DomainName | undefined {
  return parseDomain(octetsToText(value));
}

/** Where the key is (RFC 6376 §3.6.2.1); undefined where that is no name that DNS can hold. */
export function keyNameOf(selector: DomainName, sdid: DomainName): DomainName | undefined {
  return below(`${selector}._domainkey`, sdid);
}

/** RFC 6376 §3.5 h=: lower case, in order. Empty items, which some signers leave behind, name no field. */
export function readHeaderNames(value: string): readonly string[] {
  return splitAtColons(asciiLower(value)).filter((name) => name !== '');
}

/** RFC 6376 §3.5 b=, bh=: base64 that may carry folding white space anywhere; never empty. */
export function readBase64(value: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = decodeBase64(withoutFws(value));
  return bytes && bytes.length > 0 ? bytes : undefined;
}

/** RFC 6376 §3.5 t=, x=: seconds since 1970. More than 12 digits may be taken as infinite. */
export function readTime(value: string): number | undefined {
  if (!/^[0-9]+$/.test(value)) return undefined;
  return value.length > 12 ? Infinity : Number(value);
}

/** RFC 6376 §3.5 l=: at most 76 digits, so always a finite number. */
export function readLength(value: string): number | undefined {
  return /^[0-9]{1,76}$/.test(value) ? Number(value) : undefined;
}

/** RFC 6376 §3.5 q=: dns/txt, which early signers wrote as dns, must be among the methods. */
export function readsFromDns(value: string): boolean {
  return splitAtColons(asciiLower(value)).some((method) => method === 'dns/txt' || method === 'dns');
}

/** RFC 6376 §2.11 dkim-quoted-printable: white space means nothing, `=XX` is an octet. */
export function decodeQuotedPrintable(value: string): string {
  return withoutFws(value).replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** d= or s= for display: in A-label form where it is a domain, else as written; null where missing. */
export function shownDomain(value: string | undefined): string | null {
  return value === undefined ? null : (readDomain(value) ?? octetsToText(value));
}

/** t= or x= for display; null where there is no such time. */
export function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined || seconds === Infinity ? null : new Date(seconds * 1000).toISOString();
}
