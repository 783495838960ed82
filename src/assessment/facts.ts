/** Everything observed of one message, before any judgement: what the table of findings reads. */
import type { AdspReport } from '../adsp/types.ts';
import type { ArcReport } from '../arc/types.ts';
import type { ReceivedSpfReport, ServerResult } from '../authres/types.ts';
import type { UnansweredQuestion } from '../dns/observe.ts';
import type { DnssecProof } from '../dns/proof.ts';
import type { DomainKeysSignature } from '../dkim/domainkeys.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import type { DmarcReport } from '../dmarc/types.ts';
import type { Addressing } from '../identity/addressing.ts';
import type { IdentitiesReport } from '../identity/types.ts';
import type { ProtectionReport } from '../message/protection.ts';
import type { MessageProblem } from '../message/types.ts';
import type { ObservedPractice } from '../practices/observed.ts';
import type { PracticesReport } from '../practices/types.ts';
import type { SolicitationReport } from '../solicitation/types.ts';
import type { SpfReport } from '../spf/types.ts';
import type { DeliveryReport } from '../trace/delivery/types.ts';
import type { EnvelopeFrom } from '../trace/envelope.ts';
import type { Submission } from '../trace/submission.ts';
import type { Hop, Intermediary } from '../trace/types.ts';
import type { Voucher } from '../vouching/types.ts';

/** Which checks were asked for. */
export interface CheckSwitches {
  readonly dkim: boolean;
  readonly practices: boolean;
  readonly arc: boolean;
  readonly spf: boolean;
}

/** Why SPF could not be rechecked here (docs/spf.md). */
export type SpfNotChecked = 'no-client-address' | 'no-identity' | 'first-party-signature' | 'switched-off';

/** What one author domain publishes, and whether the message satisfies it. */
export interface AuthorPractice {
  readonly domain: string;
  readonly dmarc: DmarcReport;
  readonly adsp: AdspReport;
}

export interface Facts {
  /** ISO time by the clock that was given. */
  readonly checkedAt: string;
  readonly switches: CheckSwitches;
  /** The text was not there to be checked, so that signatures and chains were not. */
  readonly headerOnly: boolean;
  readonly problems: readonly MessageProblem[];
  /** Fields that RFC 5322 §3.6 allows once but that occur here more often: lower-case name to their positions. */
  readonly repeatedFields: Readonly<Record<string, readonly number[]>>;
  readonly identities: IdentitiesReport;
  /** The envelope sender as the reader's servers wrote it down; null where nobody believed did. */
  readonly envelopeFrom: EnvelopeFrom | null;
  /** How the reader's servers received the message from one of their own; null where it came from elsewhere, or that is not known. */
  readonly submission: Submission | null;
  readonly dkim: readonly DkimSignatureReport[];
  /** DomainKey-Signature fields: recognised, never verified. */
  readonly domainKeys: readonly DomainKeysSignature[];
  readonly arc: ArcReport;
  readonly dmarc: DmarcReport;
  readonly adsp: AdspReport;
  readonly practices: PracticesReport;
  /** Each author domain, the first one first, at most `LIMITS.authorDomains`; `dmarc` and `adsp` are those of the first. */
  readonly authors: readonly AuthorPractice[];
  /** Every reason to believe that a domain is behind the message (src/vouching). */
  readonly vouchers: readonly Voucher[];
  /** To whom it is addressed, and which list it names. */
  readonly addressing: Addressing;
  /** What this reader's earlier mail has shown of the author domain; null where nothing, and where nothing is remembered. */
  readonly observed: ObservedPractice | null;
  /** Whether there is a memory of earlier mail at all: without one, `observed` says nothing of the domain. */
  readonly remembers: boolean;
  readonly spf: readonly SpfReport[] | { readonly notChecked: { readonly reason: SpfNotChecked } };
  readonly serverResults: readonly ServerResult[];
  readonly receivedSpf: readonly ReceivedSpfReport[];
  readonly path: readonly Hop[];
  readonly intermediaries: readonly Intermediary[];
  /** What the message reports of another one; null where it is no report. */
  readonly deliveryReport: DeliveryReport | null;
  readonly protection: ProtectionReport;
  readonly solicitation: SolicitationReport;
  readonly cost: Cost;
  /** Questions that got no answer, and why. */
  readonly dnsFailures: readonly UnansweredQuestion[];
  /** How each DNS answer was proved from the root's trust anchors, or why not; empty where nothing is validated here. */
  readonly proofs: readonly DnssecProof[];
}

/** DNS questions that left the machine, the waves they went out in, and those that memory answered. */
export interface Cost {
  readonly queries: number;
  readonly roundTrips: number;
  readonly cacheHits: number;
  /** Questions asked beside these to prove the answers (DNSSEC); absent where there were none. */
  readonly proofQueries?: number;
}
