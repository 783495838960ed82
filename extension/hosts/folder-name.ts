/**
 * The place of a folder as rules name it, from the path Thunderbird gives: names from the account's root, joined by `/`.
 *
 * Implements RFC 3501 §5.1.3 (modified UTF-7), in which Thunderbird hands out the names on an IMAP server.
 *
 * Known differences: a name on another kind of server that happens to be modified UTF-7 is decoded as well.
 */

/** A run of modified UTF-7: `&`, modified base64, `-`. */
const SHIFTED = /&([A-Za-z0-9+,]*)-/g;

/** Null for the root of an account, which is no folder of its own. */
export function folderNameOf(path: string): string | null {
  const names = path.split('/').filter((name) => name !== '');
  return names.length === 0 ? null : names.map(decodeName).join('/');
}

function decodeName(name: string): string {
  return name.replace(SHIFTED, (run, base64: string) => (base64 === '' ? '&' : (decodeRun(base64) ?? run)));
}

/** The UTF-16 code units of a run; undefined where it is none and the name means what it says. */
function decodeRun(base64: string): string | undefined {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const character of base64) {
    value = ((value << 6) | ALPHABET.indexOf(character)) & 0x3fffff;
    bits += 6;
    if (bits < 16) continue;
    bits -= 16;
    text += String.fromCharCode((value >> bits) & 0xffff);
  }
  // What is left over must be less than one character of base64, and nothing but zeroes.
  const rest = value & ((1 << bits) - 1);
  return text !== '' && bits < 6 && rest === 0 && !/\p{Cs}/u.test(text) ? text : undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,';
