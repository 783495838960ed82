/**
 * Body canonicalization over bytes. Implements RFC 6376 §3.4.3 and §3.4.4 in one forward pass; what is canonical as it is is
 * not copied.
 *
 * Known differences: a bare LF counts as CRLF, since mail stores keep messages that way (the result says so). A bare CR is an
 * ordinary byte.
 */
import { CR, HTAB, LF, SP, isWsp } from '../bytes/ascii.ts';
import type { Canonicalization } from './types.ts';

export interface CanonicalBody {
  /** A view of the body itself where nothing had to change. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Somewhere before the empty lines at the end a line ended with LF alone. */
  readonly bareLf: boolean;
}

export function canonicalizeBody(body: Uint8Array<ArrayBuffer>, canonicalization: Canonicalization): CanonicalBody {
  const relaxed = canonicalization === 'relaxed';
  const end = contentEnd(body, relaxed);
  // RFC 6376 §3.4.4: an empty relaxed body stays empty; §3.4.3: an empty simple body becomes one CRLF.
  if (end === 0 && relaxed) return { bytes: body.subarray(0, 0), bareLf: false };
  const output = new Output(body, end, relaxed);
  scan(body, end, output);
  return { bytes: output.finish(), bareLf: output.bareLf };
}

/** Octets from which on a body is long: reading it takes longer than a look-up answered from memory. */
export const LONG_BODY = 1 << 18;
/** How many of them tell what the rest is like. */
const SAMPLE = 1 << 16;

/**
 * What {@link canonicalizeBody} will return for a long body if the rest of it is as canonical as its start; undefined where the start
 * already is not.
 */
export function guessCanonicalBody(
  body: Uint8Array<ArrayBuffer>,
  canonicalization: Canonicalization,
): Uint8Array<ArrayBuffer> | undefined {
  if (body.length < LONG_BODY) return undefined;
  const sample = body.subarray(0, body.lastIndexOf(LF, SAMPLE) + 1);
  const end = contentEnd(body, canonicalization === 'relaxed');
  const isLikely = canonicalizeBody(sample, canonicalization).bytes.buffer === body.buffer;
  return isLikely && body[end] === CR && body[end + 1] === LF ? body.subarray(0, end + 2) : undefined;
}

/** One past the last byte before the empty lines at the end; in the relaxed form white space there makes no difference. */
function contentEnd(body: Uint8Array, relaxed: boolean): number {
  let end = body.length;
  for (;;) {
    const last = body[end - 1];
    if (last === LF) end -= body[end - 2] === CR ? 2 : 1;
    else if (relaxed && (last === SP || last === HTAB)) end--;
    else return end;
  }
}

/**
 * Tells the output each place before `end` where the canonical form may differ from the body. Nearly all of a body does not, and
 * passes in blocks of sixteen bytes, in which marks pick out the bytes worth a look: those below 0x20, and spaces after spaces.
 * Platforms are taken to be little-endian.
 */
function scan(body: Uint8Array<ArrayBuffer>, end: number, output: Output): void {
  // Words of four bytes start at a multiple of four in the buffer, `lead` bytes into the body.
  const lead = Math.min(-body.byteOffset & 3, end);
  const blocks = (end - lead) >> 4;
  const words = blocks > 0 ? new Int32Array(body.buffer, body.byteOffset + lead, 4 * blocks) : NO_WORDS;
  for (let at = 0; at < lead; at++) output.lookAt(at);
  let before = MARK; // of the byte before the block: unknown at first, so taken for a space
  for (let index = 0; index < words.length; index += 4) {
    const word0 = words[index] ?? 0;
    const word1 = words[index + 1] ?? 0;
    const word2 = words[index + 2] ?? 0;
    const word3 = words[index + 3] ?? 0;
    const spaces0 = markSpaces(word0);
    const spaces1 = markSpaces(word1);
    const spaces2 = markSpaces(word2);
    const spaces3 = markSpaces(word3);
    const marks0 = markControls(word0) | (spaces0 & ((spaces0 << 8) | before));
    const marks1 = markControls(word1) | (spaces1 & ((spaces1 << 8) | (spaces0 >>> 24)));
    const marks2 = markControls(word2) | (spaces2 & ((spaces2 << 8) | (spaces1 >>> 24)));
    const marks3 = markControls(word3) | (spaces3 & ((spaces3 << 8) | (spaces2 >>> 24)));
    before = spaces3 >>> 24;
    if (((marks0 | marks1 | marks2 | marks3) & MARKS) === 0) continue;
    // One bit for each marked byte of the block, the first byte lowest.
    let left = gather(marks0) | (gather(marks1) << 4) | (gather(marks2) << 8) | (gather(marks3) << 12);
    for (const start = lead + 4 * index; left !== 0; left &= left - 1) {
      const at = start + 31 - Math.clz32(left & -left);
      if (body[at] !== CR) output.lookAt(at);
    }
  }
  for (let at = lead + 16 * blocks; at < end; at++) output.lookAt(at);
}

const NO_WORDS = new Int32Array(0);
/** The mark of a byte is its high bit; the other bits of a marked word mean nothing. */
const MARK = 0x80;
const MARKS = 0x80808080 | 0;

/** Marks each byte below 0x20. Carries may mark the byte above one as well, which costs a look and no more. */
function markControls(word: number): number {
  return ((word - 0x20202020) | 0) & ~word;
}

/** Likewise each space. */
function markSpaces(word: number): number {
  const difference = word ^ 0x20202020;
  return ((difference - 0x01010101) | 0) & ~difference;
}

/** The marks of four bytes as the lowest four bits. */
function gather(marks: number): number {
  return Math.imul((marks & MARKS) >>> 7, 0x10204080) >>> 28;
}

/** The canonical body in the making: nothing is copied before the first difference, then all, and closed up in place. */
class Output {
  bareLf = false;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Octets of canonical form that are at the start of `#bytes`. */
  #length = 0;
  /** First byte of the body that is not yet accounted for, and where the body starts in `#bytes`. */
  #from = 0;
  #shift = 0;
  readonly #body: Uint8Array<ArrayBuffer>;
  readonly #end: number;
  readonly #relaxed: boolean;

  constructor(body: Uint8Array<ArrayBuffer>, end: number, relaxed: boolean) {
    this.#body = body;
    this.#end = end;
    this.#relaxed = relaxed;
  }

  /** Does what has to be done about the byte at `at`: about a line end, or white space in the relaxed form. */
  lookAt(at: number): void {
    const body = this.#body;
    const byte = body[at] ?? 0;
    if (byte === LF) {
      // The usual line end needs nothing done.
      if (body[at - 1] !== CR || body[at - 2] === SP) this.#endLine(at);
    } else if (this.#relaxed && isWsp(byte) && at >= this.#from) this.#reduceBlanks(at);
  }

  #endLine(at: number): void {
    const body = this.#body;
    const textEnd = body[at - 1] === CR ? at - 1 : at;
    // A single space gets no look of its own, so one at the end of a line comes to light only here.
    if (this.#relaxed && body[textEnd - 1] === SP && textEnd > this.#from) this.#replace(textEnd - 1, textEnd);
    if (textEnd === at) {
      if (!this.bareLf) this.#makeRoom(countBareLf(body, at, this.#end));
      this.bareLf = true;
      this.#replace(at, at, CR);
    }
  }

  /** None is left at the end of a line, one SP elsewhere. */
  #reduceBlanks(at: number): void {
    const body = this.#body;
    const start = at > this.#from && body[at - 1] === SP ? at - 1 : at;
    let next = at + 1;
    while (isWsp(body[next] ?? 0)) next++;
    if (body[next] === LF || (body[next] === CR && body[next + 1] === LF)) this.#replace(start, next);
    else if (next - start > 1 || body[start] !== SP) this.#replace(start, next, SP);
  }

  /** RFC 6376 §3.4.3, §3.4.4: the content and exactly one line end. */
  finish(): Uint8Array<ArrayBuffer> {
    const body = this.#body;
    const end = this.#end;
    if (!this.#bytes && body[end] === CR && body[end + 1] === LF) return body.subarray(0, end + 2);
    const bytes = this.#closeUpTo(end);
    bytes[this.#length++] = CR;
    bytes[this.#length++] = LF;
    return bytes.subarray(0, this.#length);
  }

  /** The bytes from `start` to before `next` become the one given, or none. */
  #replace(start: number, next: number, byte?: number): void {
    const bytes = this.#closeUpTo(start);
    if (byte !== undefined) bytes[this.#length++] = byte;
    this.#from = next;
  }

  #closeUpTo(end: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes ?? this.#makeRoom(0);
    // Within one array: `set` would need a view of the run, which takes three times as long as the copy (measured).
    bytes.copyWithin(this.#length, this.#from + this.#shift, end + this.#shift);
    this.#length += end - this.#from;
    this.#from = end;
    return bytes;
  }

  /** Only bare line ends make the canonical form longer, by one each: with that much room the copy never meets what it moves. */
  #makeRoom(shift: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#end + 2 + shift);
    if (this.#bytes) bytes.set(this.#bytes.subarray(0, this.#length));
    bytes.set(this.#body.subarray(this.#from, this.#end), this.#from + shift);
    this.#shift = shift;
    this.#bytes = bytes;
    return bytes;
  }
}

function countBareLf(body: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let at = from; at < end; at++) {
    if (body[at] === LF && body[at - 1] !== CR) count++;
  }
  return count;
}
