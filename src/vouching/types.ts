/**
 * Vouchers: every reason to believe that a domain is behind a message. Gathered once and weighed once; whatever judges asks for these
 * and for nothing below them. docs/judgement.md has the rules in words.
 */
import type { Evidence } from '../message/evidence.ts';

export type VoucherMethod = 'dkim' | 'spf' | 'dmarc' | 'arc' | 'submission';

/**
 * `valid` now. `valid-at-receipt`: a believed server recorded the pass, or the signature is judged by a believed time of receipt, or by
 * a key seen while it was in use. `expired-since`: the signature verifies, only its x= has passed, and nobody believed says when the
 * message came. `key-gone`: there is no key any more, so that nothing can be said. `unknown`: it could not be checked. `failed`.
 */
export type VoucherState = 'valid' | 'valid-at-receipt' | 'expired-since' | 'key-gone' | 'unknown' | 'failed';

/**
 * To an author domain: `own` is that domain itself, one above it, one that DMARC counts as the same, or one it authorized (RFC 6541);
 * `child` is below it and not counted (RFC 5016 §5.3 requirement 6); `third` is anybody else.
 */
export type VoucherRelation = 'own' | 'child' | 'third';

/** Why a voucher decides nothing although it is there. */
export type WeightlessReason =
  /** The SPF record lets about everyone pass. */
  | 'everyone-passes'
  /** RFC 6376 §3.6.1 t=y. */
  | 'testing-key'
  /** RFC 6376 §8.2: l= leaves text at the end that anyone could have put there. */
  | 'unsigned-tail';

export interface Voucher {
  /** In A-label form. */
  readonly domain: string;
  readonly method: VoucherMethod;
  /** Checked here, or reported by a server the reader believes. */
  readonly source: 'here' | 'server';
  /** The authserv-id of that server; null where checked here, and where the server names none. */
  readonly server: string | null;
  /** To the first author domain. */
  readonly relation: VoucherRelation;
  /** The author domains it is `own` for. */
  readonly ownFor: readonly string[];
  readonly state: VoucherState;
  /** Lower-case names of header fields, `body`, `envelope`: what it speaks of. */
  readonly covers: readonly string[];
  /** `none` for what is listed and decides nothing. */
  readonly weight: 'full' | 'none';
  readonly weightless: WeightlessReason | null;
  /** Position of the DKIM-Signature or Authentication-Results field it comes from; null for SPF checked here. */
  readonly field: number | null;
  readonly evidence: readonly Evidence[];
}

/** A voucher before it is known whose it is. */
export type GatheredVoucher = Omit<Voucher, 'relation' | 'ownFor'>;

/** What makes another domain's voucher an author's own, as far as DNS says so. */
export interface AuthorRelations {
  /** The author domain, in A-label form. */
  readonly domain: string;
  /** Signing domains that the author's DMARC record counts (RFC 9989 §4.4.1). */
  readonly alignableDkim: readonly string[];
  /** MAIL FROM domains that it counts (RFC 9989 §4.4.2). */
  readonly alignableSpf: readonly string[];
  /** Signing domains that the author domain authorized (RFC 6541). */
  readonly authorized: readonly string[];
  /** ADSP asks for a signature of the very author domain (RFC 5617 §2.7), so DMARC's relaxed alignment does not do. */
  readonly wantsOwnSignature: boolean;
}
