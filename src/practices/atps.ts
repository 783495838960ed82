/**
 * Authorized third party signatures: whether the author domain itself says that a signer signs for it. Implements RFC 6541
 * (experimental) §4.2 to §4.4 and the results of §8.3.
 *
 * It only ever adds that a signer is authorized. That one is not listed says nothing against it (RFC 5016 §5.3 requirement 10).
 */
import { asciiLower } from '../bytes/ascii.ts';
import { atpsHash } from '../crypto/atps-hash.ts';
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions, Questions } from '../dns/ask-once.ts';
import { dnssecOf } from '../dns/conclusions.ts';
import type { DnssecState } from '../dns/resolver.ts';
import { below, parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { parseTagList } from '../syntax/tag-list.ts';

/** RFC 6541 §8.3, method `dkim-atps`. */
export type AtpsResultName = 'none' | 'pass' | 'fail' | 'temperror' | 'permerror';

export const ATPS_REASONS = {
  /** RFC 6541 §4.3: atps= is missing or names another domain than the author's, so it is ignored. */
  'no-claim': 'none',
  /** RFC 6541 §4.3: only a signature that verifies is worth asking about. */
  'signature-not-valid': 'none',
  /** RFC 6541 §4.2: atpsh= is required, and is missing or no hash this verifier knows. */
  'hash-unknown': 'permerror',
  /** RFC 6541 §4.3: the name to ask for is longer than DNS allows. */
  'name-too-long': 'permerror',
  /** RFC 6541 §4.4: no answer, or none with a valid reply: the signer is not authorized. */
  'not-authorized': 'fail',
  /** RFC 6541 §4.4: any other reply code; it can no longer be determined. */
  'record-unavailable': 'temperror',
} as const satisfies Record<string, AtpsResultName>;
export type AtpsReason = keyof typeof ATPS_REASONS;

/** What a DKIM-Signature field claims in its atps= and atpsh= tags (RFC 6541 §4.2). */
export interface AtpsClaim {
  /** d=, as written. */
  readonly signer: string;
  /** atps=, as written: the domain the signer claims to sign for. */
  readonly atps: string;
  /** atpsh=, as written; null where missing. */
  readonly atpsh: string | null;
}

export interface AtpsReport {
  readonly result: AtpsResultName;
  /** null exactly when `result` is `pass`. */
  readonly reason: AtpsReason | null;
  readonly signer: string;
  readonly authorDomain: string | null;
  /** The DNS name asked; null where none was. */
  readonly name: string | null;
  readonly record: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
}

export interface AtpsInput {
  /** The signature and how it verified (RFC 8601 result name). */
  readonly signature: { readonly domain: string | null; readonly result: string };
  readonly atps?: string | null | undefined;
  readonly atpsh?: string | null | undefined;
  readonly authorDomain?: string | null | undefined;
}

/** The claim in a DKIM-Signature field's value; undefined where it makes none. */
export function readAtpsClaim(fieldValue: string): AtpsClaim | undefined {
  const { tags } = parseTagList(fieldValue);
  const signer = tags.get('d');
  const atps = tags.get('atps');
  return signer === undefined || atps === undefined ? undefined : { signer, atps, atpsh: tags.get('atpsh') ?? null };
}

/**
 * Whether the author domain authorizes this signer: at most one question.
 * @throws the signal's reason where the signal is aborted
 */
export async function evaluateAtps(input: AtpsInput & LookupOptions): Promise<AtpsReport> {
  return evaluateAtpsWith(input, createQuestions(input));
}

/** {@link evaluateAtps} sharing its questions with other evaluations. */
export async function evaluateAtpsWith(input: AtpsInput, questions: Questions): Promise<AtpsReport> {
  const author = parseDomain(input.authorDomain ?? '');
  const signer = parseDomain(input.signature.domain ?? '');
  const report = {
    signer: signer ?? input.signature.domain ?? '',
    authorDomain: author ?? null,
    name: null,
    record: null,
    ttl: null,
    dnssec: 'indeterminate',
  } as const;
  const stop = (reason: AtpsReason): AtpsReport => ({ ...report, result: ATPS_REASONS[reason], reason });

  // RFC 6541 §4.3: atps= must be the domain of From, compared without case, else it is ignored.
  if (author === undefined || signer === undefined || parseDomain(input.atps ?? '') !== author) return stop('no-claim');
  if (input.signature.result !== 'pass') return stop('signature-not-valid');
  const label = await signerLabel(signer, asciiLower(input.atpsh ?? ''));
  if (label === undefined) return stop('hash-unknown');
  const name = below(`${label}._atps`, author);
  if (name === undefined) return stop('name-too-long');

  const answer = await questions.txt(name);
  const asked = { ...report, name, dnssec: dnssecOf(answer) };
  if (answer.kind === 'failure') {
    return { ...asked, result: ATPS_REASONS['record-unavailable'], reason: 'record-unavailable' };
  }
  const record = answer.kind === 'records' ? answer.records.find((text) => authorizes(text, signer)) : undefined;
  return record === undefined
    ? { ...asked, ttl: answer.ttl, result: ATPS_REASONS['not-authorized'], reason: 'not-authorized' }
    : { ...asked, ttl: answer.ttl, record, result: 'pass', reason: null };
}

/** RFC 6541 §4.3: the signing domain in lower case, hashed as atpsh= says, or as it is. */
async function signerLabel(signer: DomainName, atpsh: string): Promise<string | undefined> {
  switch (atpsh) {
    case 'none':
      return signer;
    case 'sha1':
    case 'sha256':
      return atpsHash(signer, atpsh);
    default:
      return undefined;
  }
}

/** RFC 6541 §4.4: v=ATPS1, and where d= is there it must name the signer. */
function authorizes(text: string, signer: DomainName): boolean {
  const list = parseTagList(text);
  if (!list.ok || list.tags.get('v') !== 'ATPS1') return false;
  const named = list.tags.get('d');
  return named === undefined || parseDomain(named) === signer;
}
