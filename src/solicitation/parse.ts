/**
 * Reads the No-Solicit field. Implements RFC 3865 §2.5 with the keyword grammar of §2.1.
 *
 * Known differences: white space and folding around commas are accepted; malformed words are reported one by one instead of spoiling
 * the field; keywords beyond the 1000 characters of §2.1 are reported as too long and not in force.
 */
import { unfoldValue } from '../syntax/cfws.ts';
import { parseKeywords } from '../trace/solicit.ts';
import type { ParsedNoSolicit } from './types.ts';

/** Reads the value of a No-Solicit field, unfolded or not. Never throws for content. */
export function parseNoSolicit(value: string): ParsedNoSolicit {
  return parseKeywords(unfoldValue(value));
}
