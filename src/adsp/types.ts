/** Author Domain Signing Practices (RFC 5617, historic). */
import type { DnssecState } from '../dns/resolver.ts';
import type { AdspReason } from './reasons.ts';

/** RFC 5617 §5.4. */
export type AdspResultName = 'none' | 'pass' | 'unknown' | 'fail' | 'discard' | 'nxdomain' | 'temperror' | 'permerror';
export type AdspPractice = 'unknown' | 'all' | 'discardable';

export interface AdspReport {
  readonly result: AdspResultName;
  readonly reason: AdspReason | null;
  readonly practice?: AdspPractice;
  /** The author domain. */
  readonly domain: string | null;
  readonly record?: string;
  readonly recordName?: string;
  readonly ttl?: number;
  readonly dnssec: DnssecState;
}
