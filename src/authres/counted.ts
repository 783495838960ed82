/**
 * The results that count for a reader: those of a field he believes, as far as their meaning is known. RFC 8601 §2.6: a result of a
 * method version that is not known may mean something else; it stays in the Report and is passed over.
 */
import type { MethodResult, ServerResult } from './types.ts';

/** The only version that a method has so far; it is the one meant where none is written (RFC 8601 §6.4). */
const METHOD_VERSION = 1;

/** Empty for a field that is not believed. */
export function countedResults({ trusted, methods }: ServerResult): readonly MethodResult[] {
  return trusted ? methods.filter(hasKnownMeaning) : [];
}

function hasKnownMeaning({ version }: MethodResult): boolean {
  return version === null || version === METHOD_VERSION;
}
