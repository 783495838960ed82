/**
 * Reads Received-SPF. Implements RFC 7208 §9.1; also the forms of RFC 4408 §7, which are the same, and of the drafts before it, which
 * carry only a comment.
 *
 * Known differences: the separator between pairs may be missing, values may hold characters outside dot-atoms without being quoted
 * (addresses in angle brackets, IPv6), and the result may be any word.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { unfoldValue } from '../syntax/cfws.ts';
import { atEnd, atSeparator, isAt, openCursor, pass, readKeyword, readValue, skipWord } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { ParsedReceivedSpf, ReceivedSpfDeviation } from './types.ts';

/** RFC 7208 §2.6. */
const RESULTS: ReadonlySet<string> = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']);

/** Reads the value of a Received-SPF field, unfolded or not. Never throws for content. */
export function parseReceivedSpf(value: string): ParsedReceivedSpf {
  const cursor = openCursor<ReceivedSpfDeviation>(unfoldValue(value));
  pass(cursor);
  const result = asciiLower(readKeyword(cursor));
  if (result === '') cursor.deviations.add('empty');
  else if (!RESULTS.has(result)) cursor.deviations.add('unknown-result');
  const comment = pass(cursor)[0] ?? null;
  const pairs = readPairs(cursor);
  if (comment === null && pairs.size === 0) cursor.deviations.add('no-details');
  return { result, comment, pairs: Object.fromEntries(pairs), deviations: [...cursor.deviations] };
}

/** RFC 7208 §9.1 key-value-list. The first pair of several with one key counts. */
function readPairs(cursor: Cursor<ReceivedSpfDeviation>): Map<string, string> {
  const pairs = new Map<string, string>();
  let separated = true;
  for (pass(cursor); !atEnd(cursor); pass(cursor)) {
    if (atSeparator(cursor)) {
      cursor.at++;
      separated = true;
      continue;
    }
    const start = cursor.at;
    const key = asciiLower(readKeyword(cursor));
    pass(cursor);
    if (key === '' || !isAt(cursor, '=')) {
      cursor.deviations.add('unparsable-rest');
      if (cursor.at === start) skipWord(cursor);
      continue;
    }
    if (pairs.size >= LIMITS.methodResults) {
      cursor.deviations.add('too-many-pairs');
      break;
    }
    if (!separated) cursor.deviations.add('missing-separator');
    separated = false;
    cursor.at++;
    pass(cursor);
    const value = readValue(cursor);
    if (!pairs.has(key)) pairs.set(key, value);
  }
  return pairs;
}
