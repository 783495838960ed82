/**
 * Why ADSP says what it says: each reason once, with the section that names it and its result (RFC 5617 §5.4 registers `dkim-adsp`
 * result names for RFC 8601).
 */
export type AdspResultName = 'none' | 'pass' | 'unknown' | 'fail' | 'discard' | 'nxdomain' | 'temperror' | 'permerror';

export const ADSP_REASONS = {
  /** RFC 5617 §2.3: there is no author address to ask about. */
  'no-author-domain': 'none',
  /** RFC 5016 §5.3 requirement 9: nobody asked, since a valid first party signature settles the matter or the check is off. */
  'not-looked-up': 'none',
  /** RFC 5617 §4.3: no record is published. */
  'no-record': 'none',
  /** RFC 5617 §4.1: a record that breaks the syntax is ignored as if there were none. */
  'record-invalid': 'none',
  /** RFC 5617 §4.2.1 dkim=unknown: the domain may sign some or all mail. */
  'practice-unknown': 'unknown',
  /** RFC 5617 §4.2.1: any other value is treated as `unknown`. */
  'practice-unrecognized': 'unknown',
  /** RFC 5617 §4.2.1 dkim=all: all mail is signed, and this message carries no valid author domain signature. */
  'all-unsigned': 'fail',
  /** RFC 5617 §4.2.1 dkim=discardable: likewise, and the domain encourages to discard such mail. */
  'discardable-unsigned': 'discard',
  /** RFC 5617 §4.3: the author domain does not exist, so it is out of scope for ADSP. */
  'domain-nonexistent': 'nxdomain',
  /** RFC 5617 §4.3: with more than one record the result is undefined. */
  'several-records': 'permerror',
  /** RFC 5617 §4.3: the query for the author domain itself failed. */
  'existence-unavailable': 'temperror',
  /** RFC 5617 §4.3: the query for the record failed. */
  'record-unavailable': 'temperror',
  /** RFC 5617 §5.4 temperror: a signature of the author domain could not be checked, as its key did not answer. */
  'signature-unavailable': 'temperror',
} as const satisfies Record<string, AdspResultName>;

export type AdspReason = keyof typeof ADSP_REASONS;
