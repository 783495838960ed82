/** Everything a domain publishes about its mail and what its postmaster would want to be told, before any message is looked at. */
import type { AdspDiscovery } from '../adsp/types.ts';
import type { DmarcDiscovery } from '../dmarc/types.ts';
import type { QueryCost } from '../dns/count.ts';
import type { UnansweredQuestion } from '../dns/observe.ts';
import type { DnsFailure, DnssecState } from '../dns/resolver.ts';
import type { PracticesReport } from '../practices/types.ts';
import type { SpfFindingSeverity } from '../spf/reasons.ts';
import type { SpfProfile } from '../spf/types.ts';
import type { AdspFindingId, DmarcFindingId, KeyFindingId } from './reasons.ts';

/** How much a finding of a profile matters; the same scale as that of SPF profiles. */
export type ProfileSeverity = SpfFindingSeverity;

/** Something a postmaster would want to be told of a record. */
export interface RecordFinding<Id extends string> {
  readonly id: Id;
  readonly severity: ProfileSeverity;
  /** The DNS name the record is at, or was looked for at. */
  readonly name: string;
  /** The tag at fault. */
  readonly tag?: string;
  /** Offset of the fault in the record. */
  readonly at?: number;
}

export interface DmarcProfile extends DmarcDiscovery {
  readonly findings: readonly RecordFinding<DmarcFindingId>[];
}

export interface AdspProfile extends AdspDiscovery {
  readonly findings: readonly RecordFinding<AdspFindingId>[];
}

/** One TXT record at the name of a DKIM key. */
export interface KeyRecordProfile {
  /** As published, one character per octet. */
  readonly text: string;
  /** k= in lower case; null where this is no key record. */
  readonly keyType: string | null;
  /** Size of the key; null where there is none that could be read. */
  readonly bits: number | null;
  /** h= in lower case; null for any hash. */
  readonly hashes: readonly string[] | null;
  /** s= in lower case. */
  readonly services: readonly string[];
  /** t=y. */
  readonly testing: boolean;
  /** t=s. */
  readonly strictIdentity: boolean;
  readonly findings: readonly RecordFinding<KeyFindingId>[];
}

/** What is at the name of one selector (RFC 6376 §3.6.2.1). */
export interface KeyProfile {
  readonly selector: string;
  /** The DNS name asked; null where selector and domain make none. */
  readonly name: string | null;
  /** In the order of the answer, at most LIMITS.keyRecords. */
  readonly records: readonly KeyRecordProfile[];
  readonly failure: DnsFailure | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
  /** Findings about the name as a whole; those about one record stand with it. */
  readonly findings: readonly RecordFinding<KeyFindingId>[];
}

export interface DomainProfile {
  /** In A-label form. */
  readonly domain: string;
  /** ISO time by the clock that was given. */
  readonly profiledAt: string;
  readonly spf: SpfProfile;
  readonly dmarc: DmarcProfile;
  readonly adsp: AdspProfile;
  /** The same in statements, as a reader of mail is told. */
  readonly practices: PracticesReport;
  /** One for each selector given. */
  readonly keys: readonly KeyProfile[];
  /** Selectors beyond LIMITS.profileSelectors, which were not asked for. */
  readonly selectorsLeftOut: number;
  readonly cost: QueryCost;
  readonly dnsFailures: readonly UnansweredQuestion[];
}
