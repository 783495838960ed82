/** Findings and levels: the judgement, kept apart from the facts it is drawn from. */
import type { Evidence } from '../message/evidence.ts';
import type { Message } from '../message/types.ts';
import type { Facts } from './facts.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';

/** Best to worst. Nothing is ever called safe. */
export const LEVELS = ['verified', 'signed', 'unsigned', 'unchecked', 'caution', 'warning'] as const;
export type Level = (typeof LEVELS)[number];

/** A `note` is worth telling and moves the level nowhere. */
export type FindingLevel = Level | 'note';

/** Values for the placeholders of a finding's text, by placeholder name. Taken from the message or DNS: shown as text only. */
export type FindingParams = Readonly<Record<string, string>>;

/** One occurrence of a finding. */
export interface Instance {
  readonly params: FindingParams;
  readonly evidence: readonly Evidence[];
}

/** A server of the reader's own side that vouches for the author domain. */
export interface Voucher {
  readonly server: string;
  readonly method: string;
  /** Position of the Authentication-Results field. */
  readonly field: number;
}

/** The facts with what several rows need drawn from them once. */
export interface Insight {
  readonly facts: Facts;
  readonly message: Message;
  /** The domain of the one author, or null where there is none or not one. */
  readonly authorDomain: string | null;
  /** Valid first party signatures (RFC 5016 §2) whose key is not in test mode, closest relation first. */
  readonly firstParty: readonly DkimSignatureReport[];
  /** Valid signatures of others, likewise. */
  readonly thirdParty: readonly DkimSignatureReport[];
  /**
   * Signatures that verify with a key seen in DNS before and merely gone or replaced since, on messages received while it was in
   * use: first party ones first.
   */
  readonly archived: readonly DkimSignatureReport[];
  /** Results of trusted servers that speak for the author domain. */
  readonly vouchers: readonly Voucher[];
  /** Of those, the ones whose signature no longer verifies here. */
  readonly altered: readonly { readonly voucher: Voucher; readonly signature: DkimSignatureReport }[];
  /** SPF rechecked here passed for the author domain. */
  readonly hostAuthorised: boolean;
}

/** One row of the table: the level it puts a message at, and where it occurs. */
export interface Row {
  readonly level: FindingLevel;
  readonly find: (insight: Insight) => readonly Instance[];
}
