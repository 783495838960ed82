/**
 * Header canonicalization over bytes. Implements RFC 6376 §3.4.1, §3.4.2 and the input of the signature hash, §3.7.
 *
 * Known differences: a bare LF that ends a line counts as CRLF, since mail stores keep messages that way (the caller notes it).
 */
import { COLON, CR, LF, SP, isWsp } from '../bytes/ascii.ts';
import type { HeaderField, Message } from '../message/types.ts';
import type { Canonicalization } from './types.ts';

/**
 * What the signature is computed over: each selected field and its line end, then the signature field with b= emptied and without
 * line end.
 * @param cut the value of b= in the signature field, as offsets in that field's value
 */
export function signatureInput(
  message: Message,
  selected: readonly HeaderField[],
  signature: HeaderField,
  cut: { readonly start: number; readonly end: number },
  canonicalization: Canonicalization,
): Uint8Array<ArrayBuffer> {
  const write = canonicalization === 'simple' ? writeSimple : writeRelaxed;
  // No byte becomes more than two (LF to CRLF), and each field gets a line end.
  const room = selected.reduce((sum, field) => sum + roomFor(field), roomFor(signature));
  const out = new Uint8Array(room);
  let length = 0;
  for (const field of selected) {
    length = write(message.raw, field, field.end, field.end, out, length);
    out[length++] = CR;
    out[length++] = LF;
  }
  const { valueStart } = signature;
  length = write(message.raw, signature, valueStart + cut.start, valueStart + cut.end, out, length);
  return out.subarray(0, length);
}

function roomFor({ start, end }: HeaderField): number {
  return 2 * (end - start) + 2;
}

/** RFC 6376 §3.4.1: every byte as it is. Bytes from `cutFrom` to before `cutTo` are left out. Returns the new length of `out`. */
function writeSimple(
  raw: Uint8Array,
  field: HeaderField,
  cutFrom: number,
  cutTo: number,
  out: Uint8Array,
  length: number,
): number {
  for (let at = field.start; at < field.end; at++) {
    if (at === cutFrom) at = cutTo;
    if (at >= field.end) break;
    const byte = raw[at] ?? 0;
    if (byte === LF && raw[at - 1] !== CR) out[length++] = CR;
    out[length++] = byte;
  }
  return length;
}

/**
 * RFC 6376 §3.4.2: name in lower case, lines unfolded, white space to one SP, none at the ends of the value or around the colon.
 * Otherwise like {@link writeSimple}.
 */
function writeRelaxed(
  raw: Uint8Array,
  field: HeaderField,
  cutFrom: number,
  cutTo: number,
  out: Uint8Array,
  length: number,
): number {
  for (let at = field.start, end = at + field.name.length; at < end; at++) {
    const byte = raw[at] ?? 0;
    out[length++] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  }
  out[length++] = COLON;
  const valueStart = length;
  let blank = false;
  for (let at = field.valueStart; at < field.end; at++) {
    if (at === cutFrom) at = cutTo;
    if (at >= field.end) break;
    const byte = raw[at] ?? 0;
    if (isWsp(byte)) {
      blank = true;
    } else if (byte > SP || (byte !== LF && !(byte === CR && raw[at + 1] === LF))) {
      // A line end inside a field is always followed by white space, so dropping it unfolds.
      if (blank && length > valueStart) out[length++] = SP;
      blank = false;
      out[length++] = byte;
    }
  }
  return length;
}
