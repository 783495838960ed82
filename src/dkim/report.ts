/** Draws the result of one signature from its facts: the judgement of RFC 6376 §6.1 and RFC 8601 §2.7.1 in one place. */
import { isPublicSuffix } from '../domain/public-suffix.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import type { HeaderField, Mailbox, Message } from '../message/types.ts';
import type { BodyHash } from './body-hash.ts';
import { checkBodyHash, firstReason, isFromFuture, type SignatureCheck } from './check.ts';
import { summarizeSignature, type DkimSignature, type ParsedSignature, type SignatureSummary } from './parse.ts';
import { outcomeOf, type DkimReason } from './reasons.ts';
import { relationTo } from './relation.ts';
import { fieldsAddedAbove, oversignsFrom, selectFields, unsignedImportantFields, type FieldIndex } from './select.ts';
import type { DkimNote, DkimSignatureReport, Relation } from './types.ts';

export interface Times {
  readonly now: Date;
  /** The time t= and x= are held against: of receipt where known, else now. */
  readonly judgedAt: Date;
}

export interface ReportContext {
  readonly message: Message;
  readonly fields: FieldIndex;
  /** The first From mailbox. */
  readonly author: () => Mailbox | undefined;
  readonly times: Times;
}

/** A DKIM-Signature field and what could be read of it. */
export type Candidate = { readonly field: HeaderField } & ParsedSignature;
export type WellFormed = Extract<Candidate, { readonly ok: true }>;

/** RFC 8301 §3.2: signers should use this many; fewer are worth a note. */
export const RECOMMENDED_RSA_BITS = 2048;

/** What can be told of a signature without its key and without the body. */
export interface Coverage {
  readonly summary: SignatureSummary;
  readonly selected: readonly HeaderField[];
  readonly relation: Relation;
  readonly addedAbove: readonly number[];
  readonly unsignedImportant: readonly string[];
  readonly oversignsFrom: boolean;
  readonly byPublicSuffix: boolean;
}

export function readCoverage(
  { fields, author }: ReportContext,
  candidate: WellFormed,
  selected: readonly HeaderField[],
): Coverage {
  const { content, signer } = candidate.signature;
  return {
    summary: summarizeSignature(candidate),
    selected,
    relation: relationTo(author(), signer),
    addedAbove: fieldsAddedAbove(fields, content.signedHeaders),
    unsignedImportant: unsignedImportantFields(fields, content.signedHeaders),
    oversignsFrom: oversignsFrom(fields, content.signedHeaders),
    byPublicSuffix: isPublicSuffix(signer.sdid),
  };
}

/** The report of a signature that was verified. */
export function reportVerified(
  context: ReportContext,
  { field, signature }: WellFormed,
  coverage: Coverage,
  check: SignatureCheck,
  body: BodyHash,
): DkimSignatureReport {
  const { content } = signature;
  const bodyReason = checkBodyHash(content.bodyHash, body);
  const timeReason = judgeTimes(signature, context.times.judgedAt);
  const unsignedTail = Math.max(body.canonicalLength - (content.bodyLength ?? Infinity), 0);
  const { summary, selected, relation, addedAbove, unsignedImportant } = coverage;
  const { lookup } = check;
  return {
    field: field.index,
    ...summary,
    ...outcomeOf(firstReason(check, bodyReason, timeReason)),
    relation,
    keyBits: check.keyBits,
    signedFields: selected.map(({ index }) => index),
    ...(unsignedTail > 0 ? { unsignedTail } : {}),
    testing: check.used?.record.testing ?? false,
    dnssec: lookup.dnssec,
    checked: true,
    facts: {
      syntax: 'good',
      key: check.key,
      bodyHash: bodyReason === null ? 'good' : 'bad',
      signature: check.signature,
      time: timeReason === null ? 'good' : 'bad',
      coverage: addedAbove.length === 0 && unsignedTail === 0 ? 'good' : 'bad',
    },
    notes: notesOn(context, signature, coverage, check, body, unsignedTail),
    keyName: lookup.name,
    keyRecord: check.used?.text ?? lookup.unreadable,
    keyTtl: lookup.ttl,
    ...(bodyReason === 'body-hash-mismatch' && body.digest ? { computedBodyHash: encodeBase64(body.digest) } : {}),
    addedAbove,
    unsignedImportant,
  };
}

/** RFC 6376 §3.5 t=, x=. */
function judgeTimes({ parameters: { signedAt }, expiresAt }: DkimSignature, judgedAt: Date): DkimReason | null {
  const seconds = judgedAt.getTime() / 1000;
  if (signedAt !== undefined && expiresAt !== undefined && expiresAt < signedAt) return 'times-reversed';
  if (expiresAt !== undefined && expiresAt < seconds) return 'expired';
  if (isFromFuture(signedAt, judgedAt)) return 'from-future';
  return null;
}

function notesOn(
  { message, times }: ReportContext,
  { content, expiresAt = Infinity }: DkimSignature,
  coverage: Coverage,
  check: SignatureCheck,
  body: BodyHash,
  unsignedTail: number,
): readonly DkimNote[] {
  const { used, keyBits, lookup } = check;
  const record = used?.record;
  const expiredBy = (time: Date): boolean => expiresAt < time.getTime() / 1000;
  const notes: readonly (readonly [DkimNote, boolean])[] = [
    ['body-length-limited', content.bodyLength !== undefined],
    ['unsigned-tail', unsignedTail > 0],
    ['weak-key', record?.keyType === 'rsa' && keyBits !== null && keyBits < RECOMMENDED_RSA_BITS],
    ['testing-key', record?.testing ?? false],
    ['several-key-records', lookup.records.length > 1],
    ['historic-granularity', record?.granularity !== undefined],
    ['public-suffix-domain', coverage.byPublicSuffix],
    ['oversigned-from', coverage.oversignsFrom],
    ['no-dnssec', lookup.dnssec === 'insecure'],
    ['line-ends-normalised', body.bareLf || message.problems.includes('bare-lf')],
    ['expired-after-delivery', expiredBy(times.now) && !expiredBy(times.judgedAt)],
  ];
  return notes.filter(([, applies]) => applies).map(([note]) => note);
}

/** The report of a signature that cannot be verified, or was left out because there are too many. */
export function reportUnverified({ fields, author }: ReportContext, candidate: Candidate): DkimSignatureReport {
  const { field, signer } = candidate;
  const summary = summarizeSignature(candidate);
  const selected = candidate.ok ? selectFields(fields, summary.signedHeaders, field) : [];
  const outcome = outcomeOf(candidate.ok ? 'signature-limit' : candidate.reason);
  return {
    field: field.index,
    ...summary,
    ...outcome,
    relation: signer ? relationTo(author(), signer) : 'third-party',
    keyBits: null,
    signedFields: selected.map(({ index }) => index),
    testing: false,
    dnssec: 'indeterminate',
    checked: !candidate.ok,
    facts: {
      syntax: outcome.result === 'permerror' ? 'bad' : 'good',
      key: 'unknown',
      bodyHash: 'unknown',
      signature: 'unknown',
      time: 'unknown',
      coverage: outcome.reason === 'from-not-signed' ? 'bad' : 'unknown',
    },
    notes: [],
    keyName: candidate.ok ? candidate.signature.parameters.keyName : null,
    keyRecord: null,
    keyTtl: null,
    addedAbove: [],
    unsignedImportant: [],
  };
}
