/**
 * The media type of a part and its parameters. Implements RFC 2045 §5.1 with comments where RFC 822 allows them.
 *
 * Known differences: of a parameter named twice the first counts; RFC 2231 continuations are kept under their own names (`name*0`),
 * since no parameter that is read here is long enough to need them.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { readQuotedString, skipCfws } from '../syntax/cfws.ts';

export interface ContentType {
  /** `type/subtype` in lower case; empty where the value is none. */
  readonly type: string;
  /** Names in lower case, values as written, quotes resolved. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads an unfolded value of Content-Type or, since the form is the same, Content-Disposition (then `type` is one word). */
export function parseContentType(value: string): ContentType {
  const first = readName(value, skipCfws(value, 0).end);
  const parameters = new Map<string, string>();
  let at = first.end;
  for (let count = 0; count < LIMITS.mimeParameters; count++) {
    at = skipCfws(value, at).end;
    // What cannot stand there is passed over up to the next parameter.
    while (at < value.length && value[at] !== ';') at++;
    if (at >= value.length) break;
    const name = readName(value, skipCfws(value, at + 1).end);
    at = skipCfws(value, name.end).end;
    if (name.text === '' || value[at] !== '=') continue;
    const content = readValue(value, skipCfws(value, at + 1).end);
    at = content.end;
    const key = asciiLower(name.text);
    if (!parameters.has(key)) parameters.set(key, content.text);
  }
  return { type: asciiLower(first.text), parameters };
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function readValue(value: string, at: number): Piece {
  // RFC 2045 §5.1 wants quotes around `=`, `/` and `?`; boundaries are seen without.
  if (value[at] !== '"') return readUntil(value, at, ' \t;"(');
  const { value: text, end } = readQuotedString(value, at);
  return { text, end };
}

function readName(value: string, at: number): Piece {
  return readUntil(value, at, ' \t;="(');
}

function readUntil(value: string, at: number, stops: string): Piece {
  let end = at;
  while (end < value.length && !stops.includes(value.charAt(end))) end++;
  return { text: value.slice(at, end), end };
}
