/** Base64 (RFC 4648 §4) and base64url (RFC 4648 §5), strict: what is not base64 is `undefined`, never a guess. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let at = 0; at < ALPHABET.length; at++) VALUES[ALPHABET.charCodeAt(at)] = at;

/**
 * Decodes padded base64 without white space (callers remove folding white space first, RFC 6376 §3.2). Missing padding is
 * accepted, since signers and key records in the field omit it; stray characters and data after padding are not.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let length = text.length;
  while (length > 0 && text.charCodeAt(length - 1) === 0x3d && text.length - length < 2) length--;
  const padding = text.length - length;
  if (length % 4 === 1 || (padding > 0 && (length % 4 || 4) + padding > 4)) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let out = 0;
  for (let at = 0; at < length; at += 4) {
    // What is missing at the end counts as zero bits, and the array takes no octet beyond its length.
    const held =
      (valueAt(text, at) << 18) |
      (valueAt(text, at + 1) << 12) |
      (at + 2 < length ? valueAt(text, at + 2) << 6 : 0) |
      (at + 3 < length ? valueAt(text, at + 3) : 0);
    if (held < 0) return undefined;
    bytes[out++] = held >> 16;
    bytes[out++] = held >> 8;
    bytes[out++] = held;
  }
  return bytes;
}

/** Six bits, or -1, whose sign survives shifting. */
function valueAt(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1;
}

/** Padded base64 of the bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1];
    const third = bytes[at + 2];
    text += ALPHABET.charAt(first >> 2);
    text += ALPHABET.charAt(((first & 3) << 4) | ((second ?? 0) >> 4));
    text += second === undefined ? '=' : ALPHABET.charAt(((second & 15) << 2) | ((third ?? 0) >> 6));
    text += third === undefined ? '=' : ALPHABET.charAt(third & 63);
  }
  return text;
}

/** Base64url without padding, as the `dns` variable of RFC 8484 §4.1 wants it. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
