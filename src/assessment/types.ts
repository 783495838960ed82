/** Findings and levels: the judgement, kept apart from the facts it is drawn from. */
import type { Evidence } from '../message/evidence.ts';
import type { Message } from '../message/types.ts';
import type { Facts } from './facts.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import type { Voucher } from '../vouching/types.ts';
import type { Authorship } from './authorship.ts';

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
  /** Where this occurrence says less than the row's level: a better one, or `note`. */
  readonly level?: FindingLevel;
}

/** The facts with what several rows need drawn from them once. */
export interface Insight {
  readonly facts: Facts;
  readonly message: Message;
  /** Every author domain, each once, the first one first. */
  readonly authors: readonly string[];
  /** The first of them, or null where there is none. */
  readonly authorDomain: string | null;
  /** Author domains that no voucher accounts for (src/vouching/standing.ts). */
  readonly unaccounted: readonly string[];
  /** Vouchers that count, whosever they are. */
  readonly counting: readonly Voucher[];
  /** Of those, the ones that are own for an author: for all authors where each has one. */
  readonly own: readonly Voucher[];
  /** Valid signatures of an author's own, closest relation first; a test key's and one with an unsigned tail among them. */
  readonly ownSignatures: readonly DkimSignatureReport[];
  /**
   * The author's own by name, whether or not they verify. What a signature leaves open is read off these where none verifies: whoever
   * adds a field would else do well to break the signature as well.
   */
  readonly ownByName: readonly DkimSignatureReport[];
  /** Signatures that verify, by whomever and with whichever key: what they leave open is told alike. */
  readonly verifying: readonly DkimSignatureReport[];
  /** Who confirms the message, as one answer: exactly one kind applies (authorship.ts). */
  readonly authorship: Authorship;
}

/** One row of the table: the level it puts a message at, and where it occurs. */
export interface Row {
  readonly level: FindingLevel;
  readonly find: (insight: Insight) => readonly Instance[];
}
