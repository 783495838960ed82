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

/** `error`: checks end in permerror, temperror or none; `warning`: they work, but not as their publisher may think. */
export type SpfFindingSeverity = 'error' | 'warning' | 'note';

/** What a profile tells a postmaster (draft-newton-maawg-spf-considerations, "seed" below). */
export const SPF_FINDINGS = {
  /** RFC 7208 §4.5. */
  'no-record': 'error',
  /** RFC 7208 §4.3. */
  'nonexistent-domain': 'error',
  /** RFC 7208 §3.2, §4.5. */
  'several-records': 'error',
  /** RFC 7208 §4.6; seed §6.3.2. */
  'syntax-error': 'error',
  /** RFC 7208 §4.6.4; seed §6.1. */
  'too-many-lookups': 'error',
  /** RFC 7208 §4.6.4. Counted for the worse of the two address families. */
  'too-many-void-lookups': 'error',
  /** RFC 7208 §4.6.4; seed §6.1. */
  'too-many-mx-names': 'error',
  /** RFC 7208 §5.2; seed §6.3.3. */
  'include-without-record': 'error',
  /** RFC 7208 §6.1. */
  'redirect-without-record': 'error',
  /** RFC 7208 §4.6.4: an "include" or redirect= leads back to a record that is being evaluated. */
  loop: 'error',
  /** RFC 7208 §4.4: a question of the profile got no answer. */
  'dns-failure': 'error',
  'record-too-long': 'error',
  'too-many-terms': 'error',
  /** RFC 7208 §5.1; seed §7.2: every address passes. */
  'pass-all': 'warning',
  /** RFC 7208 §5.5, §7.3: "ptr" and %{p} should not be used. */
  'ptr-used': 'warning',
  /** RFC 7208 §5.1: a mechanism behind "all". */
  'unreachable-term': 'warning',
  /** RFC 7208 §6.1: redirect= beside "all". */
  'redirect-ignored': 'warning',
  /** RFC 7208 §4.6.4: a term that finds nothing. */
  'void-term': 'warning',
  /** RFC 7208 §4.8: a term with a name nobody can ask for. */
  'impossible-name': 'warning',
  /** RFC 7208 §3.4: the answer may not fit into 512 octets. */
  'large-answer': 'warning',
  /** RFC 7208 §4.7: neither "all" nor redirect=, so everybody else is neutral. */
  'no-default': 'warning',
  /** RFC 7208 §6.2: exp= leads to no usable explanation. */
  'explanation-unusable': 'warning',
  /** RFC 7208 §8.2, §8.5; seed §6.3.1: "?all" or "~all". */
  'uncommitted-default': 'note',
  /** A network of more than 65 536 IPv4 addresses or larger than an IPv6 /32 passes. */
  'wide-network': 'note',
  /** RFC 7208 §6: a modifier checks ignore. */
  'unknown-modifier': 'note',
  /** RFC 7208 §7: cannot be profiled without a message. */
  'depends-on-message': 'note',
  /** RFC 4406: an spf2.0 record, historic. */
  'sender-id-record': 'note',
  /** LIMITS.spfProfileRecords or LIMITS.spfProfileQueries was reached. */
  'profile-incomplete': 'note',
} as const satisfies Record<string, SpfFindingSeverity>;

export type SpfFindingId = keyof typeof SPF_FINDINGS;
