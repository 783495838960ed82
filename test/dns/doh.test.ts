import { decode } from '@dnsquery/dns-packet';
import { describe, expect, it } from 'vitest';
import type { DohOptions, Fetch } from '../../src/dns/doh.ts';
import { createDohResolver, parseDohUrl } from '../../src/dns/doh.ts';
import { LIMITS } from '../../src/limits.ts';
import type { ResponseParts } from '../support/dns-message.ts';
import { cname, encodeResponse, soa, txt } from '../support/dns-message.ts';

const SERVER = 'https://doh.example/dns-query';

interface SentRequest {
  readonly url: URL;
  readonly init: RequestInit;
}

/** A fetch that answers every request with the same response and keeps what was sent. */
function respondWith(respond: () => Response | Promise<Response>): { fetch: Fetch; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  const fetch: Fetch = (url, init) => {
    sent.push({ url: new URL(url), init });
    return Promise.resolve(respond());
  };
  return { fetch, sent };
}

function dnsResponse(body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'content-type': 'application/dns-message', ...headers } });
}

function resolverFor(parts: ResponseParts, headers?: Record<string, string>): ReturnType<typeof createDohResolver> {
  return createDohResolver(
    SERVER,
    respondWith(() => dnsResponse(encodeResponse(parts), headers)),
  );
}

describe('parseDohUrl', () => {
  it.each([
    ['https://doh.example/dns-query', 'https://doh.example/dns-query'],
    ['  https://doh.example/dns-query{?dns} ', 'https://doh.example/dns-query'],
    ['https://doh.example/q?profile=a{&dns}', 'https://doh.example/q?profile=a'],
    ['https://doh.example/q#top', 'https://doh.example/q'],
    ['http://127.0.0.1:8053/dns-query', 'http://127.0.0.1:8053/dns-query'],
    ['http://[::1]:8053/', 'http://[::1]:8053/'],
    ['http://localhost/dns-query', 'http://localhost/dns-query'],
  ])('takes %j', (text, expected) => {
    expect(parseDohUrl(text)?.href).toBe(expected);
  });

  it.each([
    '',
    'doh.example',
    'http://doh.example/dns-query',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'ftp://doh.example/',
    'javascript:alert(1)',
    'https://user:secret@doh.example/',
  ])('refuses %j', (text) => {
    expect(parseDohUrl(text)).toBeUndefined();
    expect(() => createDohResolver(text)).toThrow(TypeError);
  });
});

describe('the request', () => {
  async function ask(options: DohOptions): Promise<SentRequest> {
    const { fetch, sent } = respondWith(() => dnsResponse(encodeResponse({})));
    await createDohResolver(`${SERVER}?key=1`, { ...options, fetch }).query('Example.COM.', 'TXT');
    const [request] = sent;
    if (request === undefined) throw new Error('nothing was sent');
    return request;
  }

  it('is a GET with the message as base64url without padding, ID 0 (RFC 8484 §4.1)', async () => {
    const { url, init } = await ask({});
    expect(init.method).toBe('GET');
    expect(init.body).toBeUndefined();
    expect(url.searchParams.get('key')).toBe('1');
    const dns = url.searchParams.get('dns') ?? '';
    expect(dns).toMatch(/^[A-Za-z0-9_-]+$/);
    const packet = decode(new Uint8Array(Buffer.from(dns, 'base64url')));
    expect(packet).toMatchObject({
      id: 0,
      flag_rd: true,
      questions: [{ name: 'example.com', type: 'TXT', class: 'IN' }],
    });
  });

  it('is a POST with the message as body where asked for', async () => {
    const { url, init } = await ask({ method: 'POST' });
    expect(url.href).toBe(`${SERVER}?key=1`);
    expect(init.method).toBe('POST');
    expect(new Headers(init.headers).get('content-type')).toBe('application/dns-message');
    if (!(init.body instanceof Uint8Array)) throw new Error('the body is no message');
    expect(decode(init.body).questions).toMatchObject([{ name: 'example.com' }]);
  });

  it.each(['GET', 'POST'] as const)('tells no more than it must (%s)', async (method) => {
    const { init } = await ask({ method });
    expect(init).toMatchObject({
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    expect(new Headers(init.headers).get('accept')).toBe('application/dns-message');
    expect(new Headers(init.headers).get('accept-language')).toBe('*');
  });

  it('leaves out padding where that is asked for', async () => {
    const length = async (padding: boolean): Promise<number> =>
      (await ask({ padding })).url.searchParams.get('dns')?.length ?? 0;
    expect(await length(true)).toBe(Math.ceil((128 * 4) / 3));
    expect(await length(false)).toBeLessThan(64);
  });

  it('is not made for a name no message can carry', async () => {
    const { fetch, sent } = respondWith(() => dnsResponse(encodeResponse({})));
    const answer = await createDohResolver(SERVER, { fetch }).query('a..b', 'TXT');
    expect(answer).toMatchObject({ kind: 'failure', failure: 'malformed', name: 'a..b' });
    expect(sent).toHaveLength(0);
  });
});

describe('the answer', () => {
  it('has the records of the type asked for, in any case of the owner', async () => {
    const resolver = resolverFor({
      question: { name: 'EXAMPLE.com', type: 'TXT' },
      answers: [txt('eXample.com', 'v=1', 300), txt('example.com', 'v=2', 200)],
      authenticData: true,
    });
    expect(await resolver.query('example.COM.', 'TXT')).toEqual({
      kind: 'records',
      name: 'example.com',
      type: 'TXT',
      cached: false,
      ttl: 200,
      dnssec: 'secure',
      records: ['v=1', 'v=2'],
    });
  });

  it('is insecure without the AD bit (RFC 4035 §3.2.3)', async () => {
    expect(await resolverFor({ answers: [txt('example.com', 'x')] }).query('example.com', 'TXT')).toMatchObject({
      dnssec: 'insecure',
    });
  });

  it('ignores records of other names and other types', async () => {
    const resolver = resolverFor({
      answers: [
        txt('other.example', 'not asked for'),
        { type: 'A', name: 'example.com', data: '192.0.2.1' },
        txt('example.com', 'yes'),
      ],
    });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({ kind: 'records', records: ['yes'] });
  });

  it('follows aliases in whatever order they come, and lasts as long as the shortest link', async () => {
    const resolver = resolverFor({
      answers: [
        txt('c.example', 'end', 300),
        cname('B.example', 'c.example', 50),
        cname('example.com', 'b.example', 400),
        txt('b.example', 'an alias has no other data'),
        txt('example.com', 'nor this'),
      ],
    });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({ kind: 'records', records: ['end'], ttl: 50 });
  });

  it('does not follow the alias it was asked for', async () => {
    const resolver = resolverFor({
      question: { name: 'example.com', type: 'CNAME' },
      answers: [cname('example.com', 'b.example'), cname('b.example', 'c.example')],
    });
    expect(await resolver.query('example.com', 'CNAME')).toMatchObject({ kind: 'records', records: ['b.example'] });
  });

  it.each([
    ['a loop of one', [cname('example.com', 'example.com')]],
    ['a loop of two', [cname('example.com', 'b.example'), cname('b.example', 'example.com')]],
    [
      'a chain longer than the limit',
      [
        cname('example.com', 'n0.example'),
        ...Array.from({ length: LIMITS.cnameLinks }, (_, n) => cname(`n${n}.example`, `n${n + 1}.example`)),
        txt(`n${LIMITS.cnameLinks}.example`, 'too far'),
      ],
    ],
  ])('is malformed for %s', async (_, answers) => {
    expect(await resolverFor({ answers }).query('example.com', 'TXT')).toMatchObject({
      kind: 'failure',
      failure: 'malformed',
    });
  });

  it('is no-data where the name has no such records, for the lesser of the SOA TTL and its minimum (RFC 2308 §5)', async () => {
    const base = { name: 'example.com', type: 'TXT', cached: false, dnssec: 'insecure', kind: 'no-data' };
    const ask = (ttl: number, minimum: number): Promise<unknown> =>
      resolverFor({ authorities: [soa('example.com', ttl, minimum)] }).query('example.com', 'TXT');
    expect(await ask(900, 60)).toEqual({ ...base, ttl: 60 });
    expect(await ask(30, 60)).toEqual({ ...base, ttl: 30 });
  });

  it('is no-data where an alias leads to a name without such records, as short as the alias', async () => {
    const resolver = resolverFor({
      answers: [cname('example.com', 'b.example', 20)],
      authorities: [soa('b.example', 900, 60)],
    });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({ kind: 'no-data', ttl: 20 });
  });

  it('is not to be kept where a negative answer has no SOA (RFC 2308 §5)', async () => {
    expect(await resolverFor({}).query('example.com', 'TXT')).toMatchObject({ kind: 'no-data', ttl: 0 });
  });

  it('is nxdomain for RCODE 3, also at the end of an alias (RFC 6604 §3)', async () => {
    const authorities = [soa('example.com', 900, 60)];
    expect(await resolverFor({ rcode: 3, authorities, authenticData: true }).query('example.com', 'TXT')).toMatchObject(
      {
        kind: 'nxdomain',
        ttl: 60,
        dnssec: 'secure',
      },
    );
    const answers = [cname('example.com', 'gone.example')];
    expect(await resolverFor({ rcode: 3, answers, authorities }).query('example.com', 'TXT')).toMatchObject({
      kind: 'nxdomain',
    });
  });

  it('takes the time spent in HTTP caches off the TTL (RFC 8484 §5.1)', async () => {
    const ask = (age: string): Promise<unknown> =>
      resolverFor({ answers: [txt('example.com', 'x', 600)] }, { age }).query('example.com', 'TXT');
    expect(await ask('250')).toMatchObject({ ttl: 350 });
    expect(await ask('700')).toMatchObject({ ttl: 0 });
    expect(await ask('-5')).toMatchObject({ ttl: 600 });
    expect(await ask('soon')).toMatchObject({ ttl: 600 });
  });
});

describe('a failure', () => {
  it.each([
    ['SERVFAIL', { rcode: 2 }, 'servfail', 'SERVFAIL'],
    [
      'SERVFAIL for another reason',
      { rcode: 2, extendedError: { code: 22 } },
      'servfail',
      'SERVFAIL; extended error 22',
    ],
    [
      'SERVFAIL for want of an algorithm',
      { rcode: 2, extendedError: { code: 1 } },
      'servfail',
      'SERVFAIL; extended error 1',
    ],
    [
      'SERVFAIL for bad DNSSEC (RFC 8914 §4.7)',
      { rcode: 2, extendedError: { code: 6, text: 'bad signature' } },
      'bogus',
      'SERVFAIL; extended error 6: bad signature',
    ],
    [
      'SERVFAIL for missing signatures',
      { rcode: 2, extendedError: { code: 10 } },
      'bogus',
      'SERVFAIL; extended error 10',
    ],
    ['REFUSED', { rcode: 5 }, 'refused', 'REFUSED'],
    ['FORMERR without the question', { rcode: 1, question: null }, 'refused', 'FORMERR'],
    ['an RCODE that needs EDNS', { rcode: 16 }, 'refused', 'BADVERS'],
    ['an RCODE without a name', { rcode: 11 }, 'refused', 'RCODE 11'],
    [
      'the answer to another name',
      { question: { name: 'example.net', type: 'TXT' }, answers: [txt('example.com', 'x')] },
      'malformed',
      'the response answers another question',
    ],
    [
      'the answer to another type',
      { question: { name: 'example.com', type: 'A' } },
      'malformed',
      'the response answers another question',
    ],
    [
      'the answer to another class',
      { question: { name: 'example.com', type: 'TXT', class: 'CH' } },
      'malformed',
      'the response answers another question',
    ],
    ['an answer to no question', { question: null }, 'malformed', 'the response does not repeat the question'],
    [
      'a referral (RFC 2308 §2.2)',
      { authorities: [{ type: 'NS', name: 'com', data: 'ns.example' }] },
      'malformed',
      'the response is a referral, not an answer',
    ],
  ] as const satisfies [string, ResponseParts, string, string][])('%s', async (_, parts, failure, detail) => {
    expect(await resolverFor(parts as ResponseParts).query('example.com', 'TXT')).toEqual({
      kind: 'failure',
      name: 'example.com',
      type: 'TXT',
      cached: false,
      failure,
      detail,
    });
  });

  it('is malformed for a truncated response, whatever it holds: a second record may be missing', async () => {
    const body = encodeResponse({ answers: [txt('example.com', 'v=1')] });
    body[2] = (body[2] ?? 0) | 0x02;
    const resolver = createDohResolver(
      SERVER,
      respondWith(() => dnsResponse(body)),
    );
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({
      failure: 'malformed',
      detail: 'the response is truncated',
    });
  });

  it.each([
    ['a status that is not 2xx', () => new Response('no', { status: 503 }), 'http', 'HTTP status 503'],
    [
      'another media type',
      () => new Response('{}', { headers: { 'content-type': 'application/dns-json' } }),
      'http',
      'media type "application/dns-json"',
    ],
    [
      'a web page, such as the one to sign in to a network',
      () => new Response('<p>Welcome</p>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      'captive',
      'a web page instead of an answer',
    ],
    [
      'a network that wants a sign-in (RFC 6585 §6)',
      () => new Response('', { status: 511 }),
      'captive',
      'HTTP status 511',
    ],
    ['no media type', () => new Response(new Uint8Array(20)), 'http', 'media type ""'],
    [
      'no body',
      () => new Response(null, { headers: { 'content-type': 'application/dns-message' } }),
      'malformed',
      expect.any(String) as unknown,
    ],
    ['a body that is no message', () => dnsResponse(new Uint8Array(5)), 'malformed', expect.any(String) as unknown],
    [
      'a body longer than any message',
      () => dnsResponse(new Uint8Array(LIMITS.dnsMessageBytes + 1)),
      'malformed',
      'the response is longer than a DNS message can be',
    ],
  ])('%s', async (_, respond, failure, detail) => {
    const answer = await createDohResolver(SERVER, respondWith(respond)).query('example.com', 'TXT');
    expect(answer).toMatchObject({ kind: 'failure', failure, detail });
  });

  it('accepts the media type in any case and with parameters', async () => {
    const body = encodeResponse({ answers: [txt('example.com', 'x')] });
    const respond = (): Response => new Response(body, { headers: { 'content-type': 'Application/DNS-Message; x=y' } });
    expect(await createDohResolver(SERVER, respondWith(respond)).query('example.com', 'TXT')).toMatchObject({
      kind: 'records',
    });
  });

  it('stops reading a body that does not end', async () => {
    let parts = 0;
    const endless = new ReadableStream({
      pull(controller) {
        parts++;
        controller.enqueue(new Uint8Array(10_000));
      },
    });
    const respond = (): Response => new Response(endless, { headers: { 'content-type': 'application/dns-message' } });
    expect(await createDohResolver(SERVER, respondWith(respond)).query('example.com', 'TXT')).toMatchObject({
      failure: 'malformed',
    });
    expect(parts).toBeLessThan(10);
  });

  it('of the network is network, or offline where the host says so', async () => {
    const fetch: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    const ask = (online?: () => boolean): Promise<unknown> =>
      createDohResolver(SERVER, { fetch, online }).query('example.com', 'TXT');
    expect(await ask()).toMatchObject({ failure: 'network', detail: 'Failed to fetch' });
    expect(await ask(() => true)).toMatchObject({ failure: 'network' });
    expect(await ask(() => false)).toMatchObject({ failure: 'offline' });
  });

  it('does not call a server offline that answered badly', async () => {
    const respond = respondWith(() => new Response('', { status: 500 }));
    const resolver = createDohResolver(SERVER, { ...respond, online: () => false });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({ failure: 'http' });
  });

  it('is network where the body breaks off', async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('connection reset')) });
    const respond = (): Response => new Response(broken, { headers: { 'content-type': 'application/dns-message' } });
    expect(await createDohResolver(SERVER, respondWith(respond)).query('example.com', 'TXT')).toMatchObject({
      failure: 'network',
      detail: 'connection reset',
    });
  });
});

describe('time', () => {
  const silent: Fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });

  it('a question without answer is a timeout', async () => {
    const resolver = createDohResolver(SERVER, { fetch: silent, timeout: 5 });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({
      kind: 'failure',
      failure: 'timeout',
      detail: 'no answer within 5 ms',
    });
  });

  it('covers the body as well as the headers', async () => {
    const stuck = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(3)) });
    const respond = (): Response => new Response(stuck, { headers: { 'content-type': 'application/dns-message' } });
    const resolver = createDohResolver(SERVER, { ...respondWith(respond), timeout: 5 });
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({ failure: 'timeout' });
  });

  it("a caller who gives up gets the signal's own reason, and the request is aborted", async () => {
    const controller = new AbortController();
    let sent: AbortSignal | null | undefined;
    const fetch: Fetch = (url, init) => {
      sent = init.signal;
      return silent(url, init);
    };
    const waiting = createDohResolver(SERVER, { fetch }).query('example.com', 'TXT', { signal: controller.signal });
    controller.abort(new Error('message closed'));
    await expect(waiting).rejects.toThrow('message closed');
    expect(sent?.aborted).toBe(true);
  });

  it('nothing is sent for a caller who had given up before', async () => {
    const { fetch, sent } = respondWith(() => dnsResponse(encodeResponse({})));
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(createDohResolver(SERVER, { fetch }).query('example.com', 'TXT', { signal })).rejects.toThrow(
      'closed',
    );
    expect(sent).toHaveLength(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a timeout of %s is a programming error', (timeout) => {
    expect(() => createDohResolver(SERVER, { timeout })).toThrow(RangeError);
  });
});
