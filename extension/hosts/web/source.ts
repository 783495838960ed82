/**
 * Whether what a webmail handed out is the source of a message, and all of it. A login page, a page around the source, or half of it must
 * never be judged: a signature over it would look broken. Computed without a browser.
 */
import { octetsToString, stringToOctets } from '../../../src/bytes/ascii.ts';
import type { SourceRequest } from './types.ts';

/** Octets of a message that is checked; mail servers seldom take more than 50 MB, and a browser carries no more than 64 MB at once. */
export const MOST_SOURCE_OCTETS = 40 << 20;

/** Why there is no source to check. */
export const TROUBLES = [
  'signed-out',
  'refused',
  'unreachable',
  'not-a-message',
  'truncated',
  'escaped',
  'too-large',
  'too-many',
  'no-way',
] as const;
export type SourceTrouble = (typeof TROUBLES)[number];

/** What could have been lost on the way: a signature that is valid all the same shows that nothing was, a broken one shows nothing. */
export const DOUBTS = ['truncated', 'charset'] as const;
export type SourceDoubt = (typeof DOUBTS)[number];

export type Source =
  | { readonly ok: true; readonly octets: Uint8Array<ArrayBuffer>; readonly doubt: SourceDoubt | null }
  | { readonly ok: false; readonly why: SourceTrouble };

/** An answer over HTTP, as far as it tells whether it is the source. */
export interface SourceAnswer {
  readonly status: number;
  /** Content-Type; empty where there is none. */
  readonly type: string;
  /** Content-Length, where it counts the octets below. */
  readonly length: number | null;
  readonly octets: Uint8Array<ArrayBuffer>;
}

/** Judges an answer to a request for the source. */
export function readAnswer({ status, type, length, octets }: SourceAnswer, form: SourceRequest['form']): Source {
  if (status === 401 || status === 403) return { ok: false, why: 'signed-out' };
  if (status < 200 || status > 299) return { ok: false, why: 'refused' };
  if (octets.length > MOST_SOURCE_OCTETS) return { ok: false, why: 'too-large' };
  if (/^(?:text\/html|application\/xhtml)/i.test(type)) return { ok: false, why: 'signed-out' };
  if (length !== null && length > octets.length) return { ok: false, why: 'truncated' };
  if (form === 'octets') return readMessage(octets);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets);
  return /[^\0-\xff]/.test(text) ? { ok: false, why: 'not-a-message' } : readMessage(stringToOctets(text));
}

/** The first empty line separates header and body (RFC 5322 §2.1); only so much of the header is searched. */
const HEADER_SHOWN = 256 * 1024;

/** Judges what should be a message. */
export function readMessage(octets: Uint8Array<ArrayBuffer>): Source {
  // Braces may stand in the name of a field (RFC 5322 §3.6.8) and never do; JSON begins with them.
  const start = octetsToString(octets.subarray(0, HEADER_SHOWN));
  if (/^\s*</.test(start)) return { ok: false, why: 'signed-out' };
  if (!/^(?:From [^\r\n]*\r?\n)?[!-9;-z|~]{1,200}[ \t]*:/.test(start)) return { ok: false, why: 'not-a-message' };
  const end = /\r?\n\r?\n/.exec(start);
  if (end === null && octets.length < HEADER_SHOWN) return { ok: false, why: 'truncated' };
  const header = start.slice(0, end?.index ?? start.length);
  if (isEscaped(header)) return { ok: false, why: 'escaped' };
  return { ok: true, octets, doubt: doubtOf(header, octets) };
}

/** Angle brackets stand around every Message-ID (RFC 5322 §3.6.4) and around most addresses; here they are entities of HTML. */
function isEscaped(header: string): boolean {
  return /^(?:message-id|return-path|from):[^\r\n]*&(?:lt|#60|#x3c);/im.test(header) && !header.includes('<');
}

/** Octets at the end among which the last boundary is looked for; what follows it is for nobody (RFC 2046 §5.1.1). */
const EPILOGUE = 64 * 1024;

function doubtOf(header: string, octets: Uint8Array): SourceDoubt | null {
  const boundary =
    /^content-type:\s*multipart\/(?:[^\r\n]|\r?\n[ \t])*?\bboundary\s*=\s*(?:"([^"\r\n]+)"|([^\s";]+))/im.exec(header);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter !== undefined && !octetsToString(octets.subarray(-EPILOGUE)).includes(`--${delimiter}--`))
    return 'truncated';
  return holdsReplacement(octets) ? 'charset' : null;
}

/** U+FFFD in UTF-8: what a charset could not express. A sender may have written it, so it is a doubt and no more. */
function holdsReplacement(octets: Uint8Array): boolean {
  for (let at = octets.indexOf(0xef); at >= 0; at = octets.indexOf(0xef, at + 1)) {
    if (octets[at + 1] === 0xbf && octets[at + 2] === 0xbd) return true;
  }
  return false;
}
