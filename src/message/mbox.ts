/**
 * Takes an mbox file apart. Implements the "mboxrd" reading of RFC 4155: a message starts at a line `From ` after an empty line (or
 * at the top), and one `>` is removed from body lines of the form `>From `, `>>From `.
 */
import { LF, octetsToString } from '../bytes/ascii.ts';
import { isFromLine, isMboxSeparator, lineAfter } from './parse.ts';

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
    if (blankBefore && isMboxSeparator(bytes, at)) {
      if (start >= 0) messages.push(unquote(withoutBlankEnd(bytes.subarray(start, at))));
      start = end;
    }
    blankBefore = isBlank(bytes, at, end);
    at = end;
  }
  messages.push(unquote(withoutBlankEnd(bytes.subarray(start))));
  return messages;
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
