/**
 * The hashed names of authorized third party signers (RFC 6541 §4.3): SHA-1 or SHA-256 (FIPS 180-4) through WebCrypto, written in
 * base32 (RFC 4648 §6) without padding. The hash only makes the name fit one DNS label; nothing rests on its strength.
 */
import { utf8ToBytes } from '../bytes/ascii.ts';

const ALGORITHMS = { sha1: 'SHA-1', sha256: 'SHA-256' } as const;
export type AtpsHashName = keyof typeof ALGORITHMS;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** @param domain in lower case, as RFC 6541 §4.3 hashes it */
export async function atpsHash(domain: string, algorithm: AtpsHashName): Promise<string> {
  return encodeBase32(new Uint8Array(await crypto.subtle.digest(ALGORITHMS[algorithm], utf8ToBytes(domain))));
}

/** Lower case, as DNS names are compared without case and resolvers are asked in lower case. */
function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >> (bits - 5)) & 31);
    held &= 31; // at most four bits are still to be written
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (5 - bits)) & 31) : text;
}
