/** Server results as written in the header (RFC 8601, RFC 7208 §9.1), and whether this reader has reason to believe them. */

/** `smtp`, `header`, `body`, `policy`, or another as written (RFC 8601 §2.3 leaves room). */
export interface AuthenticationProperty {
  readonly ptype: string;
  readonly property: string;
  readonly value: string;
}

export interface MethodResult {
  /** Lower case: `dkim`, `spf`, `dmarc`, `arc`, or another, which is kept. */
  readonly method: string;
  readonly version: number | null;
  /** Lower case, as written; unknown words are kept. */
  readonly result: string;
  /** reason= or null. */
  readonly reason: string | null;
  readonly properties: readonly AuthenticationProperty[];
}

/** A deviation from the grammar that was read nevertheless. */
export type AuthenticationDeviation =
  'no-authserv-id' | 'unknown-version' | 'unparsable-rest' | 'empty' | 'comment-too-deep' | 'missing-separator';

export interface ParsedAuthenticationResults {
  /** null where the field names none (Exchange). */
  readonly authservId: string | null;
  readonly version: number;
  readonly methods: readonly MethodResult[];
  readonly deviations: readonly AuthenticationDeviation[];
}

export interface ParsedReceivedSpf {
  /** Lower case: `pass`, `fail`, …; as written where unknown. */
  readonly result: string;
  readonly comment: string | null;
  /** Key in lower case to value, unquoted: client-ip, envelope-from, helo, identity, receiver, … */
  readonly pairs: Readonly<Record<string, string>>;
}

/** Why a field is not believed. One reason, the first that applies. */
export type Distrust =
  'unknown-authserv-id' | 'below-boundary' | 'no-boundary' | 'no-authserv-id' | 'unreadable' | 'nobody-trusted';

export interface ServerResult extends ParsedAuthenticationResults {
  /** Position of the field in the header. */
  readonly field: number;
  readonly trusted: boolean;
  readonly distrust: Distrust | null;
}

export interface ReceivedSpfReport extends ParsedReceivedSpf {
  readonly field: number;
  readonly trusted: boolean;
  readonly distrust: Distrust | null;
}

/** Whom this reader believes, per account (RFC 8601 §5, §7). */
export interface TrustSettings {
  /** authserv-ids the reader accepted. */
  readonly authservIds: readonly string[];
}
