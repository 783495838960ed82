/**
 * A `fetch` for Node that speaks HTTP/2 where the server offers it: many DoH servers (unbound among them) speak nothing else, and
 * Node's own fetch speaks only HTTP/1.1. Carries exactly what the DoH client needs.
 */
import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { Readable } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { parseUrl } from '../bytes/url.ts';

const IDLE_MS = 1_000;
const sessions = new Map<string, Promise<ClientHttp2Session | undefined>>();

export const fetchOverHttp2: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = parseUrl(request.url);
  if (url === undefined) throw new TypeError(`no address: ${request.url}`);
  const session = url.protocol === 'https:' ? await sessionFor(url) : undefined;
  return session ? await exchange(session, url, request) : await fetch(request);
};

/** One session per origin; undefined where the server does not agree on HTTP/2 (RFC 9113 §3.2). */
function sessionFor(url: URL): Promise<ClientHttp2Session | undefined> {
  let session = sessions.get(url.origin);
  if (!session) {
    session = openSession(url);
    sessions.set(url.origin, session);
    session.catch(() => sessions.delete(url.origin));
  }
  return session;
}

function openSession(url: URL): Promise<ClientHttp2Session | undefined> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls({
      host,
      port: Number(url.port || 443),
      servername: host,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      if (socket.alpnProtocol !== 'h2') {
        socket.destroy();
        resolve(undefined);
        return;
      }
      const session = connect(url.origin, { createConnection: () => socket });
      session.once('close', () => sessions.delete(url.origin));
      session.on('error', () => session.destroy());
      session.setTimeout(IDLE_MS, () => session.close());
      resolve(session);
    });
  });
}

async function exchange(session: ClientHttp2Session, url: URL, request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  return new Promise((resolve, reject) => {
    const stream = session.request(
      {
        [constants.HTTP2_HEADER_METHOD]: request.method,
        [constants.HTTP2_HEADER_PATH]: url.pathname + url.search,
        ...Object.fromEntries(request.headers),
      },
      // A stream without a body ends here; writing even nothing to it afterwards is an error.
      { endStream: body.length === 0 },
    );
    const abort = (): void => {
      stream.close(constants.NGHTTP2_CANCEL);
      reject(request.signal.reason as Error);
    };
    if (request.signal.aborted) {
      abort();
      return;
    }
    request.signal.addEventListener('abort', abort, { once: true });
    stream.on('response', (fields) => {
      const status = fields[':status'] ?? 0;
      const headers = new Headers();
      for (const [name, value] of Object.entries(fields)) {
        if (!name.startsWith(':') && value !== undefined) headers.set(name, String(value));
      }
      // Read as far as the DoH client wants: no server can make this machine keep more.
      const answer = status === 204 ? null : (Readable.toWeb(stream) as ReadableStream<Uint8Array>);
      resolve(new Response(answer, { status, headers }));
    });
    stream.on('error', reject);
    stream.once('close', () => request.signal.removeEventListener('abort', abort));
    if (body.length > 0) stream.end(body);
  });
}
