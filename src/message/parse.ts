/**
 * Splits raw bytes into header fields and body. Implements the structure of RFC 5322 §2.1 and §2.2 over octets.
 *
 * Known differences: a line ends at LF whether or not a CR stands before it, since mail stores keep messages with bare LF; a line
 * without a colon is skipped and reported, and does not end the header; white space before the colon is accepted (RFC 5322 §4.5).
 */
import { COLON, CR, LF, asciiLower, bytesToText, isWsp, octetsToString } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import type { HeaderField, Message, MessageProblem } from './types.ts';

const GREATER = 0x3e;

/** Reads a message. Never throws for content: what is odd is listed in `problems`. The bytes are not copied and must not change. */
export function parseMessage(raw: Uint8Array): Message {
  const bytes = raw as Uint8Array<ArrayBuffer>;
  const problems = new Set<MessageProblem>();
  const fields: HeaderField[] = [];
  if (bytes.length === 0) problems.add('empty-message');

  const headerLimit = Math.min(bytes.length, LIMITS.headerBytes);
  let at = startsWithMboxLine(bytes) ? lineEnd(bytes, 0, bytes.length).next : 0;
  if (at > 0) problems.add('mbox-from-line');
  let bodyStart = bytes.length;
  let ended = false;
  const lineEnds = new Set<LineEnd>();

  while (at < bytes.length) {
    if (at >= headerLimit) {
      problems.add('header-too-large');
      break;
    }
    const line = lineEnd(bytes, at, bytes.length);
    lineEnds.add(endOf(line));
    if (line.end === at) {
      bodyStart = line.next;
      ended = true;
      break;
    }
    let { end, next } = line;
    while (next < headerLimit && isWsp(bytes[next] ?? 0)) {
      const continuation = lineEnd(bytes, next, bytes.length);
      lineEnds.add(endOf(continuation));
      ({ end, next } = continuation);
    }
    if (fields.length >= LIMITS.headerFields) {
      problems.add('too-many-fields');
    } else {
      const field = readField(bytes, at, end, fields.length);
      if (field) fields.push(field);
      else problems.add('malformed-header-line');
    }
    at = next;
  }
  if (lineEnds.has('LF')) problems.add('bare-lf');
  if (lineEnds.has('LF') && lineEnds.has('CRLF')) problems.add('mixed-line-ends');
  if (problems.has('header-too-large')) bodyStart = findBody(bytes, at - 1);
  else if (!ended && bytes.length > 0) problems.add('no-header-end');
  if (fields.length === 0 && bytes.length > 0) problems.add('not-a-message');
  notePeculiarBytes(bytes.subarray(0, Math.min(bodyStart, headerLimit)), problems);
  return { raw: bytes, fields, bodyStart, problems: [...problems] };
}

/** The bytes of a field from its name to its last byte, without the final line end. */
export function fieldBytes(message: Message, field: HeaderField): Uint8Array<ArrayBuffer> {
  return message.raw.subarray(field.start, field.end);
}

/** The field's value, one character per octet, folding undone by dropping the line ends (RFC 5322 §2.2.3). For parsers of ASCII syntax. */
export function fieldOctets(message: Message, field: HeaderField): string {
  return unfold(octetsToString(valueBytes(message, field)));
}

/** The field's value as text: UTF-8 where it is (RFC 6532), folding undone, encoded words not decoded. */
export function fieldText(message: Message, field: HeaderField): string {
  return unfold(bytesToText(valueBytes(message, field)));
}

/** The text of the topmost field of that (lower-case) name; undefined where there is none. */
export function firstText(message: Message, key: string): string | undefined {
  const field = message.fields.find((one) => one.key === key);
  return field && fieldText(message, field);
}

/** All fields of that (lower-case) name, topmost first. */
export function fieldsNamed(message: Message, key: string): readonly HeaderField[] {
  return message.fields.filter((field) => field.key === key);
}

function valueBytes(message: Message, field: HeaderField): Uint8Array {
  return message.raw.subarray(field.valueStart, Math.min(field.end, field.valueStart + LIMITS.fieldValueBytes));
}

function unfold(value: string): string {
  return value.replace(/\r?\n(?=[ \t])/g, '');
}

/** An mbox separator left at the top by a mail store; never part of the message, so never a field. */
function startsWithMboxLine(bytes: Uint8Array): boolean {
  return isMboxSeparator(bytes, bytes[0] === GREATER ? 1 : 0);
}

/** Whether an mbox separator starts there (RFC 4155): `From ` and an address. `From : …` is the field in the form of RFC 5322 §4.5. */
export function isMboxSeparator(bytes: Uint8Array, at: number): boolean {
  if (octetsToString(bytes.subarray(at, at + 5)) !== 'From ') return false;
  let next = at + 5;
  while (isWsp(bytes[next] ?? 0)) next++;
  return bytes[next] !== COLON;
}

interface Line {
  /** One past the last byte of the line's text. */
  readonly end: number;
  /** First byte of the next line. */
  readonly next: number;
  readonly bareLf: boolean;
}

type LineEnd = 'CRLF' | 'LF' | 'none';

function endOf({ end, next, bareLf }: Line): LineEnd {
  if (bareLf) return 'LF';
  return next > end ? 'CRLF' : 'none';
}

function lineEnd(bytes: Uint8Array, from: number, limit: number): Line {
  const lf = bytes.indexOf(LF, from);
  if (lf < 0) return { end: limit, next: limit, bareLf: false };
  const crlf = lf > from && bytes[lf - 1] === CR;
  return { end: crlf ? lf - 1 : lf, next: lf + 1, bareLf: !crlf };
}

function readField(bytes: Uint8Array, start: number, end: number, index: number): HeaderField | undefined {
  let nameEnd = start;
  while (nameEnd < end && isNameByte(bytes[nameEnd] ?? 0)) nameEnd++;
  let colon = nameEnd;
  while (colon < end && isWsp(bytes[colon] ?? 0)) colon++;
  if (nameEnd === start || colon === end || bytes[colon] !== COLON) return undefined;
  const name = octetsToString(bytes.subarray(start, nameEnd));
  return { index, name, key: asciiLower(name), start, valueStart: colon + 1, end };
}

/** RFC 5322 §3.6.8 ftext: anything else could look like another field. */
function isNameByte(byte: number): boolean {
  return byte > 32 && byte < 127 && byte !== COLON;
}

/** Where an unread header ends: after the first empty line. `from` is the line end before the unread part. */
function findBody(bytes: Uint8Array, from: number): number {
  for (let lf = bytes.indexOf(LF, from); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) {
    if (bytes[lf + 1] === LF) return lf + 2;
    if (bytes[lf + 1] === CR && bytes[lf + 2] === LF) return lf + 3;
  }
  return bytes.length;
}

function notePeculiarBytes(header: Uint8Array, problems: Set<MessageProblem>): void {
  if (header.includes(0)) problems.add('nul-in-header');
  for (let cr = header.indexOf(CR); cr >= 0; cr = header.indexOf(CR, cr + 1)) {
    if (cr + 1 < header.length && header[cr + 1] !== LF) {
      problems.add('bare-cr-in-header');
      break;
    }
  }
}
