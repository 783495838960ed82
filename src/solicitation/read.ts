/**
 * The solicitation classes of a message, kept apart by who declared them: the sender in No-Solicit (RFC 3865 §2.5), servers in their
 * Received fields (§2.6), and the Subject labels that came before both. There is no default class (§2.8): no keyword means nothing.
 */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { LIMITS } from '../limits.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import type { Hop } from '../trace/types.ts';
import { parseNoSolicit } from './parse.ts';
import { findSubjectLabels } from './subject-labels.ts';
import type { MalformedKeyword, RecordedKeyword, SolicitationReport } from './types.ts';

/** What is asked of a signature here; every {@link DkimSignatureReport} has it. */
export type CoveringSignature = Pick<DkimSignatureReport, 'domain' | 'result' | 'testing' | 'signedFields'>;

export interface SolicitationContext {
  readonly path: readonly Hop[];
  readonly dkim: readonly CoveringSignature[];
  /** The Subject with its encoded words decoded; empty where there is none. */
  readonly subject: string;
  /** Subject labels of the reader's own. */
  readonly labels?: readonly string[];
}

/** Reads all that a message says of its class. At most `LIMITS.solicitationKeywords` of each kind are kept. */
export function readSolicitation(message: Message, context: SolicitationContext): SolicitationReport {
  const fields = fieldsNamed(message, 'no-solicit');
  const declared = new Set<string>();
  const malformed: MalformedKeyword[] = [];
  for (const field of fields) {
    const parsed = parseNoSolicit(fieldText(message, field));
    for (const keyword of parsed.keywords) declared.add(keyword);
    malformed.push(...parsed.malformed.map((one) => ({ ...one, field: field.index })));
    if (declared.size + malformed.length > 2 * LIMITS.solicitationKeywords) break;
  }
  const signedBy = signersOf(
    fields.map((field) => field.index),
    context.dkim,
  );
  return {
    declared: [...declared].slice(0, LIMITS.solicitationKeywords),
    recorded: recordedIn(context.path),
    malformed: malformed.slice(0, LIMITS.solicitationKeywords),
    subjectLabels: findSubjectLabels(context.subject, context.labels),
    signed: signedBy.length > 0,
    signedBy,
  };
}

/**
 * Domains that sign every one of these fields. A field that no signature covers can be added or copied by anyone on the way, so one
 * unsigned field leaves the whole declaration unsigned. A signature under test counts for nothing (RFC 6376 §3.6.1, t=y).
 */
function signersOf(fields: readonly number[], signatures: readonly CoveringSignature[]): readonly string[] {
  if (fields.length === 0) return [];
  const domains = signatures
    .filter((signature) => signature.result === 'pass' && !signature.testing)
    .filter(({ signedFields }) => {
      const covered = new Set(signedFields);
      return fields.every((field) => covered.has(field));
    })
    .flatMap((signature) => signature.domain ?? []);
  return [...new Set(domains)];
}

function recordedIn(path: readonly Hop[]): readonly RecordedKeyword[] {
  return path
    .flatMap(({ solicit, by, trusted, field }) => solicit.map((keyword) => ({ keyword, by, trusted, field })))
    .slice(0, LIMITS.solicitationKeywords);
}
