/**
 * The parts a message is made of, as ranges of its raw bytes. Implements RFC 2045 §5 and RFC 2046 §5.1. Nothing is decoded, so a part
 * that is a message can be checked byte by byte; `readMimeParts` (mime.ts) is for what people read.
 *
 * Known differences: line ends may be bare LF; boundaries may be followed by anything that is white space; a multipart whose boundary
 * occurs nowhere has no parts.
 */
import { CR, LF, asciiLower, isWsp, octetsToString, trimWsp, utf8ToBytes } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { parseContentType } from './content-type.ts';
import { readMimeParts } from './mime.ts';
import { firstText, lineAfter, parseMessage } from './parse.ts';
import type { Message } from './types.ts';

export interface Part {
  /** Its place in the tree: empty for the message itself, `2` for its second part, `2.1` for the first part of that. */
  readonly place: string;
  /** Lower case: `text/plain` where nothing is said (RFC 2045 §5.2). */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Content-Transfer-Encoding in lower case: `7bit` where nothing is said (RFC 2045 §6.1). */
  readonly encoding: string;
  /** Header and body of the part. */
  readonly message: Message;
  /** Empty for what is no multipart. */
  readonly parts: readonly Part[];
}

/** The tree, to `LIMITS.structureDepth` multiparts within one another and `LIMITS.structureParts` parts. */
export function readStructure(message: Message): Part {
  return readPart(message, '', 'text/plain', 0, { left: LIMITS.structureParts });
}

/** The part itself and everything in it, in the order it is in. */
export function allParts(part: Part): readonly Part[] {
  return [part, ...part.parts.flatMap(allParts)];
}

/** What a part holds, still with its transfer encoding. */
export function bodyOf({ message }: Part): Uint8Array<ArrayBuffer> {
  return message.raw.subarray(message.bodyStart);
}

/** What a part that is no multipart holds, its transfer encoding undone (RFC 2045 §6). */
export async function decodedBodyOf(part: Part): Promise<Uint8Array<ArrayBuffer>> {
  if (part.encoding !== 'base64' && part.encoding !== 'quoted-printable') return bodyOf(part);
  const read = await readMimeParts(part.message.raw);
  return read?.attachments[0]?.content ?? utf8ToBytes(read?.text ?? '');
}

interface Budget {
  left: number;
}

function readPart(message: Message, place: string, usual: string, depth: number, budget: Budget): Part {
  const { type, parameters } = parseContentType(firstText(message, 'content-type') ?? '');
  const part = {
    place,
    type: type.includes('/') ? type : usual,
    parameters,
    encoding: asciiLower(trimWsp(firstText(message, 'content-transfer-encoding') ?? '')) || '7bit',
    message,
  };
  const boundary = parameters.get('boundary') ?? '';
  if (!part.type.startsWith('multipart/') || boundary === '' || depth >= LIMITS.structureDepth) {
    return { ...part, parts: [] };
  }
  // RFC 2046 §5.1.5: what a digest holds are messages.
  const usualBelow = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const ranges = splitAt(message.raw, message.bodyStart, `--${boundary}`, budget);
  const parts = ranges.map((bytes, index) =>
    readPart(
      parseMessage(bytes),
      place === '' ? `${index + 1}` : `${place}.${index + 1}`,
      usualBelow,
      depth + 1,
      budget,
    ),
  );
  return { ...part, parts };
}

/** The bytes between the delimiter lines; the line end before a delimiter belongs to it (RFC 2046 §5.1.1). */
function splitAt(
  raw: Uint8Array<ArrayBuffer>,
  from: number,
  delimiter: string,
  budget: Budget,
): readonly Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let start = -1;
  for (let at = from; at < raw.length && budget.left > 0;) {
    const next = lineAfter(raw, at);
    const found = readDelimiter(raw, at, next, delimiter);
    if (found !== 'none') {
      if (start >= 0) {
        parts.push(raw.subarray(start, Math.max(start, beforeLineEnd(raw, at))));
        budget.left--;
      }
      start = next;
      if (found === 'last') return parts;
    }
    at = next;
  }
  // A message that was cut short has no last delimiter.
  if (start >= 0 && budget.left > 0) {
    parts.push(raw.subarray(start));
    budget.left--;
  }
  return parts;
}

const HYPHEN = 0x2d;

function readDelimiter(
  raw: Uint8Array<ArrayBuffer>,
  at: number,
  next: number,
  delimiter: string,
): 'none' | 'next' | 'last' {
  // Most lines are told by their first octets, without making text of them.
  if (raw[at] !== HYPHEN || raw[at + 1] !== HYPHEN || next - at < delimiter.length) return 'none';
  if (octetsToString(raw.subarray(at, at + delimiter.length)) !== delimiter) return 'none';
  let rest = at + delimiter.length;
  const last = raw[rest] === HYPHEN && raw[rest + 1] === HYPHEN;
  if (last) rest += 2;
  while (rest < next && (isWsp(raw[rest] ?? 0) || raw[rest] === CR || raw[rest] === LF)) rest++;
  if (rest < next) return 'none';
  return last ? 'last' : 'next';
}

function beforeLineEnd(raw: Uint8Array, at: number): number {
  if (raw[at - 1] !== LF) return at;
  return raw[at - 2] === CR ? at - 2 : at - 1;
}
