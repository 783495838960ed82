/** The unit the panel's sections are made of. */
import { timeText as timeIn, type Translate } from '../words.ts';

/** A label and what is behind it. */
export interface Row {
  readonly label: string;
  readonly text: string;
  /** Long and of use to programs alone, such as a key: shown shortened, to be copied. */
  readonly isCopied?: true;
  /** A remark of ours about it. */
  readonly note?: string;
}

/** A row where there is something to tell, nothing otherwise. */
export function row(label: string, text: string | null): readonly Row[] {
  return text === null ? [] : [{ label, text }];
}

/** A moment in the reader's language and time zone; null stays null. */
export function timeText(iso: string | null, t: Translate): string | null {
  return iso === null ? null : timeIn(t, iso);
}
