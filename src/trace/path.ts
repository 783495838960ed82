/** The way of a message as a list of hops with delays, and what the topmost of them says of the time of receipt. */
import type { TrustBoundary } from '../authres/types.ts';
import type { Hop, TracedReceived } from './types.ts';

/** The hops, topmost first. Everything down to the field of entry was written by the reader's servers. */
export function readPath(received: readonly TracedReceived[], boundary: TrustBoundary): readonly Hop[] {
  return received.map((hop, index) => ({
    ...hop,
    delay: secondsBetween(received[index + 1]?.time ?? null, hop.time),
    trusted: boundary.entryField !== null && hop.field <= boundary.entryField,
  }));
}

function secondsBetween(earlier: string | null, later: string | null): number | null {
  return earlier === null || later === null ? null : Math.round((Date.parse(later) - Date.parse(earlier)) / 1000);
}

/** When the reader's servers had the message: the time of the topmost trusted hop that has one. Undefined where nobody trusted says. */
export function receivedAt(path: readonly Hop[]): Date | undefined {
  const time = path.find((hop) => hop.trusted && hop.time !== null)?.time;
  return time === undefined || time === null ? undefined : new Date(time);
}
