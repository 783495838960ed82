/** What is known of the Authenticated Received Chain of a message (RFC 8617). Nothing here counts unless the sealer is trusted. */
import type { DnssecState } from '../dns/resolver.ts';
import type { DkimOutcome } from '../dkim/reasons.ts';
import type { ArcReason, ArcResultName } from './reasons.ts';

/**
 * Reasons are DKIM's, as ARC-Message-Signature and ARC-Seal verify as DKIM signatures do (RFC 8617 §4.1). `not-checked`: the chain's
 * structure is wrong, or there are too many (`LIMITS.signatures`).
 */
export type ArcSignatureOutcome = DkimOutcome | { readonly result: 'none'; readonly reason: 'not-checked' };

/** What ARC-Message-Signature and ARC-Seal have in common. */
export interface ArcSignatureEvidence {
  /** Position of the field in the header. */
  readonly field: number;
  readonly domain: string | null;
  readonly selector: string | null;
  readonly algorithm: string | null;
  /** t= as ISO time, where given. */
  readonly signedAt: string | null;
  readonly keyBits: number | null;
  readonly keyName: string | null;
  readonly keyRecord: string | null;
  readonly keyTtl: number | null;
  readonly dnssec: DnssecState;
}

/** ARC-Message-Signature (RFC 8617 §4.1.2). */
export type ArcMessageSignatureReport = ArcSignatureEvidence & {
  readonly canonicalization: string | null;
  readonly signedHeaders: readonly string[];
  /** Positions of the header fields h= selects. */
  readonly signedFields: readonly number[];
} & ArcSignatureOutcome;

/** ARC-Seal (RFC 8617 §4.1.3). */
export type ArcSealReport = ArcSignatureEvidence & {
  /** cv= as written, lower case; null where missing. */
  readonly chainValidation: string | null;
} & ArcSignatureOutcome;

/** ARC-Authentication-Results (RFC 8617 §4.1.1). */
export interface ArcAuthenticationResults {
  readonly field: number;
  /** What follows `i=…;`, unfolded: an Authentication-Results value (RFC 8601 §2.2). */
  readonly value: string;
}

/** One ARC set. A part is null where it is missing; of repeated fields the topmost is shown. */
export interface ArcInstance {
  readonly instance: number;
  readonly authenticationResults: ArcAuthenticationResults | null;
  readonly messageSignature: ArcMessageSignatureReport | null;
  readonly seal: ArcSealReport | null;
}

export interface ArcReport {
  readonly result: ArcResultName;
  /** null exactly when `result` is `pass`. */
  readonly reason: ArcReason | null;
  /**
   * The lowest instance from which on every ARC-Message-Signature validates, or 0 where all do (RFC 8617 §5.2 step 5); null where the
   * chain does not pass. What came before it was changed on the way.
   */
  readonly oldestPass: number | null;
  /** Oldest set first. */
  readonly instances: readonly ArcInstance[];
  /** d= of the newest seal: who vouches for the chain. Only in a chain that passes. */
  readonly sealer?: string;
}
