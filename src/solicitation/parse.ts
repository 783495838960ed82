/**
 * Reads the fields that declare solicitation classes: Solicitation of RFC 3865 §2.5, and No-Solicit, as its drafts and RFC 4095 call the
 * same thing. Both have the keyword grammar of §2.2.
 *
 * Known differences: white space and folding around commas are accepted; malformed words are reported one by one instead of spoiling
 * the field; keywords beyond the 1000 characters of §2.2 are reported as too long and not in force.
 */
import { unfoldValue } from '../syntax/cfws.ts';
import { parseKeywords } from '../trace/solicit.ts';
import type { ParsedNoSolicit } from './types.ts';

/** The fields, in lower case, the standard's own first. */
export const SOLICITATION_FIELDS = ['solicitation', 'no-solicit'] as const;

/** Reads the value of either field, unfolded or not. Never throws for content. */
export function parseNoSolicit(value: string): ParsedNoSolicit {
  return parseKeywords(unfoldValue(value));
}
