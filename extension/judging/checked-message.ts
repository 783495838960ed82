/** A checked message as the background tells of it. */
import type { Report } from '../../src/report/types.ts';

/** A header field as it is shown: unfolded for reading, one character per octet. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
}

/** How far a check is. */
export interface CheckProgress {
  /** Questions so far. */
  readonly asked: number;
  readonly answered: number;
}

/** What is known of a message before the DNS has answered. */
export interface FirstLook extends CheckProgress {
  /** As if nobody could be asked: what it says of signatures and policies is not known yet. */
  readonly report: Report;
  readonly serverNamed: boolean;
}

export interface CheckedMessage {
  readonly report: Report;
  readonly header: readonly ShownField[];
  /** The message has more fields than are shown. */
  readonly headerCut: boolean;
  /** The reader has named a server whose results count. */
  readonly serverNamed: boolean;
}
