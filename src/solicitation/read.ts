/**
 * The solicitation classes of a message, kept apart by who declared them: the sender in Solicitation or No-Solicit (RFC 3865 §2.5), servers in their
 * Received fields (§2.6), and the Subject labels that came before both. There is no default class (§2.8): no keyword means nothing.
 */
import { asciiLower } from '../bytes/ascii.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { LIMITS } from '../limits.ts';
import { fieldText } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import type { Hop } from '../trace/types.ts';
import { readBulkMarks } from './bulk.ts';
import { drawClasses, type DeclaredKeyword } from './classes.ts';
import { parseNoSolicit, SOLICITATION_FIELDS } from './parse.ts';
import { findSubjectLabels } from './subject-labels.ts';
import type { MalformedKeyword, RecordedKeyword, SolicitationReport } from './types.ts';

/** What is asked of a signature here; every {@link DkimSignatureReport} has it. */
export type CoveringSignature = Pick<DkimSignatureReport, 'domain' | 'result' | 'testing' | 'signedFields'>;

export interface SolicitationContext {
  readonly path: readonly Hop[];
  readonly dkim: readonly CoveringSignature[];
  /** The Subject with its encoded words decoded; empty where there is none. */
  readonly subject: string;
  /** Domain of the one author, in A-label form; null where there is none or not one. */
  readonly authorDomain: string | null;
  /** Subject labels of the reader's own. */
  readonly labels?: readonly string[];
  /** Keywords the reader gave to correspondents (draft-malamud-subject-line-03 §5). */
  readonly passKeys?: readonly string[] | undefined;
}

/** Reads all that a message says of its class. At most `LIMITS.solicitationKeywords` of each kind are kept. */
export function readSolicitation(message: Message, context: SolicitationContext): SolicitationReport {
  const fields = message.fields.filter(({ key }) => isSolicitationField(key));
  const declared = new Map<string, number[]>();
  const malformed: MalformedKeyword[] = [];
  for (const field of fields) {
    const parsed = parseNoSolicit(fieldText(message, field));
    for (const keyword of parsed.keywords) {
      const places = declared.get(keyword);
      if (places) places.push(field.index);
      else declared.set(keyword, [field.index]);
    }
    malformed.push(...parsed.malformed.map((one) => ({ ...one, field: field.index })));
    if (declared.size + malformed.length > 2 * LIMITS.solicitationKeywords) break;
  }
  const coverage = coverageOf(context.dkim);
  // A field that no signature covers can be added or copied by anyone on the way, so one such field leaves the whole declaration unsigned.
  const signedBy = signersOf(
    fields.map((field) => field.index),
    coverage,
  );
  const kept = [...declared].slice(0, LIMITS.solicitationKeywords);
  const keywords = kept.map(([keyword]) => keyword);
  const recorded = recordedIn(context.path);
  const claims = kept.map(([keyword, places]): DeclaredKeyword => ({
    keyword,
    signedBy: places.flatMap((place) => signersOf([place], coverage)),
  }));
  return {
    fields: SOLICITATION_FIELDS.filter((name) => fields.some(({ key }) => key === name)),
    contradictions: findContradictions(message, fields, recorded),
    declared: keywords,
    recorded,
    malformed: malformed.slice(0, LIMITS.solicitationKeywords),
    subjectLabels: findSubjectLabels(context.subject, context.labels),
    signed: signedBy.length > 0,
    signedBy,
    classes: drawClasses(claims, recorded, context.authorDomain),
    passKeys: passKeysAmong(keywords, context.passKeys ?? []),
    bulk: readBulkMarks(message),
  };
}

function isSolicitationField(key: string): boolean {
  return SOLICITATION_FIELDS.some((name) => name === key);
}

/** Places that say different things of one message: the two fields, and what servers recorded of it (RFC 3865 §2.5, §2.6). */
function findContradictions(
  message: Message,
  fields: readonly HeaderField[],
  recorded: readonly RecordedKeyword[],
): SolicitationReport['contradictions'] {
  const declared = SOLICITATION_FIELDS.map((name) =>
    setOf(
      fields
        .filter(({ key }) => key === name)
        .slice(0, LIMITS.solicitationKeywords)
        .flatMap((field) => parseNoSolicit(fieldText(message, field)).keywords)
        .slice(0, LIMITS.solicitationKeywords),
    ),
  ).filter(({ size }) => size > 0);
  const [first, second] = declared;
  const found: SolicitationReport['contradictions'][number][] = [];
  if (first && second && !isSame(first, second)) found.push('fields');
  const traced = setOf(recorded.map(({ keyword }) => keyword));
  if (first && traced.size > 0 && !declared.some((keywords) => isSame(keywords, traced))) found.push('trace');
  return found;
}

function setOf(keywords: readonly string[]): ReadonlySet<string> {
  return new Set(keywords.map(asciiLower));
}

function isSame(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((keyword) => right.has(keyword));
}

/** The keys a message declares, in the form they were given out; case has no meaning in keywords. */
function passKeysAmong(declared: readonly string[], passKeys: readonly string[]): readonly string[] {
  const shown = new Set(declared.map(asciiLower));
  return [...new Set(passKeys)].slice(0, LIMITS.passKeys).filter((key) => shown.has(asciiLower(key)));
}

/** A valid signature: whose it is, and which fields it covers. */
interface Coverage {
  readonly domain: string;
  readonly fields: ReadonlySet<number>;
}

/** Of the signatures those that count: one under test does not (RFC 6376 §3.6.1, t=y). */
function coverageOf(signatures: readonly CoveringSignature[]): readonly Coverage[] {
  return signatures
    .filter(({ result, testing }) => result === 'pass' && !testing)
    .flatMap(({ domain, signedFields }) => (domain === null ? [] : [{ domain, fields: new Set(signedFields) }]));
}

/** Domains that sign every one of these fields; none for no fields. */
function signersOf(fields: readonly number[], coverage: readonly Coverage[]): readonly string[] {
  if (fields.length === 0) return [];
  const signers = coverage.filter((signature) => fields.every((field) => signature.fields.has(field)));
  return [...new Set(signers.map(({ domain }) => domain))];
}

function recordedIn(path: readonly Hop[]): readonly RecordedKeyword[] {
  return path
    .flatMap(({ solicit, by, trusted, field }) => solicit.map((keyword) => ({ keyword, by, trusted, field })))
    .slice(0, LIMITS.solicitationKeywords);
}
