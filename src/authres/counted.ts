/**
 * The results that count for a reader: those of a field they believe, as far as their meaning is known. RFC 8601 §2.6: a result of a
 * method version that is not known may mean something else; it stays in the Report and is passed over.
 */
import type { MethodResult, ServerResult } from './types.ts';

/** The only version that a method has so far; it is the one meant where none is written (RFC 8601 §2.2). */
const METHOD_VERSION = 1;

/** Of a field that is not believed, only what speaks against the message, and only where the reader's servers wrote it. */
export function countedResults({ trusted, distrust, ownPlace, methods }: ServerResult): readonly MethodResult[] {
  if (trusted) return methods.filter(hasKnownMeaning);
  const speaksAgainst = ownPlace && distrust === 'unreadable';
  return speaksAgainst ? methods.filter((method) => hasKnownMeaning(method) && FAILURES.has(method.result)) : [];
}

/** RFC 8601 §2.7.1, §2.7.2; RFC 5451 §2.4.2 wrote `hardfail`. */
const FAILURES: ReadonlySet<string> = new Set(['fail', 'hardfail', 'softfail']);

function hasKnownMeaning({ version }: MethodResult): boolean {
  return version === null || version === METHOD_VERSION;
}
