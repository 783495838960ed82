/**
 * Every reason for an SPF result once, with its section and the result name it leads to (RFC 7208 §2.6, RFC 8601 §2.7.2), and
 * every kind of syntax problem with the rule it breaks. A `pass` needs no reason.
 */

/** RFC 7208 §2.6. */
export type SpfResultName = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

export const SPF_REASONS = {
  /** RFC 7208 §4.3, §2.4: the identity holds no domain, so there is nothing to ask about. */
  'no-domain': 'none',
  /** RFC 7208 §4.3: the domain is malformed, an address literal, or a single label. */
  'malformed-domain': 'none',
  /** RFC 7208 §4.3: the domain does not exist in the DNS (RCODE 3). */
  'nonexistent-domain': 'none',
  /** RFC 7208 §4.5; RFC 4406 §4.4 for the scopes: no record for this identity. */
  'no-record': 'none',
  /** RFC 7208 §2.6.4: a term with "-" matched. */
  'not-authorized': 'fail',
  /** RFC 7208 §2.6.5: a term with "~" matched. */
  'probably-not-authorized': 'softfail',
  /** RFC 7208 §2.6.2: a term with "?" matched: the domain makes no assertion about this address. */
  'no-assertion': 'neutral',
  /** RFC 7208 §4.7: no term matched and there is no redirect. */
  'no-match': 'neutral',
  /** RFC 7208 §4.4, §5: a question got no answer; a later try may succeed. */
  'dns-failure': 'temperror',
  /** RFC 7208 §4.6.4: the whole check took longer than its deadline. */
  'deadline-exceeded': 'temperror',
  /** RFC 7208 §4.5; RFC 4406 §4.4: more than one record for this identity. */
  'several-records': 'permerror',
  /** RFC 7208 §4.6: a syntax error anywhere in a record ends the check. */
  'syntax-error': 'permerror',
  /** RFC 7208 §4.6.4: more than ten terms that cause look-ups. */
  'too-many-lookups': 'permerror',
  /** RFC 7208 §4.6.4: more than two look-ups that found nothing. */
  'too-many-void-lookups': 'permerror',
  /** RFC 7208 §4.6.4: an "mx" term names more than ten mail servers. */
  'too-many-mx-names': 'permerror',
  /** RFC 7208 §5.2: the domain of an "include" has no record, or is malformed. */
  'include-without-record': 'permerror',
  /** RFC 7208 §6.1: the domain of "redirect" has no record, or is malformed. */
  'redirect-without-record': 'permerror',
  /** A bound of this implementation: the record is longer than LIMITS.spfRecordBytes. */
  'record-too-long': 'permerror',
  /** A bound of this implementation: the record has more than LIMITS.spfTerms terms. */
  'too-many-terms': 'permerror',
} as const satisfies Record<string, SpfResultName>;

export type SpfReason = keyof typeof SPF_REASONS;

/** What can be wrong in the text of a record, and the rule that says so. */
export const SPF_PROBLEMS = {
  /** An octet that is neither visible ASCII nor a separating space. */
  'not-ascii': 'RFC 7208 §3.1, §4.6.1',
  'unknown-mechanism': 'RFC 7208 §4.6.1',
  /** An argument or prefix length where the mechanism takes none. */
  'unexpected-argument': 'RFC 7208 §5.1, §5.5',
  'missing-domain': 'RFC 7208 §5.2, §5.7, §6.1, §6.2',
  /** A domain-spec that ends neither in a macro nor in a dot and a legal top label. */
  'invalid-domain': 'RFC 7208 §7.1',
  'invalid-macro': 'RFC 7208 §7.1, §7.3',
  'invalid-address': 'RFC 7208 §5.6',
  'invalid-prefix-length': 'RFC 7208 §5.6',
  'invalid-modifier-name': 'RFC 7208 §12',
  /** redirect= or exp= for the second time. */
  'duplicate-modifier': 'RFC 7208 §6',
} as const;

export type SpfProblemCode = keyof typeof SPF_PROBLEMS;
