/**
 * Encoded words in header text, decoded for people. Implements RFC 2047; updated by RFC 2231 §5 (language suffix).
 *
 * Own code, although postal-mime exports `decodeWords`: that one reads an unknown charset as windows-1252 and drops what is no base64,
 * so that text appears which nobody wrote; it joins split characters only where charset and encoding are spelled alike; and it would
 * bring a whole MIME parser into every check.
 *
 * Known differences: a word is decoded wherever it stands, also inside quotes, next to other text, with spaces in it or longer than
 * 75 characters (against RFC 2047 §2 and §5), because mail programs show it decoded, and what is shown is what can mislead.
 */
import { utf8ToBytes } from '../bytes/ascii.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { LIMITS } from '../limits.ts';

/** RFC 2047 §2 with the language of RFC 2231 §5: charset, encoding, encoded text. No part can hold a "?", which keeps it linear. */
const ENCODED_WORD = /=\?([^?*\s]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?]*)\?=/g;

const EQUALS = 0x3d;
const UNDERSCORE = 0x5f;
const SPACE = 0x20;

/**
 * Replaces every encoded word by its text. A word whose charset, encoding or content is not legal stays as it is written. The result
 * is for display only: it is never parsed again, whatever marks it holds (RFC 2047 §6.2).
 */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  const decoders = new Map<string, TextDecoder | undefined>();
  const parts: string[] = [];
  let current: TextDecoder | undefined;
  let at = 0;
  for (const match of text.matchAll(ENCODED_WORD)) {
    const [word, charset = '', encoding = '', content = ''] = match;
    const octets = encoding === 'B' || encoding === 'b' ? decodeB(content) : decodeQ(content);
    const decoder = octets && decoderOf(charset, decoders);
    if (!octets || !decoder) continue;
    const between = text.slice(at, match.index);
    // White space between two encoded words is no text (RFC 2047 §6.2), and senders split characters between words.
    const adjacent = current !== undefined && !/[^ \t\r\n]/.test(between);
    if (current && (!adjacent || current !== decoder)) parts.push(current.decode());
    if (!adjacent) parts.push(between);
    parts.push(decoder.decode(octets, { stream: true }));
    current = decoder;
    at = match.index + word.length;
  }
  if (current) parts.push(current.decode());
  parts.push(text.slice(at));
  return parts.join('');
}

/** Whether some encoded word stays as it is written, so that nobody reads what it says: its charset is unknown, or its content damaged. */
export function hasUnreadableWords(text: string): boolean {
  return [...text.matchAll(ENCODED_WORD)].slice(0, LIMITS.charsets).some(([word]) => decodeEncodedWords(word) === word);
}

/** One decoder per encoding, so that the same decoder means the same charset whatever its label. */
function decoderOf(label: string, decoders: Map<string, TextDecoder | undefined>): TextDecoder | undefined {
  const charset = label.toLowerCase();
  if (decoders.has(charset)) return decoders.get(charset);
  if (decoders.size >= LIMITS.charsets) return undefined;
  let decoder: TextDecoder | undefined;
  try {
    // A byte order mark is kept: it may not hide in a name.
    decoder = new TextDecoder(charset, { ignoreBOM: true });
    decoder = decoders.get(decoder.encoding) ?? decoder;
    decoders.set(decoder.encoding, decoder);
  } catch {
    decoder = undefined; // RangeError: no charset this runtime knows
  }
  decoders.set(charset, decoder);
  return decoder;
}

/** RFC 2047 §4.1, with the spaces that careless folding leaves and whatever padding: mail programs decode that. */
function decodeB(content: string): Uint8Array<ArrayBuffer> | undefined {
  let end = content.length;
  while (end > 0 && '= \t'.includes(content.charAt(end - 1))) end--;
  return decodeBase64(content.slice(0, end).replace(/[ \t]+/g, ''));
}

/** RFC 2047 §4.2: `=XX` is an octet, `_` is octet 20 whatever the charset. */
function decodeQ(content: string): Uint8Array<ArrayBuffer> | undefined {
  const octets = utf8ToBytes(content);
  let length = 0;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet === EQUALS) {
      const high = hexValue(octets[at + 1]);
      const low = hexValue(octets[at + 2]);
      if (high < 0 || low < 0) return undefined;
      octets[length++] = (high << 4) | low;
      at += 2;
    } else {
      octets[length++] = octet === UNDERSCORE ? SPACE : octet;
    }
  }
  return octets.subarray(0, length);
}

function hexValue(octet: number | undefined): number {
  return octet === undefined ? -1 : '0123456789ABCDEF'.indexOf(String.fromCharCode(octet).toUpperCase());
}
