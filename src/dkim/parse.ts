/**
 * Reads a DKIM-Signature field. Implements RFC 6376 §3.5 and the checks of §6.1.1; updated by RFC 8301, 8463, 8616.
 *
 * Known differences: an empty item in h= (`from:to:`) is passed over, as signers in the field leave one behind and every verifier
 * reads it; local parts are compared as they are written.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { isWithin, type DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { parseTagList } from '../syntax/tag-list.ts';
import type { DkimReason } from './reasons.ts';
import {
  decodeQuotedPrintable,
  keyNameOf,
  readAlgorithm,
  readBase64,
  readCanonicalization,
  readDomain,
  readHeaderNames,
  readLength,
  readsFromDns,
  readTime,
  utf8Value,
  type Algorithm,
} from './tags.ts';
import type { Canonicalization, CopiedHeader } from './types.ts';

/** What verifying needs of a signature; ARC-Message-Signature fills the same (RFC 8617 §4.1.2). */
export interface SignatureParameters {
  readonly algorithm: Algorithm;
  /** d= and s=, in A-label form. */
  readonly sdid: DomainName;
  readonly selector: DomainName;
  readonly keyName: DomainName;
  readonly headerCanonicalization: Canonicalization;
  readonly bodyCanonicalization: Canonicalization;
  /** b= and bh=. */
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly bodyHash: Uint8Array;
  readonly signedHeaders: readonly string[];
  /** l= where given, in octets. */
  readonly bodyLength: number | undefined;
  /** Where the value of b= stands in the field's value: it is left out of what is signed (RFC 6376 §3.7). */
  readonly signatureRange: readonly [start: number, end: number];
}

/** Who signs: d=, and i= with its local part, empty where there is none (RFC 6376 §2.5, §2.6). */
export interface Signer {
  readonly sdid: DomainName;
  readonly auid: { readonly localPart: string; readonly domain: DomainName };
}

export interface DkimSignature extends SignatureParameters, Signer {
  /** t= and x=, in seconds since 1970. */
  readonly signedAt: number | undefined;
  readonly expiresAt: number | undefined;
}

/** What can be shown of a signature, well formed or not. */
export interface SignatureSummary {
  readonly domain: string | null;
  readonly selector: string | null;
  readonly identity: string | null;
  readonly algorithm: string | null;
  readonly canonicalization: string | null;
  readonly signedHeaders: readonly string[];
  readonly bodyLength?: number;
  readonly signedAt: string | null;
  readonly expiresAt: string | null;
  readonly copiedHeaders?: readonly CopiedHeader[];
}

export type ParsedSignature = {
  readonly summary: SignatureSummary;
  /** undefined where d= or i= cannot be read. */
  readonly signer: Signer | undefined;
} & ({ readonly ok: true; readonly signature: DkimSignature } | { readonly ok: false; readonly reason: DkimReason });

/** RFC 6376 §3.5: the tags every signature must have. */
const REQUIRED_TAGS = ['v', 'a', 'b', 'bh', 'd', 'h', 's'];

/** Reads the field's value, one character per octet, line ends included. Never throws. */
export function parseDkimSignature(value: string): ParsedSignature {
  const list = parseTagList(value);
  const signer = readSigner(list.tags);
  const about = { signer, summary: summarize(list.tags, signer) };
  if (!list.ok) return { ...about, ok: false, reason: 'signature-syntax' }; // RFC 6376 §3.2: invalid as a whole
  const read = readSignature(list.tags, signer, list.ranges.get('b') ?? [0, 0]);
  return typeof read === 'string' ? { ...about, ok: false, reason: read } : { ...about, ok: true, signature: read };
}

/** The checks of RFC 6376 §6.1.1 in its order: the first that fails is the reason. */
function readSignature(
  tags: ReadonlyMap<string, string>,
  signer: Signer | undefined,
  signatureRange: readonly [number, number],
): DkimSignature | DkimReason {
  const tag = (name: string): string => tags.get(name) ?? '';
  if (tags.has('v') && tag('v') !== '1') return 'signature-version';
  if (REQUIRED_TAGS.some((name) => !tags.has(name))) return 'signature-missing-tag';

  const algorithm = readAlgorithm(tag('a'));
  const canonicalization = readCanonicalization(tags.get('c') ?? 'simple/simple');
  const selector = readDomain(tag('s'));
  const keyName = signer && selector && keyNameOf(selector, signer.sdid);
  const signature = readBase64(tag('b'));
  const bodyHash = readBase64(tag('bh'));
  const signedHeaders = readHeaderNames(tag('h'));
  const signedAt = readTime(tag('t'));
  const expiresAt = readTime(tag('x'));
  const bodyLength = readLength(tag('l'));
  if (
    !signer ||
    !selector ||
    !keyName ||
    !signature ||
    !bodyHash ||
    signedHeaders.length === 0 ||
    (tags.has('t') && signedAt === undefined) ||
    (tags.has('x') && expiresAt === undefined) ||
    (tags.has('l') && bodyLength === undefined)
  ) {
    return 'signature-syntax';
  }
  if (!isWithin(signer.auid.domain, signer.sdid)) return 'signature-domain-mismatch';
  if (!signedHeaders.includes('from')) return 'from-not-signed';
  if (!algorithm.ok) return algorithm.reason;
  if (!canonicalization) return 'canonicalization-unknown';
  if (tags.has('q') && !readsFromDns(tag('q'))) return 'query-method-unknown';
  const [headerCanonicalization, bodyCanonicalization] = canonicalization;
  return {
    ...signer,
    algorithm: algorithm.value,
    selector,
    keyName,
    headerCanonicalization,
    bodyCanonicalization,
    signature,
    bodyHash,
    signedHeaders,
    bodyLength,
    signatureRange,
    signedAt,
    expiresAt,
  };
}

function readSigner(tags: ReadonlyMap<string, string>): Signer | undefined {
  const sdid = readDomain(tags.get('d') ?? '');
  const auid = sdid && readIdentity(tags.get('i'), sdid);
  return auid && { sdid, auid };
}

/** RFC 6376 §3.5 i=: an optional local part and a domain; by default the domain of d= alone. */
function readIdentity(value: string | undefined, sdid: DomainName): Signer['auid'] | undefined {
  if (value === undefined) return { localPart: '', domain: sdid };
  const text = utf8Value(decodeQuotedPrintable(value));
  const at = text.lastIndexOf('@');
  const domain = at < 0 ? undefined : readDomain(text.slice(at + 1));
  return domain && { localPart: text.slice(0, at), domain };
}

function summarize(tags: ReadonlyMap<string, string>, signer: Signer | undefined): SignatureSummary {
  const canonicalization = tags.get('c') ?? 'simple/simple';
  const known = readCanonicalization(canonicalization);
  const bodyLength = readLength(tags.get('l') ?? '');
  const copied = tags.get('z');
  return {
    domain: shownDomain(tags.get('d')),
    selector: shownDomain(tags.get('s')),
    identity: signer ? `${signer.auid.localPart}@${signer.auid.domain}` : (tags.get('i') ?? null),
    algorithm: tags.has('a') ? asciiLower(tags.get('a') ?? '') : null,
    canonicalization: known ? known.join('/') : asciiLower(canonicalization),
    signedHeaders: readHeaderNames(tags.get('h') ?? ''),
    ...(bodyLength === undefined ? {} : { bodyLength }),
    signedAt: isoTime(readTime(tags.get('t') ?? '')),
    expiresAt: isoTime(readTime(tags.get('x') ?? '')),
    ...(copied === undefined ? {} : { copiedHeaders: readCopiedHeaders(copied) }),
  };
}

function shownDomain(value: string | undefined): string | null {
  return value === undefined ? null : (readDomain(value) ?? utf8Value(value));
}

function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined || seconds === Infinity ? null : new Date(seconds * 1000).toISOString();
}

/** RFC 6376 §3.5 z=: `name:value` pairs between bars. */
function readCopiedHeaders(value: string): readonly CopiedHeader[] {
  return value
    .split('|', LIMITS.copiedHeaders)
    .map((item) => decodeQuotedPrintable(item))
    .map((item) => {
      const colon = item.indexOf(':');
      return colon < 0 ? { name: item, value: '' } : { name: item.slice(0, colon), value: item.slice(colon + 1) };
    });
}
