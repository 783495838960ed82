/**
 * Reads the three ARC fields. Implements RFC 8617 §4.1 and §4.2.1 on top of the tag lists and values of RFC 6376 §3.2, §3.5.
 */
import { asciiLower } from '../bytes/ascii.ts';
import {
  readSignedContent,
  readSigningParameters,
  type SignedContent,
  type SigningParameters,
} from '../dkim/parameters.ts';
import type { DkimReason } from '../dkim/reasons.ts';
import { isoTime, readCanonicalization, readHeaderNames, readTime, shownDomain } from '../dkim/tags.ts';
import { LIMITS } from '../limits.ts';
import { skipCfws, skipFws } from '../syntax/cfws.ts';
import { parseTagList, type TagList } from '../syntax/tag-list.ts';

/** What can be shown of a signature, well formed or not. */
export interface ArcSummary {
  readonly domain: string | null;
  readonly selector: string | null;
  readonly algorithm: string | null;
  readonly signedAt: string | null;
}

export interface ParsedMessageSignature {
  /** undefined where i= is missing or no instance. */
  readonly instance: number | undefined;
  readonly summary: ArcSummary & {
    readonly canonicalization: string | null;
    readonly signedHeaders: readonly string[];
  };
  readonly signature: MessageSignature | DkimReason;
}

export interface MessageSignature {
  readonly parameters: SigningParameters;
  readonly content: SignedContent;
}

export interface ParsedSeal {
  readonly instance: number | undefined;
  readonly summary: ArcSummary & { readonly chainValidation: string | null };
  readonly signature: { readonly parameters: SigningParameters } | DkimReason;
}

export interface ParsedAuthenticationResults {
  readonly instance: number | undefined;
  readonly value: string;
}

/** RFC 8617 §4.1.2: DKIM's tags without v=; i= is the instance. */
const MESSAGE_SIGNATURE_TAGS = ['i', 'a', 'b', 'bh', 'd', 'h', 's'];
/** RFC 8617 §4.1.3. */
const SEAL_TAGS = ['i', 'a', 'b', 'cv', 'd', 's'];

/** Reads ARC-Message-Signature: the field's value, one character per octet, line ends included. Never throws. */
export function parseMessageSignature(value: string): ParsedMessageSignature {
  const list = parseTagList(value);
  const { tags } = list;
  const canonicalization = tags.get('c') ?? 'simple/simple';
  return {
    instance: readInstance(tags.get('i')),
    summary: {
      ...summarize(list),
      canonicalization: readCanonicalization(canonicalization)?.join('/') ?? asciiLower(canonicalization),
      signedHeaders: readHeaderNames(tags.get('h') ?? ''),
    },
    signature: readMessageSignature(list),
  };
}

function readMessageSignature(list: TagList): MessageSignature | DkimReason {
  const problem = problemOf(list, MESSAGE_SIGNATURE_TAGS);
  if (problem !== null) return problem;
  const content = readSignedContent(list);
  if (typeof content === 'string') return content;
  // RFC 8617 §4.1.2: h= must not name ARC-Seal, which is written after this signature.
  if (content.signedHeaders.includes('arc-seal')) return 'signature-syntax';
  // RFC 6376 §5.4, which RFC 8617 §4.1.2 does not take back: From must be signed.
  if (!content.signedHeaders.includes('from')) return 'from-not-signed';
  const parameters = readSigningParameters(list);
  return typeof parameters === 'string' ? parameters : { parameters, content };
}

/** Reads ARC-Seal, likewise. */
export function parseSeal(value: string): ParsedSeal {
  const list = parseTagList(value);
  const { tags } = list;
  return {
    instance: readInstance(tags.get('i')),
    summary: { ...summarize(list), chainValidation: tags.has('cv') ? asciiLower(tags.get('cv') ?? '') : null },
    signature: readSeal(list),
  };
}

function readSeal(list: TagList): ParsedSeal['signature'] {
  const problem = problemOf(list, SEAL_TAGS);
  if (problem !== null) return problem;
  // RFC 8617 §4.1.3: what a seal covers is fixed, and h= in one fails the chain.
  if (list.tags.has('h')) return 'signature-syntax';
  const parameters = readSigningParameters(list);
  return typeof parameters === 'string' ? parameters : { parameters };
}

/** Reads ARC-Authentication-Results (RFC 8617 §4.1.1) from its unfolded value: `i=1; ` and an Authentication-Results value. */
export function parseAuthenticationResults(value: string): ParsedAuthenticationResults {
  let at = skipCfws(value, 0).end;
  for (const token of ['i', '=']) {
    if (value[at] !== token) return { instance: undefined, value };
    at = skipCfws(value, at + 1).end;
  }
  const digits = value.slice(at, at + 2).replace(/[^0-9].*$/s, '');
  at = skipCfws(value, at + digits.length).end;
  if (value[at] !== ';') return { instance: undefined, value };
  return { instance: readInstance(digits), value: value.slice(skipFws(value, at + 1)) };
}

/** RFC 8617 §4.2.1: 1 to 50, in one or two digits. */
function readInstance(value = ''): number | undefined {
  const instance = /^[0-9]{1,2}$/.test(value) ? Number(value) : 0;
  return instance >= 1 && instance <= LIMITS.arcSets ? instance : undefined;
}

/** What is wrong with the list as such (RFC 6376 §3.2, §6.1.1). */
function problemOf(list: TagList, required: readonly string[]): DkimReason | null {
  if (!list.ok) return 'signature-syntax';
  return required.every((name) => list.tags.has(name)) ? null : 'signature-missing-tag';
}

function summarize({ tags }: TagList): ArcSummary {
  return {
    domain: shownDomain(tags.get('d')),
    selector: shownDomain(tags.get('s')),
    algorithm: tags.has('a') ? asciiLower(tags.get('a') ?? '') : null,
    signedAt: isoTime(readTime(tags.get('t') ?? '')),
  };
}
