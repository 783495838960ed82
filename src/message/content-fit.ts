/** Whether a body can be what its Content-Type says it is: a cheap look, for fields that nobody signed. */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { parseContentType } from './content-type.ts';
import { firstText, lineAfter } from './parse.ts';
import type { Message } from './types.ts';

const DASH = 0x2d;
const LESS_THAN = 0x3c;

/**
 * False for a multipart whose delimiter occurs nowhere (RFC 2046 §5.1.1), and for HTML without a tag: programs then show something else
 * than was written. True where that cannot be seen without decoding.
 */
export function contentFits(message: Message): boolean {
  const { type, parameters } = parseContentType(firstText(message, 'content-type') ?? '');
  if (type.startsWith('multipart/')) return hasDelimiter(message, parameters.get('boundary') ?? '');
  const encoding = asciiLower(trimWsp(firstText(message, 'content-transfer-encoding') ?? ''));
  return type !== 'text/html' || encoding === 'base64' || message.raw.indexOf(LESS_THAN, message.bodyStart) >= 0;
}

function hasDelimiter({ raw, bodyStart }: Message, boundary: string): boolean {
  for (let at = bodyStart; at < raw.length; at = lineAfter(raw, at)) {
    if (raw[at] !== DASH || raw[at + 1] !== DASH) continue;
    let same = 0;
    while (same < boundary.length && raw[at + 2 + same] === boundary.charCodeAt(same)) same++;
    if (same === boundary.length) return true;
  }
  return false;
}
