/**
 * DNS over HTTPS as a client. Implements RFC 8484 (wire format, GET and POST); the message is in wire.ts, its meaning in answer.ts.
 *
 * Known differences: one server, no fallback to another (RFC 8484 §9 warns of it; see fallback.ts for one of the reader's own); HTTP caches are not used, since cache.ts keeps
 * answers by their own TTL, and neither disk caches of the browser nor shared ones need learn what was asked; plain http is
 * accepted for a server on this machine (RFC 8484 §5 knows https only).
 */
import { parseUrl } from '../bytes/url.ts';
import { asciiEqual, trimWsp } from '../bytes/ascii.ts';
import { encodeBase64Url } from '../bytes/base64.ts';
import { LIMITS } from '../limits.ts';
import { TIMED_OUT, withDeadline } from './deadline.ts';
import type { DnsFailure, Resolver } from './resolver.ts';
import { createResolver, type MessageSource } from './source.ts';
import { decodeAnswer, encodeQuestion } from './wire.ts';

/** The part of `fetch` that is used; a host or a test brings its own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface DohOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | undefined;
  /** Hides the length of the name asked for (RFC 8467). Default true. */
  readonly padding?: boolean | undefined;
  /** Milliseconds one question may take. Default `LIMITS.dnsTimeout`. */
  readonly timeout?: number | undefined;
  /** Asked after a network error, to tell "this machine is offline" from "the server cannot be reached". */
  readonly online?: (() => boolean) | undefined;
}

const MEDIA_TYPE = 'application/dns-message';

/**
 * The address of a DoH server as a reader writes it: an https URL, or http to this machine, with or without the `{?dns}` of a URI
 * template (RFC 8484 §3). Undefined where it is none: no URL, another scheme, or one with a password in it.
 */
export function parseDohUrl(text: string): URL | undefined {
  const plain = text.trim().replace(/\{[?&]dns\}$/, '');
  const url = parseUrl(plain);
  if (url === undefined) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  url.hash = '';
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : undefined;
}

/** Whether the server is on this machine. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopback(parseUrl(url)?.hostname ?? '');
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3; as the URL Standard writes hosts. */
function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/**
 * A resolver that asks one DoH server. It keeps nothing: wrap it in `withCache`.
 * @throws {TypeError} where `url` is no address of a DoH server (see {@link parseDohUrl})
 * @throws {RangeError} where the timeout is not a positive number of milliseconds
 */
export function createDohResolver(url: string, options: DohOptions = {}): Resolver {
  return createResolver(createDohSource(url, options));
}

/**
 * The same server as a source of whole messages.
 * @throws as {@link createDohResolver}
 */
export function createDohSource(url: string, options: DohOptions = {}): MessageSource {
  const server = parseDohUrl(url);
  if (server === undefined) throw new TypeError('createDohResolver: not an https URL of a DoH server');
  const { fetch: send = globalThis.fetch, method = 'GET', padding = true, timeout = LIMITS.dnsTimeout } = options;
  // 0, NaN or Infinity would switch the limit off, or every look-up.
  if (!(timeout > 0 && timeout <= 0x7fffffff)) throw new RangeError('createDohResolver: timeout must be positive');

  return {
    async ask(name, type, { signal } = {}) {
      const request = buildRequest(server, method, encodeQuestion(name, type, padding));
      const outcome = await withDeadline(timeout, signal, (stop) => exchange(send, request, stop));
      if (outcome === TIMED_OUT) return { ok: false, failure: 'timeout', detail: `no answer within ${timeout} ms` };
      if ('failure' in outcome) {
        const offline = outcome.failure === 'network' && options.online?.() === false;
        return { ok: false, failure: offline ? 'offline' : outcome.failure, detail: outcome.detail };
      }
      const message = decodeAnswer(outcome.body);
      if (!message.ok) return { ok: false, failure: 'malformed', detail: message.problem };
      return { ok: true, message: message.value, age: outcome.age };
    },
  };
}

interface Request {
  readonly url: string;
  readonly init: RequestInit;
}

function buildRequest(server: URL, method: 'GET' | 'POST', message: Uint8Array<ArrayBuffer>): Request {
  // RFC 8484 §8.2: expose the least; the reader's language is not needed to answer a DNS question.
  const headers = { accept: MEDIA_TYPE, 'accept-language': '*' };
  const init: RequestInit = {
    method,
    headers,
    credentials: 'omit', // RFC 8484 §8.2: no cookies
    referrerPolicy: 'no-referrer',
    redirect: 'error', // RFC 8484 §3: only the server that was chosen is asked
    cache: 'no-store',
  };
  if (method === 'POST') {
    return { url: server.href, init: { ...init, headers: { ...headers, 'content-type': MEDIA_TYPE }, body: message } };
  }
  const query = new URLSearchParams(server.search);
  query.set('dns', encodeBase64Url(message)); // RFC 8484 §4.1
  return { url: `${server.origin}${server.pathname}?${query.toString()}`, init };
}

type Exchange =
  { readonly body: Uint8Array; readonly age: number } | { readonly failure: DnsFailure; readonly detail: string };

/** Sends the request and reads the response's octets; what goes wrong on the way is a value. */
async function exchange(send: Fetch, { url, init }: Request, signal: AbortSignal): Promise<Exchange> {
  try {
    const response = await send(url, { ...init, signal });
    // RFC 6585 §6: a network wants its user to sign in first.
    if (response.status === 511) return { failure: 'captive', detail: 'HTTP status 511' };
    // RFC 8484 §4.2.1: DNS errors come with 2xx too; any other status carries no DNS answer.
    if (!response.ok) return { failure: 'http', detail: `HTTP status ${response.status}` };
    const mediaType = response.headers.get('content-type') ?? '';
    if (isWebPage(mediaType)) return { failure: 'captive', detail: 'a web page instead of an answer' };
    if (!isDnsMessage(mediaType)) {
      return { failure: 'http', detail: `media type ${JSON.stringify(mediaType.slice(0, LIMITS.dnsErrorText))}` };
    }
    const body = await readBody(response);
    if (body === undefined) return { failure: 'malformed', detail: 'the response is longer than a DNS message can be' };
    return { body, age: readAge(response.headers.get('age')) };
  } catch (error) {
    // fetch and the body reject for every trouble of the network, and for CORS, TLS and redirects, with one TypeError.
    return { failure: 'network', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** RFC 8484 §6; parameters do not change the meaning. */
function isDnsMessage(contentType: string): boolean {
  return isMediaType(contentType, MEDIA_TYPE);
}

/** What the sign-in page of a network is sent as; no DNS server answers so. */
function isWebPage(contentType: string): boolean {
  return isMediaType(contentType, 'text/html');
}

function isMediaType(contentType: string, wanted: string): boolean {
  return asciiEqual(trimWsp(contentType.split(';', 1)[0] ?? ''), wanted);
}

/** RFC 9111 §5.1: seconds; what is no number counts as none. */
function readAge(value: string | null): number {
  return value !== null && /^\d{1,10}$/.test(value) ? Number(value) : 0;
}

/** The body, or undefined once it is longer than a DNS message can be (RFC 1035 §4.2.2): no more is read then. */
async function readBody(response: Response): Promise<Uint8Array | undefined> {
  const body = new Uint8Array(LIMITS.dnsMessageBytes);
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    if (length + part.value.length > body.length) {
      await reader?.cancel().catch(() => undefined); // the rest is not wanted, however that ends
      return undefined;
    }
    body.set(part.value, length);
    length += part.value.length;
  }
  return body.subarray(0, length);
}
