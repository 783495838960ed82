/**
 * Reads a DKIM-Signature field. Implements RFC 6376 §3.5 and the checks of §6.1.1; updated by RFC 8301, 8463, 8616.
 *
 * Known differences: an empty item in h= (`from:to:`) is passed over, as signers in the field leave one behind and every verifier
 * reads it; local parts are compared as they are written.
 */
import { asciiLower, octetsToText } from '../bytes/ascii.ts';
import { isWithin, type DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { parseTagList, type TagList } from '../syntax/tag-list.ts';
import {
  readOptional,
  readSignedContent,
  readSigningParameters,
  type SignedContent,
  type SigningParameters,
} from './parameters.ts';
import type { DkimReason } from './reasons.ts';
import {
  decodeQuotedPrintable,
  isoTime,
  readCanonicalization,
  readDomain,
  readHeaderNames,
  readLength,
  readTime,
  shownDomain,
} from './tags.ts';
import type { CopiedHeader } from './types.ts';

/** Who signs: d=, and i= with its local part, empty where there is none (RFC 6376 §2.5, §2.6). */
export interface Signer {
  readonly sdid: DomainName;
  readonly auid: { readonly localPart: string; readonly domain: DomainName };
}

export interface DkimSignature {
  readonly parameters: SigningParameters;
  readonly content: SignedContent;
  readonly signer: Signer;
  /** x=, in seconds since 1970; Infinity where it is too long for a date. */
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
  readonly tags: ReadonlyMap<string, string>;
  /** undefined where d= or i= cannot be read. */
  readonly signer: Signer | undefined;
} & ({ readonly ok: true; readonly signature: DkimSignature } | { readonly ok: false; readonly reason: DkimReason });

/** RFC 6376 §3.5: the tags every signature must have. */
const REQUIRED_TAGS = ['v', 'a', 'b', 'bh', 'd', 'h', 's'];

/** Reads the field's value, one character per octet, line ends included. Never throws. */
export function parseDkimSignature(value: string): ParsedSignature {
  const list = parseTagList(value);
  const signer = readSigner(list.tags);
  const read = readSignature(list, signer);
  const { tags } = list;
  return typeof read === 'string'
    ? { ok: false, reason: read, tags, signer }
    : { ok: true, signature: read, tags, signer };
}

/** The checks of RFC 6376 §6.1.1: the first that fails is the reason. */
function readSignature(list: TagList, signer: Signer | undefined): DkimSignature | DkimReason {
  if (!list.ok) return 'signature-syntax'; // RFC 6376 §3.2: a malformed list is invalid as a whole
  const { tags } = list;
  if (tags.has('v') && tags.get('v') !== '1') return 'signature-version';
  if (REQUIRED_TAGS.some((name) => !tags.has(name))) return 'signature-missing-tag';
  const expiresAt = readOptional(tags.get('x'), readTime);
  if (!signer || expiresAt === 'signature-syntax') return 'signature-syntax';
  if (!isWithin(signer.auid.domain, signer.sdid)) return 'signature-domain-mismatch';
  const content = readSignedContent(list);
  if (typeof content === 'string') return content;
  if (!content.signedHeaders.includes('from')) return 'from-not-signed';
  const parameters = readSigningParameters(list);
  if (typeof parameters === 'string') return parameters;
  return { parameters, content, signer, expiresAt };
}

function readSigner(tags: ReadonlyMap<string, string>): Signer | undefined {
  const sdid = readDomain(tags.get('d') ?? '');
  const auid = sdid && readIdentity(tags.get('i'), sdid);
  return auid && { sdid, auid };
}

/** RFC 6376 §3.5 i=: an optional local part and a domain; by default the domain of d= alone. */
function readIdentity(value: string | undefined, sdid: DomainName): Signer['auid'] | undefined {
  if (value === undefined) return { localPart: '', domain: sdid };
  const text = octetsToText(decodeQuotedPrintable(value));
  const at = text.lastIndexOf('@');
  const domain = at < 0 ? undefined : readDomain(text.slice(at + 1));
  return domain && { localPart: text.slice(0, at), domain };
}

/** What to show of a signature; nobody waits for it to verify one. */
export function summarizeSignature({ tags, signer }: ParsedSignature): SignatureSummary {
  const canonicalization = tags.get('c') ?? 'simple/simple';
  const bodyLength = readLength(tags.get('l') ?? '');
  const copied = tags.get('z');
  return {
    domain: shownDomain(tags.get('d')),
    selector: shownDomain(tags.get('s')),
    identity: signer ? `${signer.auid.localPart}@${signer.auid.domain}` : (tags.get('i') ?? null),
    algorithm: tags.has('a') ? asciiLower(tags.get('a') ?? '') : null,
    canonicalization: readCanonicalization(canonicalization)?.join('/') ?? asciiLower(canonicalization),
    signedHeaders: readHeaderNames(tags.get('h') ?? ''),
    ...(bodyLength === undefined ? {} : { bodyLength }),
    signedAt: isoTime(readTime(tags.get('t') ?? '')),
    expiresAt: isoTime(readTime(tags.get('x') ?? '')),
    ...(copied === undefined ? {} : { copiedHeaders: readCopiedHeaders(copied) }),
  };
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
