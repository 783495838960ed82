/**
 * How an answer was proved, as data: the chain of zones from the root's trust anchor to the one that answered, or the reason why there
 * is none. Made by `src/dnssec`, carried by answers, shown in the panel and exported with the Report. JSON-safe and bounded.
 */

/** RFC 4035 §4.3. */
export type ValidationState = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

/** Why an answer is not proved, with what each makes of it and where that is written. */
export const DNSSEC_REASONS = {
  /** RFC 4035 §5.2: the parent proves that it delegates without DS. */
  'unsigned-delegation': 'insecure',
  /** RFC 4035 §5.2, RFC 6840 §5.2; RFC 9905 §2 for RSA with SHA-1. */
  'algorithm-unsupported': 'insecure',
  /** RFC 4509 §3, RFC 6840 §5.2. */
  'digest-unsupported': 'insecure',
  /** RFC 5155 §9.2: the proof skips unsigned delegations, so nothing is proved. */
  'opt-out': 'insecure',
  /** RFC 9276 §3.2. */
  'nsec3-iterations': 'insecure',
  /** RFC 4035 §5.3.1: the zone is signed and this is not. */
  'signature-missing': 'bogus',
  /** RFC 4035 §5.3.3. */
  'signature-invalid': 'bogus',
  /** RFC 4035 §5.3.1. */
  'signature-expired': 'bogus',
  /** RFC 4035 §5.3.1. */
  'signature-not-yet-valid': 'bogus',
  /** RFC 4035 §5.3.1: no key of the zone has the signature's key tag and algorithm. */
  'key-missing': 'bogus',
  /** RFC 4035 §5.2: no key of the zone matches what its parent, or the trust anchor, says. */
  'ds-mismatch': 'bogus',
  /** RFC 4035 §5.4: nothing proves that there is no such record. */
  'denial-missing': 'bogus',
  /** RFC 4035 §5.3.4, RFC 5155 §8.8: nothing proves that the wildcard may stand for the name. */
  'wildcard-unproven': 'bogus',
  /** RFC 6672 §5.3.1: the alias does not follow from the DNAME record it came with. */
  'alias-wrong': 'bogus',
  /** More signatures, hashes or questions than any honest answer needs (CVE-2023-50387, CVE-2023-50868). */
  'too-much-work': 'bogus',
  /** RFC 4035 §4.3: a DS or DNSKEY record that is needed could not be had. */
  'keys-unavailable': 'indeterminate',
  /** This platform cannot use the key, though its algorithm is known. */
  'key-unusable': 'indeterminate',
  /** RFC 4035 §4.3: the resolver hands out no signatures at all, not even the root's. */
  'no-signatures-from-resolver': 'indeterminate',
} as const satisfies Record<string, ValidationState>;

export type DnssecReason = keyof typeof DNSSEC_REASONS;

/** A signature that was found good. Times in seconds since 1970. */
export interface ProvedSignature {
  /** Number of the algorithm (IANA, DNS Security Algorithm Numbers). */
  readonly algorithm: number;
  readonly keyTag: number;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** One zone of the chain, with the key that the parent (or the trust anchor) vouches for and its signature over the zone's keys. */
export interface ProvedZone {
  readonly zone: string;
  readonly signature: ProvedSignature;
}

export interface DnssecProof {
  readonly name: string;
  /** The type asked for. */
  readonly type: string;
  readonly state: ValidationState;
  /** Null where the answer is proved. */
  readonly reason: DnssecReason | null;
  /** The name at which the reason was found; null where the answer is proved. */
  readonly at: string | null;
  /** From the root down to the zone that answered, or to the last one that could be proved. */
  readonly zones: readonly ProvedZone[];
  /** Signatures over the answer's own records, aliases first, or over the proof that there are none. */
  readonly signatures: readonly ProvedSignature[];
  /** What was proved. */
  readonly answer: 'records' | 'no-data' | 'nxdomain';
  /** Questions asked for this proof beyond the one proved; 0 where all keys were known. */
  readonly questions: number;
}
