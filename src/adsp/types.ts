/** Author Domain Signing Practices (RFC 5617, historic). */
import type { DnssecState } from '../dns/resolver.ts';
import type { AdspReason, AdspResultName } from './reasons.ts';

export type { AdspResultName } from './reasons.ts';

/** RFC 5617 §4.2.1 dkim=. */
export type AdspPractice = 'unknown' | 'all' | 'discardable';

export interface AdspReport {
  /** RFC 5617 §5.4. */
  readonly result: AdspResultName;
  /** null exactly when `result` is `pass`. */
  readonly reason: AdspReason | null;
  readonly practice?: AdspPractice;
  /** The author domain. */
  readonly domain: string | null;
  readonly record?: string;
  readonly recordName?: string;
  readonly ttl?: number;
  readonly dnssec: DnssecState;
}

/** What an author domain publishes, before any message is looked at. */
export interface AdspDiscovery {
  readonly domain: string;
  /** The practice stated; null where there is none, or where it could not be determined. */
  readonly practice: AdspPractice | null;
  /** Why no practice is known, or that its word was none of the three; null where one is stated in so many words. */
  readonly reason: Exclude<
    AdspReason,
    | 'no-author-domain'
    | 'not-looked-up'
    | 'practice-unknown'
    | 'all-unsigned'
    | 'discardable-unsigned'
    | 'signature-unavailable'
  > | null;
  /** The DNS name asked. */
  readonly name: string;
  readonly record: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
}
