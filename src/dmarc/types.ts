/** DMARC as a reader's side needs it (RFC 9989): discovery by tree walk, the policy, and whether this message satisfies it. */
import type { DnsFailure, DnssecState } from '../dns/resolver.ts';
import type { DmarcReason } from './reasons.ts';

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';
export type AlignmentMode = 'strict' | 'relaxed';
/** RFC 8601 §2.7 registry, RFC 9989. */
export type DmarcResultName = 'none' | 'pass' | 'fail' | 'temperror' | 'permerror';

/** A DMARC record that counts (RFC 9989 §4.7). */
export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  /** sp and np with their defaults filled in: np to sp, sp to p. */
  readonly subdomainPolicy: DmarcPolicy;
  readonly nonexistentPolicy: DmarcPolicy;
  readonly dkimAlignment: AlignmentMode;
  readonly spfAlignment: AlignmentMode;
  readonly psd: 'y' | 'n' | 'u';
  /** t=y: the policy is applied one level less. */
  readonly testing: boolean;
  readonly reportUris: readonly string[];
  readonly failureReportUris: readonly string[];
  /** fo= as written, split at colons. */
  readonly failureOptions: readonly string[];
}

/** One question of the walk. */
export interface DmarcWalkStep {
  readonly name: string;
  readonly outcome: 'record' | 'no-record' | 'several-records' | 'invalid-record' | 'failure';
  readonly record: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
  readonly failure: DnsFailure | null;
}

export interface DmarcReport {
  readonly result: DmarcResultName;
  /** null exactly when `result` is `pass` or no reason is needed. */
  readonly reason: DmarcReason | null;
  /** The policy in force for this author domain, t= not yet applied; null where no record applies. */
  readonly policy: DmarcPolicy | null;
  /** The policy after t=y took it one level down (RFC 9989 §4.7). */
  readonly effectivePolicy: DmarcPolicy | null;
  /** The author domain. */
  readonly domain: string | null;
  readonly organizationalDomain: string | null;
  /** The record that applies, as published, and where. */
  readonly record?: string;
  readonly recordName?: string;
  readonly ttl?: number;
  readonly dnssec: DnssecState;
  /** Which identifiers are aligned and passed. */
  readonly alignedDkim: readonly string[];
  readonly alignedSpf: string | null;
  readonly walk: readonly DmarcWalkStep[];
}
