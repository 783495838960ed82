/** The unit the panel's sections are made of. */

/** A label and what stands behind it. */
export interface Row {
  readonly label: string;
  readonly text: string;
  /** A remark of ours about it. */
  readonly note?: string;
}

/** A row where there is something to tell, nothing otherwise. */
export function row(label: string, text: string | null): readonly Row[] {
  return text === null ? [] : [{ label, text }];
}
