/** A record cut where its faults are, so that a page or a terminal can point at them. */

export interface Segment {
  readonly text: string;
  readonly faulty: boolean;
}

/**
 * Cuts a record into stretches that are at fault and stretches that are not. A fault reaches from its offset to the next separator: the
 * end of the term or tag it is in.
 * @param offsets in any order; those outside the record mark nothing
 */
export function markFaults(record: string, offsets: readonly number[], separator: ' ' | ';'): readonly Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  const add = (end: number, faulty: boolean): void => {
    if (end > done) segments.push({ text: record.slice(done, end), faulty });
    done = Math.max(done, end);
  };
  for (const offset of offsets.toSorted((left, right) => left - right)) {
    const start = skipSpace(record, offset);
    if (start < done || start >= record.length) continue;
    add(start, false);
    const end = record.indexOf(separator, start);
    add(end < 0 ? record.length : Math.max(end, start + 1), true);
  }
  add(record.length, false);
  return segments;
}

/** A tag begins behind its semicolon; the white space before its name is not what is wrong with it. */
function skipSpace(record: string, offset: number): number {
  let at = offset;
  while (record[at] === ' ' || record[at] === '\t') at++;
  return at;
}
