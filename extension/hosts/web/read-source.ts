/** Asks a webmail for the source of a message, with the reader's own session. */
import { readAnswer, MOST_SOURCE_OCTETS, type Source } from './source.ts';
import type { SourceRequest } from './types.ts';

/** Never rejects, but for the signal's reason. */
export async function readSource({ url, headers = {}, form }: SourceRequest, signal: AbortSignal): Promise<Source> {
  try {
    const response = await fetch(url, { headers, signal, credentials: 'same-origin', cache: 'no-store' });
    const length = contentLength(response.headers);
    if (length !== null && length > MOST_SOURCE_OCTETS) return { ok: false, why: 'too-large' };
    const octets = new Uint8Array(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    return readAnswer({ status: response.status, type, length, octets }, form);
  } catch {
    signal.throwIfAborted();
    return { ok: false, why: 'unreachable' };
  }
}

/** Where the answer was compressed on its way, the field counts other octets than arrive here. */
function contentLength(headers: Headers): number | null {
  const field = headers.get('content-length');
  return field === null || headers.has('content-encoding') || !/^\d+$/.test(field) ? null : Number(field);
}
