/**
 * Macro strings: their grammar and their expansion. Implements RFC 7208 §7; updated by RFC 8616 §4 (local parts that are not
 * ASCII).
 *
 * The text of a record is held with one character per octet, so that every position is a byte offset in the record.
 */
import { utf8ToBytes } from '../bytes/ascii.ts';
import type { MacroLetter, MacroPart, MacroString, MacroValues } from './types.ts';
import type { SpfProblemCode } from './reasons.ts';

/** A macro as written after "%{": letter, digits, "r", delimiters (RFC 7208 §7.1). One pass, no nested repetition. */
const MACRO_BODY = /^([slodiphcrtv])([0-9]*)(r?)([.\-+,/_=]*)$/i;
/** Letters that stand for themselves only in the text an exp= leads to (RFC 7208 §7.2). */
const EXPLANATION_LETTERS = 'crt';
/** RFC 7208 §7.1: "%%" is a percent sign, "%_" a space, "%-" a URL-encoded space. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['%', '%'],
  ['_', ' '],
  ['-', '%20'],
]);
/** RFC 7208 §7.3: implementations must support 127, the most labels a name can have; more parts never exist in a name. */
const MOST_PARTS = 127;

export type ParsedMacroString =
  | { readonly ok: true; readonly value: MacroString }
  | { readonly ok: false; readonly code: SpfProblemCode; readonly at: number };

/**
 * Reads a macro-string (RFC 7208 §7.1), or an explain-string where `explanation` is set: that one may hold spaces and the
 * letters c, r and t.
 * @param at byte offset of `text` in its record
 */
export function parseMacroString(text: string, at: number, explanation = false): ParsedMacroString {
  const parts: MacroPart[] = [];
  let literal = 0;
  let position = 0;
  const endLiteral = (): void => {
    if (position > literal) parts.push({ kind: 'literal', text: text.slice(literal, position) });
  };
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code !== 0x25) {
      const allowed = (code > 0x20 && code < 0x7f) || (explanation && code === 0x20);
      if (!allowed) return { ok: false, code: 'not-ascii', at: at + position };
      position++;
      continue;
    }
    endLiteral();
    const part = parseMacro(text, position, explanation);
    if (part === undefined) return { ok: false, code: 'invalid-macro', at: at + position };
    parts.push(part.value);
    position += part.length;
    literal = position;
  }
  endLiteral();
  return { ok: true, value: { text, at, parts } };
}

function parseMacro(
  text: string,
  at: number,
  explanation: boolean,
): { readonly value: MacroPart; readonly length: number } | undefined {
  const next = text.charAt(at + 1);
  const escape = ESCAPES.get(next);
  if (escape !== undefined) return { value: { kind: 'escape', text: escape }, length: 2 };
  // A "%" not followed by one of "{", "%", "_", "-" is a syntax error (RFC 7208 §7.1).
  const close = next === '{' ? text.indexOf('}', at) : -1;
  const match = close < 0 ? null : MACRO_BODY.exec(text.slice(at + 2, close));
  const [, written, digits, reverse, delimiters] = match ?? [];
  if (written === undefined || digits === undefined || delimiters === undefined) return undefined;
  const letter = written.toLowerCase() as MacroLetter; // the pattern allows the eleven letters and no others
  if (!explanation && EXPLANATION_LETTERS.includes(letter)) return undefined;
  const keep = digits === '' ? null : Math.min(Number(digits), MOST_PARTS);
  // "If a DIGIT is specified, the value MUST be nonzero" (RFC 7208 §7.3).
  if (keep === 0) return undefined;
  const escaped = written !== letter;
  return {
    value: { kind: 'macro', letter, keep, reverse: reverse !== '', delimiters, escaped },
    length: close + 1 - at,
  };
}

/** Whether one of the letters occurs in the string. */
export function usesMacro(macro: MacroString, letters: string): boolean {
  return macro.parts.some((part) => part.kind === 'macro' && letters.includes(part.letter));
}

/** Text of one part (RFC 7208 §7.3). */
export function expandPart(part: MacroPart, values: MacroValues): string {
  if (part.kind !== 'macro') return part.text;
  const text = transform(values[part.letter], part);
  return part.escaped ? urlEscape(text) : text;
}

function transform(value: string, part: Extract<MacroPart, { kind: 'macro' }>): string {
  if (part.keep === null && !part.reverse && part.delimiters === '') return value;
  let parts = splitAtAny(value, part.delimiters === '' ? '.' : part.delimiters);
  if (part.reverse) parts.reverse();
  // The right-hand parts are kept, counted after reversal (RFC 7208 §7.3).
  if (part.keep !== null) parts = parts.slice(-part.keep);
  return parts.join('.');
}

function splitAtAny(text: string, delimiters: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!delimiters.includes(text.charAt(at))) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Percent-encodes every octet outside the unreserved set of RFC 3986 §2.3 (RFC 7208 §7.3). */
function urlEscape(text: string): string {
  let escaped = '';
  for (const octet of utf8ToBytes(text)) {
    const character = String.fromCharCode(octet);
    escaped += /[A-Za-z0-9\-._~]/.test(character) ? character : `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}
