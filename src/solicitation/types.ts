/** Solicitation classes (RFC 3865) and the legacy Subject labels they replace. */

/** A keyword as declared; comparison is by {@link https://www.rfc-editor.org/rfc/rfc3865 RFC 3865} words. */
export interface MalformedKeyword {
  readonly text: string;
  readonly problem: 'syntax' | 'too-long' | 'empty';
  /** Position of the field. */
  readonly field: number;
}

export interface ParsedNoSolicit {
  readonly keywords: readonly string[];
  readonly malformed: readonly { readonly text: string; readonly problem: 'syntax' | 'too-long' | 'empty' }[];
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
  readonly declared: readonly string[];
  readonly recorded: readonly RecordedKeyword[];
  readonly malformed: readonly MalformedKeyword[];
  readonly subjectLabels: readonly SubjectLabel[];
  /** Every No-Solicit field is covered by a passing signature. */
  readonly signed: boolean;
  /** Signing domains that cover the declaration. */
  readonly signedBy: readonly string[];
}
