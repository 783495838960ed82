/** Reports that mail systems send about a message (RFC 6522): of its delivery, of its reading, of a complaint. */
import type { Relation } from '../../dkim/types.ts';
import type { IntermediaryKind } from '../types.ts';

/** RFC 3464 delivery status, RFC 8098 disposition notification, RFC 5965 feedback (a complaint). */
export type DeliveryReportKind = 'delivery-status' | 'disposition-notification' | 'feedback-report';

/** What became of the message for one recipient. Every text is as the reporting system wrote it. */
export interface DeliveryRecipient {
  /** Without its type (`rfc822;`). */
  readonly address: string;
  /** RFC 3464 §2.3.3, lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`; RFC 8098 §3.2.6: the disposition. */
  readonly action: string | null;
  /** RFC 3463 §2 status code: `5.1.1`. */
  readonly status: string | null;
  readonly diagnostic: string | null;
  /** The server that said so to the reporting one. */
  readonly remoteMta: string | null;
}

/** What a signature of the returned message is worth. */
export type ReturnedSignatureOutcome =
  /** It verifies, body included. */
  | 'valid'
  /** It verifies over the header; the body was not returned, or not as it was. */
  | 'valid-header'
  | 'unavailable'
  | 'broken';

export interface ReturnedSignature {
  readonly domain: string | null;
  readonly relation: Relation;
  readonly outcome: ReturnedSignatureOutcome;
}

export interface ReturnedHop {
  readonly from: string | null;
  readonly by: string | null;
  /** ISO time; null where it cannot be read. */
  readonly time: string | null;
}

/** The message that the report is about, as far as it came back. */
export interface ReturnedMessage {
  /** Only its header came back (RFC 6522 §4). */
  readonly headerOnly: boolean;
  readonly from: readonly { readonly displayName: string; readonly address: string }[];
  /** The address of Sender. */
  readonly sender: string | null;
  /** The envelope sender as the reporting system wrote it; null where it did not. */
  readonly returnPath: string | null;
  readonly messageId: string | null;
  /** Decoded. */
  readonly subject: string | null;
  readonly date: string | null;
  readonly signatures: readonly ReturnedSignature[];
  /** Its Received fields, topmost first: claims all of them. */
  readonly path: readonly ReturnedHop[];
}

/** Whether the reader wrote the message that came back: each reason with what it leads to. */
export const OWNERSHIP_REASONS = {
  /** Under the reader's own address is a valid signature of its domain. */
  signed: 'own',
  /** Its author is somebody else, in a domain that none of the reader's addresses is in. */
  'other-author': 'foreign',
  /** Nobody said which addresses are the reader's. */
  'own-addresses-unknown': 'unclear',
  /** No author can be read from what came back. */
  'nothing-returned': 'unclear',
  /** Another address in the domain of one of the reader's: it may be one more of them. */
  'same-domain': 'unclear',
  /** The reader's address, and no signature of its domain: anyone can write that. */
  'not-signed': 'unclear',
  'signature-broken': 'unclear',
  'signature-unavailable': 'unclear',
  'switched-off': 'unclear',
} as const satisfies Record<string, 'own' | 'foreign' | 'unclear'>;

export type OwnershipReason = keyof typeof OWNERSHIP_REASONS;

export interface Ownership {
  readonly result: (typeof OWNERSHIP_REASONS)[OwnershipReason];
  readonly reason: OwnershipReason;
}

export interface DeliveryReport {
  readonly kind: DeliveryReportKind;
  /** The system that reports: Reporting-MTA, Reporting-UA or User-Agent. */
  readonly reporter: string | null;
  /** The server it had the message from (RFC 3464 §2.2.4). */
  readonly receivedFrom: string | null;
  /** The message the report is about, by Message-ID (RFC 8098 §3.2.5). */
  readonly originalMessageId: string | null;
  readonly recipients: readonly DeliveryRecipient[];
  /** Who says to have handled the returned message, or is named in the report (draft-ietf-opes-smtp-security-02 §3.1). */
  readonly intermediaries: readonly { readonly kind: IntermediaryKind; readonly name: string }[];
  readonly returned: ReturnedMessage | null;
  /** Null for complaints: those go to whoever runs a system, and are about the mail of its users. */
  readonly ownership: Ownership | null;
}
