/** DMARC as a reader's side needs it (RFC 9989): discovery by tree walk, the policy, and whether this message satisfies it. */
import type { DnsFailure, DnssecState } from '../dns/resolver.ts';
import type { DmarcReason, DmarcResultName } from './reasons.ts';

export type { DmarcResultName } from './reasons.ts';

export type DmarcPolicy = 'none' | 'quarantine' | 'reject';
export type AlignmentMode = 'strict' | 'relaxed';

/** A DMARC record that counts (RFC 9989 §4.7). */
export interface DmarcRecord {
  readonly policy: DmarcPolicy;
  /** sp and np with their defaults filled in: np to sp, sp to p. */
  readonly subdomainPolicy: DmarcPolicy;
  readonly nonexistentPolicy: DmarcPolicy;
  /**
   * false where the policy is missing or invalid and no reporting address makes up for it (RFC 9989 §4.10.1): the record still marks
   * its place in a tree walk, but no DMARC processing follows from it; its policies read `none`.
   */
  readonly processable: boolean;
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
  /** `invalid-record`: something that begins like a record, but does not count or leads to no processing. */
  readonly outcome: 'record' | 'no-record' | 'several-records' | 'invalid-record' | 'failure';
  readonly record: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
  readonly failure: DnsFailure | null;
}

/** Whose record applies: that of the author domain, of its organizational domain, or of its public suffix operator. */
export type DmarcRecordOrigin = 'author' | 'organizational' | 'psd';

/** The record that applies to an author domain, and where it is (RFC 9989 §4.10.1). */
export interface AppliedDmarcRecord {
  readonly origin: DmarcRecordOrigin;
  /** The DNS name, `_dmarc.` included. */
  readonly name: string;
  readonly text: string;
  readonly record: DmarcRecord;
  readonly ttl: number;
  /** The weakest of this answer and of those below it, which say that no nearer record exists. */
  readonly dnssec: DnssecState;
}

/** What an author domain publishes, before any message is looked at. */
export interface DmarcDiscovery {
  readonly domain: string;
  /** null where it could not be determined. */
  readonly organizationalDomain: string | null;
  readonly applied: AppliedDmarcRecord | null;
  /** The policy in force, t= not yet applied; null where none is, or where it could not be determined. */
  readonly policy: DmarcPolicy | null;
  readonly effectivePolicy: DmarcPolicy | null;
  /** Why no policy is known; null where one is. */
  readonly reason: DmarcReason | null;
  /** From the author domain to where the walk stops; names above that were asked along but decide nothing. */
  readonly walk: readonly DmarcWalkStep[];
  /** The weakest of the answers this rests on. */
  readonly dnssec: DnssecState;
}

export interface DmarcReport {
  readonly result: DmarcResultName;
  /** null exactly when `result` is `pass`. */
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
  readonly recordOrigin?: DmarcRecordOrigin;
  /** ISO time at which this machine saw the record last: it did not answer now, and its policy is gone by nevertheless. */
  readonly rememberedFrom?: string;
  readonly ttl?: number;
  readonly dnssec: DnssecState;
  /** Which identifiers are aligned and passed. */
  readonly alignedDkim: readonly string[];
  readonly alignedSpf: string | null;
  /**
   * The domains of all identifiers given, whatever their result, that the record's adkim and aspf count as the author's: what makes a
   * signature's relation `aligned`. Without a record, the author domain alone.
   */
  readonly alignableDkim: readonly string[];
  readonly alignableSpf: readonly string[];
  readonly walk: readonly DmarcWalkStep[];
}
