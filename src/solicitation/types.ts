/** Solicitation classes (RFC 3865) and the legacy Subject labels they replace. */
import type { KeywordProblem } from '../trace/solicit.ts';

/** Part of a Solicitation or No-Solicit field that is no keyword; kept as evidence, never acted on. */
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
  /** The label as it is in the decoded Subject. */
  readonly label: string;
  readonly law: SubjectLabelLaw;
}

/**
 * Whether the domain a keyword is built from is the author's: the same or below it (`author`), another one of the same registered
 * domain (`organization`), or somebody else's. Anyone may use the keywords of others (RFC 3865 §2.2), so `other` is nothing odd.
 */
export type KeywordOwner = 'author' | 'organization' | 'other';

/** One keyword with all that is known of it: whose it is, and who put it there. */
export interface SolicitationClass {
  /** As first written; a declared one before a recorded one. */
  readonly keyword: string;
  /** The reversed name it begins with, as a domain in A-label form (`org.example:ADV` is `example.org`'s); null where it is none. */
  readonly domain: string | null;
  /** The registered domain (`example.org`) to which `domain` belongs; null where there is none. */
  readonly organization: string | null;
  /** Null where the keyword has no owner, or the message not one author domain. */
  readonly owner: KeywordOwner | null;
  /** A Solicitation or No-Solicit field holds it. */
  readonly declared: boolean;
  /** Domains whose valid signatures cover a field that holds it. */
  readonly signedBy: readonly string[];
  /** Servers that recorded it, from the reader's servers backwards (RFC 3865 §2.6). */
  readonly recordedBy: readonly KeywordRecorder[];
}

export interface KeywordRecorder {
  /** The `by` host of the Received field, or null. */
  readonly by: string | null;
  readonly trusted: boolean;
}

/** A field that bulk and automatic mail carries, by the field it is read from. */
export type BulkMarkId = 'precedence' | 'list-unsubscribe' | 'one-click' | 'feedback-id' | 'auto-submitted';

/** A mark of bulk mail from before or beside solicitation classes: shown as what it is, and never acted on. */
export interface BulkMark {
  readonly mark: BulkMarkId;
  /** What is in the field, unfolded, at most `LIMITS.bulkMarkCharacters` of it. */
  readonly value: string;
  /** Position of the field. */
  readonly field: number;
}

export interface SolicitationReport {
  /** Which of the fields the message uses, the standard's own first. */
  readonly fields: readonly ('solicitation' | 'no-solicit')[];
  /** `fields`: the two say different things. `trace`: servers recorded something else than either says. */
  readonly contradictions: readonly ('fields' | 'trace')[];
  /** Keywords of the Solicitation and No-Solicit fields, topmost field first, each once. */
  readonly declared: readonly string[];
  readonly recorded: readonly RecordedKeyword[];
  readonly malformed: readonly MalformedKeyword[];
  readonly subjectLabels: readonly SubjectLabel[];
  /** There are such fields, and one passing signature covers every one of them. */
  readonly signed: boolean;
  /** Domains of the signatures that do. */
  readonly signedBy: readonly string[];
  /** Every well-formed keyword, declared ones first: whose it is, and who put it there. */
  readonly classes: readonly SolicitationClass[];
  /** The reader's pass keys among `declared`, as they gave them out. `signed` and `signedBy` tell whether somebody vouches for them. */
  readonly passKeys: readonly string[];
  /** Legacy marks of bulk mail, in the order of their fields. */
  readonly bulk: readonly BulkMark[];
}
