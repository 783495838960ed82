/**
 * Why a DMARC evaluation did not pass: each reason once, with the section that names it and the result it leads to (RFC 9989 §9.2
 * registers the result names for RFC 8601).
 */
export type DmarcResultName = 'none' | 'pass' | 'fail' | 'temperror' | 'permerror';

export const DMARC_REASONS = {
  /** RFC 9989 §5.3.1: From holds no domain, or not precisely one. */
  'no-author-domain': 'none',
  /** RFC 5016 §5.3 requirement 9: nobody asked, since a valid first party signature settles the matter or the check is off. */
  'not-looked-up': 'none',
  /** RFC 9989 §4.10.1: the tree walk found no record. */
  'no-record': 'none',
  /** RFC 9989 §4.10 steps 2 and 6: several records at one name are all discarded, and no other record applies. */
  'several-records': 'none',
  /** RFC 9989 §4.7 v=: what is there does not begin with `v=DMARC1` and is ignored, and no other record applies. */
  'record-invalid': 'none',
  /** RFC 9989 §4.10.1: p, sp or np is missing or invalid and rua= names no address: no DMARC processing. */
  'policy-unusable': 'none',
  /** RFC 9989 §9.2 permerror: a record longer than any DNS record can be is not read. */
  'record-too-long': 'permerror',

  /** RFC 9989 §4.10.1, §5.3.6: a name that may hold the record that applies did not answer. */
  'policy-unavailable': 'temperror',
  /** RFC 9989 §5.3.6: whether the author domain exists, and so whether np= or sp= applies, could not be determined. */
  'existence-unavailable': 'temperror',
  /** RFC 9989 §4.10.2, §5.3.6: an organizational domain that alignment depends on could not be determined. */
  'organizational-domain-unavailable': 'temperror',
  /** RFC 9989 §5.3.6: an identifier that would align could itself not be checked (its key or SPF record did not answer). */
  'identifier-unavailable': 'temperror',
  /** RFC 9989 §4.10: more identifiers than are walked; one that was left out might align. */
  'too-many-identifiers': 'temperror',

  /** RFC 9989 §5.3.5: signatures or SPF pass, but for no domain aligned with the author's. */
  'not-aligned': 'fail',
  /** RFC 9989 §5.3.5: neither a signature nor SPF passes. */
  'no-authenticated-identifier': 'fail',
} as const satisfies Record<string, DmarcResultName>;

export type DmarcReason = keyof typeof DMARC_REASONS;
