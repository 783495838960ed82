/**
 * The header in a message that Outlook saved (.msg): a compound file ([MS-CFB]) in which the header is as it was received, and the
 * text only as Outlook made it anew, so that no signature over it can be checked ([MS-OXMSG] §2.1, [MS-OXPROPS] PidTagTransportMessageHeaders).
 */
import { utf8ToBytes } from '../../src/bytes/ascii.ts';

/** What every compound file begins with ([MS-CFB] §2.2). */
const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Streams of PidTagTransportMessageHeaders: as Unicode, and in the writer's code page. */
const UNICODE_HEADER = '__substg1.0_007D001F';
const PLAIN_HEADER = '__substg1.0_007D001E';

export function isOutlookFile(bytes: Uint8Array): boolean {
  return SIGNATURE.every((octet, at) => bytes[at] === octet);
}

/**
 * The header's bytes; null where there is none, as in mail that was never received.
 * @throws Error where the file is damaged
 */
export async function headerOfOutlookFile(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  const { find, read } = await import('cfb');
  const file = read(bytes, { type: 'buffer' });
  const unicode = find(file, UNICODE_HEADER)?.content;
  if (unicode !== undefined) return utf8ToBytes(new TextDecoder('utf-16le').decode(Uint8Array.from(unicode)));
  const plain = find(file, PLAIN_HEADER)?.content;
  return plain === undefined ? null : Uint8Array.from(plain);
}
