/** What the author's domain says it does when sending (RFC 5016): which statements were asked for, why, and what they say. */
import type { DnssecState } from '../dns/resolver.ts';

/** Why practices were or were not looked up. `first-party-signature`: RFC 5016 §5.3/9, the matter is settled. */
export type PracticesWhy =
  | 'no-valid-first-party-signature'
  | 'first-party-signature'
  | 'signature-unverifiable'
  | 'no-author-domain'
  | 'switched-off'
  /** Asked for a domain as such, without a message. */
  | 'asked-for';

/** `unsure`: the statement could not be determined. It never reads like "publishes nothing" (`absent`). */
export type PracticeStatementId =
  | 'dmarc-reject'
  | 'dmarc-quarantine'
  | 'dmarc-none'
  | 'dmarc-absent'
  | 'dmarc-invalid'
  | 'dmarc-unsure'
  | 'adsp-unknown'
  | 'adsp-all'
  | 'adsp-discardable'
  | 'adsp-absent'
  | 'adsp-invalid'
  | 'adsp-unsure'
  | 'domain-nonexistent'
  | 'domain-unsure'
  | 'atps-delegated'
  | 'atps-unsure'
  | 'domainkeys-all'
  | 'domainkeys-some'
  | 'domainkeys-absent'
  | 'domainkeys-unsure'
  | 'ssp-all'
  | 'ssp-strict'
  | 'ssp-unknown'
  | 'ssp-absent'
  | 'ssp-unsure';

export type PracticeSource = 'dmarc' | 'adsp' | 'dns' | 'atps' | 'domainkeys' | 'ssp';

export interface PracticeStatement {
  readonly source: PracticeSource;
  /** The domain the statement speaks for. */
  readonly domain: string;
  /** Message key of the sentence; the locale's words for it take `domain` as parameter, and `signer` where it is there. */
  readonly text: PracticeStatementId;
  /** The signing domain that is authorized (RFC 6541). */
  readonly signer?: string;
  /** The record as published; null where there is none. */
  readonly record: string | null;
  /** The DNS name it was found at, or asked for. */
  readonly name: string;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
}

export interface PracticesReport {
  readonly lookedUp: boolean;
  readonly why: PracticesWhy;
  readonly statements: readonly PracticeStatement[];
  /** ISO time of the look-up; null where there was none. */
  readonly askedAt: string | null;
}
