/** A checked message as the background tells of it. */
import type { Report } from '../../src/report/types.ts';

/** A header field as it is shown: unfolded for reading, one character per octet. */
export interface ShownField {
  readonly name: string;
  readonly value: string;
}

export interface CheckedMessage {
  readonly report: Report;
  readonly header: readonly ShownField[];
  /** The message has more fields than are shown. */
  readonly headerCut: boolean;
}
