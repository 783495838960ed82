/** Asks a webmail for the source of a message, with the reader's own session. */
import { stringToOctets } from '../../../src/bytes/ascii.ts';
import { parseUrl } from '../../../src/bytes/url.ts';
import { readAnswer, MOST_SOURCE_OCTETS, type Source } from './source.ts';
import type { SourceRequest } from './types.ts';

/** Asks no other origin than the page's own. Never rejects, but for the signal's reason. */
export async function readSource({ url, headers = {}, form }: SourceRequest, signal: AbortSignal): Promise<Source> {
  if (parseUrl(url)?.origin !== location.origin) return { ok: false, why: 'no-way' };
  try {
    // To Firefox a script in a page is of another origin than the page, and would send no cookies to its "same" one.
    const response = await fetch(url, { headers, signal, credentials: 'include', cache: 'no-store' });
    const length = contentLength(response.headers);
    if (length !== null && length > MOST_SOURCE_OCTETS) return { ok: false, why: 'too-large' };
    const octets = await octetsOf(await response.blob());
    const type = response.headers.get('content-type') ?? '';
    return readAnswer({ status: response.status, type, length, octets }, form);
  } catch {
    signal.throwIfAborted();
    return { ok: false, why: 'unreachable' };
  }
}

/**
 * The octets of an answer. Not by `arrayBuffer()`: what Firefox gives a script in a page belongs to the page's world, and no array of this
 * one may be made of it. In `x-user-defined` each octet is a character, from 0x80 on that of U+F780 (Encoding Standard §14.5).
 */
function octetsOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const text = typeof reader.result === 'string' ? reader.result : '';
      resolve(stringToOctets(text.replace(/[\uf780-\uf7ff]/g, (one) => String.fromCharCode(one.charCodeAt(0) & 0xff))));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new TypeError('no answer')));
    reader.readAsText(blob, 'x-user-defined');
  });
}

/** Where the answer was compressed on its way, the field counts other octets than arrive here. */
function contentLength(headers: Headers): number | null {
  const field = headers.get('content-length');
  return field === null || headers.has('content-encoding') || !/^\d+$/.test(field) ? null : Number(field);
}
