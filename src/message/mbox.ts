/**
 * Takes an mbox file apart. Implements the "mboxrd" reading of RFC 4155: a message starts at a line `From ` after an empty line (or
 * at the top), and one `>` is removed from body lines of the form `>From `, `>>From `.
 *
 * Some programs write no empty line there. Such a line separates where it ends in a date, as separators do (RFC 4155 Appendix A), and the
 * next line has the form of a header field: no sentence of a text does both.
 */
import { LF, octetsToString } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { isFromLine, isMboxSeparator, lineAfter, startsField } from './parse.ts';

const GREATER = 0x3e;

/** Whether the bytes are an mbox rather than a single message. */
export function isMbox(bytes: Uint8Array): boolean {
  return isMboxSeparator(bytes, 0);
}

/** The messages of an mbox in order, without their separator lines. A file that is no mbox is one message. */
export function splitMbox(bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  if (!isMbox(bytes)) return [bytes];
  const messages: Uint8Array<ArrayBuffer>[] = [];
  let start = -1;
  let blankBefore = true;
  for (let at = 0; at < bytes.length;) {
    const end = lineAfter(bytes, at);
    if (isMboxSeparator(bytes, at) && (blankBefore || isCertain(bytes, at, end))) {
      if (start >= 0) messages.push(unquote(withoutBlankEnd(bytes.subarray(start, at))));
      start = end;
    }
    blankBefore = isBlank(bytes, at, end);
    at = end;
  }
  messages.push(unquote(withoutBlankEnd(bytes.subarray(start))));
  return messages;
}

/** `Mon Jan  1 00:00:00 2026`, the form of asctime(), with a zone where programs add one. */
const ENDS_IN_DATE =
  /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d(?::\d\d)?(?: [A-Z]{1,5}| [+-]\d{4}){0,2} \d{4}(?: [A-Z]{1,5}| [+-]\d{4})?\s*$/;

function isCertain(bytes: Uint8Array, start: number, end: number): boolean {
  const line = octetsToString(bytes.subarray(Math.max(start, end - LIMITS.separatorDateOctets), end));
  return ENDS_IN_DATE.test(line) && startsField(bytes, end);
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  const line = octetsToString(bytes.subarray(start, Math.min(end, start + 3)));
  return line === '\n' || line === '\r\n';
}

/** The empty line before the next separator belongs to the file. */
function withoutBlankEnd(message: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (const blank of ['\r\n\r\n', '\n\n']) {
    if (octetsToString(message.subarray(-blank.length)) === blank) return message.subarray(0, -blank.length / 2);
  }
  return message;
}

/** Undoes the quoting of `From ` lines; the common message without any is not copied. */
function unquote(message: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [];
  let from = 0;
  for (let quote = message.indexOf(GREATER); quote >= 0;) {
    let end = quote;
    while (message[end] === GREATER) end++;
    const startsLine = quote === 0 || message[quote - 1] === LF;
    if (startsLine && isFromLine(message, end)) {
      kept.push(message.subarray(from, quote));
      from = quote + 1;
    }
    quote = message.indexOf(GREATER, end);
  }
  if (kept.length === 0) return message;
  kept.push(message.subarray(from));
  const joined = new Uint8Array(kept.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of kept) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
