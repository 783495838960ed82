/**
 * Names SPF asks the DNS about: the <domain> of check_host() and the <target-name> of terms. Implements RFC 7208 §4.3, §4.8
 * and the truncation of §7.3.
 *
 * These names are wider than `DomainName` of src/domain: a macro may put any visible character and spaces into a label, and
 * published records do. What is passed to a resolver is what `normalizeName` of src/dns lets through: labels of 1 to 63 printable
 * ASCII characters except the backslash, 253 characters at most, lower case, without trailing dot.
 */
import { isAscii } from '../bytes/ascii.ts';
import { normalizeName } from '../dns/question.ts';
import { parseDomain } from '../domain/name.ts';
import { expandPart, usesMacro } from './macro.ts';
import type { MacroString, MacroValues } from './types.ts';

const LONGEST_NAME = 253;

/**
 * Expands a domain-spec to a name that can be asked for, or undefined where none can be composed. RFC 7208 §4.8 leaves such
 * names undefined; here a term with one does not match, by analogy to §4.3.
 */
export function expandTargetName(macro: MacroString, values: MacroValues): string | undefined {
  // A local part that is not ASCII cannot be a label: terms that use it match nothing (RFC 8616 §4).
  if (usesMacro(macro, 'sl') && !isAscii(values.l)) return undefined;
  // Only the right end of a name survives truncation, so expansion starts there and stops as soon as it is full: a record
  // full of macros costs no more than a name.
  const pieces: string[] = [];
  let length = 0;
  for (let index = macro.parts.length - 1; index >= 0 && length <= LONGEST_NAME + 1; index--) {
    const part = macro.parts[index];
    if (part === undefined) break;
    const piece = expandPart(part, values);
    pieces.push(piece);
    length += piece.length;
  }
  return toTargetName(pieces.reverse().join(''));
}

/** A name as it is asked for, or undefined where it cannot be. */
export function toTargetName(text: string): string | undefined {
  let name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (name.length > LONGEST_NAME) {
    // Labels are removed from the left until 253 characters are left (RFC 7208 §7.3).
    const end = name.slice(-LONGEST_NAME - 1);
    const dot = end.indexOf('.');
    if (dot < 0) return undefined;
    name = end.slice(dot + 1);
  }
  // Only one trailing dot is none: another would end an empty label.
  return name.endsWith('.') ? undefined : normalizeName(name);
}

/** Whether check_host() can be asked about this name: only one of several labels counts (RFC 7208 §4.3). */
export function isMultiLabel(name: string): boolean {
  return name.includes('.');
}

/** The domain of an identity as written in mail, U-labels turned into A-labels (RFC 7208 §4.3); undefined where malformed. */
export function identityDomain(text: string): string | undefined {
  if (!isAscii(text)) return parseDomain(text);
  // An address literal is no domain, whatever its labels look like (RFC 5321 §4.1.3).
  if (text.startsWith('[')) return undefined;
  // Truncation is for the results of macros only; an identity that is too long is malformed.
  if (text.length - (text.endsWith('.') ? 1 : 0) > LONGEST_NAME) return undefined;
  const name = toTargetName(text);
  return name !== undefined && isMultiLabel(name) ? name : undefined;
}

/** Whether `name` is `domain` or below it, label by label (RFC 7208 §5.5). Both as {@link toTargetName} returns them. */
export function isSameOrBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
