/**
 * Whether a record lets about everyone pass: `+all`, or networks that together cover a quarter of all addresses. RFC 7208 §10.1.2 and
 * §5.1 leave that to the publisher; a pass by such a record tells nothing of who sent a message.
 *
 * Read from the records an evaluation has read anyway. Terms in front that fail some clients are not subtracted, and neither are
 * networks that `a` and `mx` span counted once where they overlap: both only in records that are this wide on purpose.
 */
import type { ParsedSpfRecord, SpfDirective } from './types.ts';

/** The records read so far, by the name they were found at. */
export type RecordFinder = (name: string) => ParsedSpfRecord | undefined;

/** Addresses in a quarter of IPv4. */
const QUARTER_OF_IPV4 = 2 ** 30;
/** A quarter of the one eighth of IPv6 that is in use, 2000::/3 (RFC 4291 §2.4), in units of a /32. */
const QUARTER_OF_IPV6 = 2 ** (32 - 5);

interface Breadth {
  everyone: boolean;
  readonly ip4: [first: number, end: number][];
  /** Addresses that networks around hosts unknown here cover. */
  around: number;
  ip6: number;
}

/** @param name where the record of the identity is */
export function letsEveryonePass(name: string, find: RecordFinder): boolean {
  const breadth: Breadth = { everyone: false, ip4: [], around: 0, ip6: 0 };
  addRecord(breadth, name, find, new Set());
  return breadth.everyone || covered(breadth.ip4) + breadth.around >= QUARTER_OF_IPV4 || breadth.ip6 >= QUARTER_OF_IPV6;
}

function addRecord(breadth: Breadth, name: string, find: RecordFinder, seen: Set<string>): void {
  const record = seen.has(name) ? undefined : find(name);
  seen.add(name);
  for (const term of record?.terms ?? []) {
    if (term.kind === 'redirect') addRecord(breadth, term.domain.text.toLowerCase(), find, seen);
    else if (term.kind !== 'exp' && term.kind !== 'unknown-modifier' && term.result === 'pass') {
      addTerm(breadth, term, find, seen);
    }
    if (term.kind === 'all') return; // nothing behind it is ever reached (RFC 7208 §5.1)
  }
}

function addTerm(breadth: Breadth, term: SpfDirective, find: RecordFinder, seen: Set<string>): void {
  switch (term.kind) {
    case 'all':
      breadth.everyone = true;
      return;
    case 'include':
      addRecord(breadth, term.domain.text.toLowerCase(), find, seen);
      return;
    case 'ip4': {
      const size = 2 ** (32 - term.prefix);
      const address = term.network.octets.reduce((value, octet) => value * 256 + octet, 0);
      const first = Math.floor(address / size) * size;
      breadth.ip4.push([first, first + size]);
      return;
    }
    case 'ip6':
      breadth.ip6 += 2 ** (32 - Math.min(term.prefix, 32));
      return;
    case 'a':
    case 'mx':
      breadth.around += term.prefix4 <= 8 ? 2 ** (32 - term.prefix4) : 0;
      breadth.ip6 += term.prefix6 <= 8 ? 2 ** (32 - term.prefix6) : 0;
      return;
    case 'exists':
    case 'ptr':
      return;
  }
}

/** Addresses in the union of intervals. */
function covered(intervals: Breadth['ip4']): number {
  let total = 0;
  let reached = 0;
  for (const [first, end] of intervals.sort(([left], [right]) => left - right)) {
    total += Math.max(0, end - Math.max(first, reached));
    reached = Math.max(reached, end);
  }
  return total;
}
