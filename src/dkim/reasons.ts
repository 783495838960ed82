/**
 * Why a DKIM signature did not pass: each reason once, with the section that names it and the RFC 8601 §2.7.1 result it leads to.
 *
 * The reason is the fact; the result name is a judgement. RFC 6376 §6.1 knows SUCCESS, PERMFAIL and TEMPFAIL; RFC 8601 §2.7.1
 * splits PERMFAIL into `fail` (the cryptography says no), `permerror` (an error that will not go away), `policy` (it might verify,
 * but must not count) and `neutral` (nobody can say).
 */
export type DkimResultName = 'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror';

export const DKIM_REASONS = {
  /** RFC 6376 §3.2, §6.1.1: the field is no tag list, or a tag's value breaks its grammar. */
  'signature-syntax': 'permerror',
  /** RFC 6376 §6.1.1: one of v=, a=, b=, bh=, d=, h=, s= is missing. */
  'signature-missing-tag': 'permerror',
  /** RFC 6376 §6.1.1: v= is not 1. */
  'signature-version': 'permerror',
  /** RFC 6376 §6.1.1: i= is neither in d= nor below it. */
  'signature-domain-mismatch': 'permerror',
  /** RFC 6376 §5.4, §6.1.1: h= does not name From. */
  'from-not-signed': 'permerror',

  /** RFC 6376 §3.3: a= names an algorithm that verifiers do not know; they must ignore the signature. */
  'algorithm-unknown': 'neutral',
  /** RFC 6376 §3.5 c=: a canonicalization that verifiers do not know. */
  'canonicalization-unknown': 'neutral',
  /** RFC 6376 §3.5 q=: no query method that verifiers know. */
  'query-method-unknown': 'neutral',
  /** RFC 6376 §6.1: verifiers may limit the number of signatures they try; this one was left out. */
  'signature-limit': 'neutral',
  /** RFC 8301 §3.1: rsa-sha1 must not be used for verifying. */
  'algorithm-forbidden': 'policy',
  /**
   * RFC 8601 §2.7.1 temperror: this platform lacks the algorithm (RFC 8463 Ed25519). Neither the message nor its key is at fault,
   * and a later attempt on another platform may produce a final result.
   */
  'algorithm-unavailable': 'temperror',

  /** RFC 6376 §6.1.2 step 2: the query for the key got no answer. */
  'key-unavailable': 'temperror',
  /** RFC 6376 §6.1.2 step 3: there is no key record. */
  'key-not-found': 'permerror',
  /** RFC 6376 §6.1.2 step 5: the record is no key record, or of another version. */
  'key-syntax': 'permerror',
  /** RFC 6376 §3.6.1, §6.1.2 step 7: p= is empty. */
  'key-revoked': 'permerror',
  /** RFC 6376 §6.1.2 step 8: p= holds no key of its kind. */
  'key-unusable': 'permerror',
  /** RFC 6376 §6.1.2 step 6: h= of the key does not list the hash of a=. */
  'key-hash-mismatch': 'permerror',
  /** RFC 6376 §6.1.2 step 8: k= of the key is not the key type of a=. */
  'key-algorithm-mismatch': 'permerror',
  /** RFC 6376 §3.6.1 s=: the key is not for email. */
  'key-service-mismatch': 'permerror',
  /** RFC 6376 §3.6.1 t=s: the domains of i= and d= must be the same, and are not. */
  'key-strict-identity': 'permerror',
  /** RFC 8301 §3.2: signatures by RSA keys under 1024 bits must not count as valid. */
  'key-too-small': 'policy',
  /** RFC 8301 §3.2: verifiers need not handle keys beyond 4096 bits. */
  'key-too-large': 'policy',

  /** RFC 6376 §6.1.3 step 3: the hash of the canonicalized body differs from bh=. */
  'body-hash-mismatch': 'fail',
  /** RFC 6376 §3.5 l=: more octets are signed than the canonicalized body has. */
  'body-too-short': 'fail',
  /** RFC 6376 §6.1.3 step 4: b= does not verify over the signed header fields. */
  'signature-mismatch': 'fail',

  /** RFC 6376 §3.5 x=, §6.1.1: the signature had expired at the time judged. */
  expired: 'policy',
  /** RFC 6376 §3.5 t=: the signature was made later than the time judged. */
  'from-future': 'policy',
  /** RFC 6376 §3.5 x=: it expires before it was made. */
  'times-reversed': 'policy',
} as const satisfies Record<string, DkimResultName>;

export type DkimReason = keyof typeof DKIM_REASONS;

/** Result and reason together: `reason` is null exactly when `result` is `pass`. */
export type DkimOutcome =
  | { readonly result: 'pass'; readonly reason: null }
  | { [R in DkimReason]: { readonly result: (typeof DKIM_REASONS)[R]; readonly reason: R } }[DkimReason];

/** The outcome for a reason, or a pass where there is none. */
export function outcomeOf(reason: DkimReason | null): DkimOutcome {
  // The table pairs each reason with its result; the compiler cannot follow a lookup by a union of keys.
  return (reason === null ? { result: 'pass', reason } : { result: DKIM_REASONS[reason], reason }) as DkimOutcome;
}
