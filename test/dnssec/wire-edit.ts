/** Responses taken apart and put together again, by a reader that is not the one under test. */
import { decode } from '@dnsquery/dns-packet';

export interface PlacedRecord {
  readonly section: 'answer' | 'authority' | 'additional';
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

const SECTIONS = ['answer', 'authority', 'additional'] as const;

/** Where the records lie; the OPT record is left out. */
export function recordsIn(octets: Uint8Array): readonly PlacedRecord[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  if (octets.length < 12) return [];
  let at = skipName(octets, 12) + 4;
  return SECTIONS.flatMap((section, index) =>
    Array.from({ length: view.getUint16(6 + 2 * index) }, (): PlacedRecord => {
      const start = at;
      const fixed = skipName(octets, at);
      at = fixed + 10 + view.getUint16(fixed + 8);
      return { section, type: view.getUint16(fixed), start, end: at };
    }),
  ).filter(({ type }) => type !== 41);
}

function skipName(octets: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const size = octets[at] ?? 0;
    if (size === 0) return at + 1;
    if (size >= 0xc0) return at + 2;
    at += size + 1;
  }
}

/** The response without some records; names in others that point into these stay what they were, as everything keeps its place. */
export function without(octets: Uint8Array<ArrayBuffer>, gone: readonly PlacedRecord[]): Uint8Array<ArrayBuffer> {
  const copy = octets.slice();
  const view = new DataView(copy.buffer);
  for (const { start } of gone) {
    const fixed = skipName(copy, start);
    view.setUint16(fixed + 2, 254); // class NONE: a record nobody reads
  }
  decode(copy); // throws where the result is no message
  return copy;
}
