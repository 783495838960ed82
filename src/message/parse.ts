/**
 * Splits raw bytes into header fields and body. Implements the structure of RFC 5322 §2.1 and §2.2 over octets.
 *
 * Known differences: a line ends at LF whether or not a CR is before it, since mail stores keep messages with bare LF; a line
 * without a colon is skipped and reported, and does not end the header; white space before the colon is accepted (RFC 5322 §4.5).
 */
import { COLON, CR, LF, isWsp, octetsToString, octetsToText } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import type { HeaderField, Message, MessageProblem } from './types.ts';

const GREATER = 0x3e;

/** Reads a message. Never throws for content: what is odd is listed in `problems`. The bytes are not copied and must not change. */
export function parseMessage(raw: Uint8Array): Message {
  const bytes = raw as Uint8Array<ArrayBuffer>;
  const problems: MessageProblem[] = [];
  if (bytes.length === 0) problems.push('empty-message');
  const top = findTop(bytes, problems);
  const { end, bodyStart } = findHeaderEnd(bytes, top);
  // Decoded once: names and values taken out of a string cost a fraction of what decoding each by itself does (measured).
  const header = octetsToString(bytes.subarray(0, Math.min(end, LIMITS.headerBytes + LIMITS.fieldValueBytes)));
  const fields = readFields({ bytes, text: header, top, end }, problems);
  if (end === bodyStart && bytes.length > 0 && !problems.includes('header-too-large')) problems.push('no-header-end');
  if (fields.length === 0 && bytes.length > 0) problems.push('not-a-message');
  notePeculiarOctets(header.slice(0, LIMITS.headerBytes), problems);
  return { raw: bytes, header, fields, bodyStart, problems };
}

/** The message, parsed already or not, that a check is given. */
export function messageOf(input: Message | Uint8Array): Message {
  return input instanceof Uint8Array ? parseMessage(input) : input;
}

/** The bytes of a field from its name to its last byte, without the final line end. */
export function fieldBytes(message: Message, field: HeaderField): Uint8Array<ArrayBuffer> {
  return message.raw.subarray(field.start, field.end);
}

/** The field's value, one character per octet, folding undone by dropping the line ends (RFC 5322 §2.2.3). For parsers of ASCII syntax. */
export function fieldOctets(message: Message, field: HeaderField): string {
  return unfold(valueOctets(message, field));
}

/** The field's value as text: UTF-8 where it is (RFC 6532), folding undone, encoded words not decoded. */
export function fieldText(message: Message, field: HeaderField): string {
  return unfold(octetsToText(valueOctets(message, field)));
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

function valueOctets({ header }: Message, { valueStart, end }: HeaderField): string {
  return header.slice(valueStart, Math.min(end, valueStart + LIMITS.fieldValueBytes));
}

function unfold(value: string): string {
  return value.includes('\n') ? value.replace(/\r?\n(?=[ \t])/g, '') : value;
}

/** What exports of Microsoft's programs put above a header. */
const BANNER = /^Microsoft Mail Internet Headers Version \d/i;

/** Fields with which messages begin. Behind an empty line any other could be a line of a text without header. */
const FIRST_FIELD =
  /^(?:received|return-path|delivered-to|from|sender|reply-to|to|subject|date|message-id|mime-version|content-[a-z-]+|authentication-results|dkim-signature|arc-[a-z-]+|x-[a-z\d-]+)[ \t]*:/i;

/** Octets of a line that are looked at to tell which of these it is. */
const LINE_START_OCTETS = 80;

/**
 * Where the header starts: below an mbox separator that a mail store left there, and below what programs that save messages put on top, a
 * byte order mark, a banner, empty lines. None of it is part of the message, so never a field. Where no field follows, nothing was on top of
 * one, and the text is read as it is.
 */
function findTop(bytes: Uint8Array, problems: MessageProblem[]): number {
  const afterSeparator = startsWithMboxLine(bytes, 0) ? lineAfter(bytes, 0) : 0;
  let at = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
  let [separator, foreign, empty] = [false, at > 0, false];
  for (; at < bytes.length; at = lineAfter(bytes, at)) {
    if (!separator && startsWithMboxLine(bytes, at)) separator = true;
    else if (isEmptyLine(bytes, at)) empty = true;
    else if (BANNER.test(lineStart(bytes, at))) foreign = true;
    else break;
  }
  const follows = empty ? FIRST_FIELD.test(lineStart(bytes, at)) : startsField(bytes, at);
  const skipped = (foreign || empty) && follows;
  if (skipped ? separator : afterSeparator > 0) problems.push('mbox-from-line');
  if (skipped) problems.push('text-before-header');
  return skipped ? at : afterSeparator;
}

function lineStart(bytes: Uint8Array, at: number): string {
  return octetsToString(bytes.subarray(at, at + LINE_START_OCTETS));
}

/** An mbox separator left by a mail store, perhaps quoted. */
function startsWithMboxLine(bytes: Uint8Array, at: number): boolean {
  return isMboxSeparator(bytes, bytes[at] === GREATER ? at + 1 : at);
}

/** U+FEFF in UTF-8. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

function startsWithMark(bytes: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((octet, index) => bytes[index] === octet);
}

function isEmptyLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);
}

/** Whether a line there has the form of a header field. */
export function startsField(bytes: Uint8Array, at: number): boolean {
  const end = Math.min(lineAfter(bytes, at), at + LIMITS.fieldNameOctets);
  const text = octetsToString(bytes.subarray(at, end));
  return readField(text, 0, text.length, 0) !== 'malformed-header-line';
}

/** Whether an mbox separator starts there (RFC 4155): `From ` and an address. `From : …` is the field in the form of RFC 5322 §4.5. */
export function isMboxSeparator(bytes: Uint8Array, at: number): boolean {
  if (!isFromLine(bytes, at)) return false;
  let next = at + 5;
  while (isWsp(bytes[next] ?? 0)) next++;
  return bytes[next] !== COLON;
}

/** Whether `From ` is there, with which mbox separators begin and quoted lines go on. */
export function isFromLine(bytes: Uint8Array, at: number): boolean {
  return octetsToString(bytes.subarray(at, at + 5)) === 'From ';
}

/** Where the first empty line starts, and what is behind it; the end of the bytes is both where there is none. */
function findHeaderEnd(bytes: Uint8Array, top: number): { readonly end: number; readonly bodyStart: number } {
  for (let at = top; at < bytes.length; at = lineAfter(bytes, at)) {
    if (isEmptyLine(bytes, at)) return { end: at, bodyStart: lineAfter(bytes, at) };
  }
  return { end: bytes.length, bodyStart: bytes.length };
}

/** First byte of the next line; the end of the bytes where there is none. */
export function lineAfter(bytes: Uint8Array, at: number): number {
  const lf = bytes.indexOf(LF, at);
  return lf < 0 ? bytes.length : lf + 1;
}

interface Header {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly top: number;
  readonly end: number;
}

function readFields({ bytes, text, top, end: headerEnd }: Header, problems: MessageProblem[]): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  // The empty line has an end as well.
  let bareLf = bytes[headerEnd] === LF;
  let crlf = bytes[headerEnd] === CR;
  let at = top;
  while (at < headerEnd && at < LIMITS.headerBytes) {
    const start = at;
    let end = headerEnd;
    do {
      const lf = text.indexOf('\n', at);
      const next = lf >= 0 ? lf + 1 : text.length < headerEnd ? lineAfter(bytes, text.length) : headerEnd;
      if (bytes[next - 1] === LF) {
        const isCrlf = bytes[next - 2] === CR && next - 2 >= at;
        end = next - (isCrlf ? 2 : 1);
        crlf ||= isCrlf;
        bareLf ||= !isCrlf;
      } else end = next;
      at = next;
    } while (at < LIMITS.headerBytes && isWsp(bytes[at] ?? 0));
    const field = fields.length < LIMITS.headerFields ? readField(text, start, end, fields.length) : 'too-many-fields';
    if (typeof field !== 'string') fields.push(field);
    else if (!problems.includes(field)) problems.push(field);
  }
  if (bareLf) problems.push('bare-lf');
  if (bareLf && crlf) problems.push('mixed-line-ends');
  if (at >= LIMITS.headerBytes && at < bytes.length) problems.push('header-too-large');
  return fields;
}

function readField(text: string, start: number, end: number, index: number): HeaderField | 'malformed-header-line' {
  let nameEnd = start;
  while (nameEnd < end && isNameOctet(text.charCodeAt(nameEnd))) nameEnd++;
  let colon = nameEnd;
  while (colon < end && isWsp(text.charCodeAt(colon))) colon++;
  if (nameEnd === start || colon === end || text.charCodeAt(colon) !== COLON) return 'malformed-header-line';
  const name = text.slice(start, nameEnd);
  return { index, name, key: name.toLowerCase(), start, valueStart: colon + 1, end }; // a name is ASCII
}

/** RFC 5322 §3.6.8 ftext: anything else could look like another field. */
function isNameOctet(code: number): boolean {
  return code > 32 && code < 127 && code !== COLON;
}

function notePeculiarOctets(header: string, problems: MessageProblem[]): void {
  if (header.includes('\0')) problems.push('nul-in-header');
  for (let cr = header.indexOf('\r'); cr >= 0; cr = header.indexOf('\r', cr + 1)) {
    if (cr + 1 < header.length && header.charCodeAt(cr + 1) !== LF) {
      problems.push('bare-cr-in-header');
      break;
    }
  }
}
