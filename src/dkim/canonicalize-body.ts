/**
 * Body canonicalization over bytes. Implements RFC 6376 §3.4.3 and §3.4.4 in one forward pass; what is canonical as it stands is
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
  const output = new Output(body, end);
  scan(body, end, relaxed, output);
  return { bytes: output.finish(), bareLf: output.bareLf };
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

/** Tells the output each place before `end` where the canonical form differs from the body. */
function scan(body: Uint8Array<ArrayBuffer>, end: number, relaxed: boolean, output: Output): void {
  // Whole words of four bytes start at a multiple of four in the buffer, `lead` bytes into the body.
  const lead = -body.byteOffset & 3;
  const words = end < lead + 4 ? NO_WORDS : new Int32Array(body.buffer, body.byteOffset + lead, (end - lead) >> 2);
  for (let at = 0; at < end;) {
    if (((at - lead) & 3) === 0) at = lead + 4 * skipPlainWords(words, (at - lead) >> 2, relaxed);
    const wordEnd = Math.min(lead + ((at - lead + 4) & ~3), end);
    while (at < wordEnd) {
      const byte = body[at] ?? 0;
      if (byte === LF) output.endLine(at, relaxed);
      at = relaxed && isWsp(byte) ? output.reduceBlanks(at) : at + 1;
    }
  }
}

const NO_WORDS = new Int32Array(0);

/**
 * The first word from `from` on that may need a closer look: it holds a byte below 0x20, or (relaxed) a space after a space. Four
 * bytes at a time, as most of a body is neither; which bytes is left to the caller. Platforms are taken to be little-endian.
 */
function skipPlainWords(words: Int32Array, from: number, relaxed: boolean): number {
  let spaceBefore = 0x80; // unknown at first, so assumed
  for (let at = from; at < words.length; at++) {
    const word = words[at] ?? 0;
    // The high bit of a byte is set where the byte is below 0x20; carries only ever add bits above a true one.
    if (((word - 0x20202020) & ~word & 0x80808080) !== 0) return at;
    if (!relaxed) continue;
    const spaceIsZero = word ^ 0x20202020;
    const spaces = (spaceIsZero - 0x01010101) & ~spaceIsZero & 0x80808080;
    if ((spaces & ((spaces << 8) | spaceBefore)) !== 0) return at;
    spaceBefore = spaces >>> 24;
  }
  return words.length;
}

/** Below this many bytes a loop copies faster than a call. */
const SHORT_RUN = 32;

/** The canonical body in the making: nothing is copied before the first difference, then whole unchanged runs. */
class Output {
  bareLf = false;
  #bytes: Uint8Array<ArrayBuffer> | undefined;
  #length = 0;
  /** First byte of the body that is not yet accounted for. */
  #from = 0;
  readonly #body: Uint8Array<ArrayBuffer>;
  readonly #end: number;

  constructor(body: Uint8Array<ArrayBuffer>, end: number) {
    this.#body = body;
    this.#end = end;
  }

  /** A line ends with the LF at `at`. */
  endLine(at: number, relaxed: boolean): void {
    const body = this.#body;
    const textEnd = body[at - 1] === CR ? at - 1 : at;
    // The scan passes over a single space, so one at the end of a line comes to light only here.
    if (relaxed && textEnd > this.#from && body[textEnd - 1] === SP) this.#replace(textEnd - 1, textEnd);
    if (textEnd === at) {
      if (!this.bareLf) this.#makeRoom(countBareLf(body, at, this.#end));
      this.bareLf = true;
      this.#replace(at, at, CR);
    }
  }

  /** White space stands at `at`: none is left at the end of a line, one SP elsewhere. Returns the first byte after it. */
  reduceBlanks(at: number): number {
    const body = this.#body;
    const start = at > this.#from && body[at - 1] === SP ? at - 1 : at;
    let next = at + 1;
    while (isWsp(body[next] ?? 0)) next++;
    if (body[next] === LF || (body[next] === CR && body[next + 1] === LF)) this.#replace(start, next);
    else if (next - start > 1 || body[start] !== SP) this.#replace(start, next, SP);
    return next;
  }

  /** RFC 6376 §3.4.3, §3.4.4: the content and exactly one line end. */
  finish(): Uint8Array<ArrayBuffer> {
    const body = this.#body;
    const end = this.#end;
    if (!this.#bytes && body[end] === CR && body[end + 1] === LF) return body.subarray(0, end + 2);
    const bytes = this.#copyTo(end);
    bytes[this.#length++] = CR;
    bytes[this.#length++] = LF;
    return bytes.subarray(0, this.#length);
  }

  /** The bytes from `start` to before `next` become the one given, or none. */
  #replace(start: number, next: number, byte?: number): void {
    const bytes = this.#copyTo(start);
    if (byte !== undefined) bytes[this.#length++] = byte;
    this.#from = next;
  }

  #copyTo(end: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes ?? this.#makeRoom(0);
    if (end - this.#from < SHORT_RUN) {
      for (let at = this.#from; at < end; at++) bytes[this.#length++] = this.#body[at] ?? 0;
    } else {
      bytes.set(this.#body.subarray(this.#from, end), this.#length);
      this.#length += end - this.#from;
    }
    this.#from = end;
    return bytes;
  }

  /** Only bare line ends make the canonical form longer, by one each; besides there is the final line end. */
  #makeRoom(extra: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#end + 2 + extra);
    if (this.#bytes) bytes.set(this.#bytes.subarray(0, this.#length));
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
