/** Solicitation classes (RFC 3865) and the legacy Subject labels they replace. */
import type { KeywordProblem } from '../trace/solicit.ts';

/** Part of a No-Solicit field that is no keyword; kept as evidence, never acted on. */
export interface MalformedKeyword {
  /** As written, at most 1000 characters of it. */
  readonly text: string;
  readonly problem: KeywordProblem;
  /** Position of the field. */
  readonly field: number;
}

export interface ParsedNoSolicit {
  /** As written and in order. Case has no meaning in them (RFC 3865 §2.2 builds them from domain names). */
  readonly keywords: readonly string[];
  readonly malformed: readonly { readonly text: string; readonly problem: KeywordProblem }[];
}

/** Recorded by a server in its Received field. */
export interface RecordedKeyword {
  readonly keyword: string;
  /** The `by` host of that Received field, or null. */
  readonly by: string | null;
  readonly trusted: boolean;
  readonly field: number;
}

/** The law or custom behind a Subject label; message key of its explanation. */
export type SubjectLabelLaw = 'us-states' | 'us-sexually-explicit' | 'korea' | 'japan' | 'spam-filter' | 'custom';

export interface SubjectLabel {
  /** The label as it stands in the decoded Subject. */
  readonly label: string;
  readonly law: SubjectLabelLaw;
}

export interface SolicitationReport {
  /** Keywords of the No-Solicit fields, topmost field first, each once. */
  readonly declared: readonly string[];
  readonly recorded: readonly RecordedKeyword[];
  readonly malformed: readonly MalformedKeyword[];
  readonly subjectLabels: readonly SubjectLabel[];
  /** There are No-Solicit fields, and one passing signature covers every one of them. */
  readonly signed: boolean;
  /** Domains of the signatures that do. */
  readonly signedBy: readonly string[];
}
