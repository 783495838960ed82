/** The client against a real HTTP server, which reads and writes its messages with the codec library. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withCache } from '../../src/dns/cache.ts';
import { createDohResolver } from '../../src/dns/doh.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { DohServer } from '../support/doh-server.ts';
import { startDohServer } from '../support/doh-server.ts';

const LONG = 'v=DKIM1; p='.padEnd(700, 'A');

const ZONE = {
  'example.com': {
    _ttl: 120,
    _secure: true,
    A: ['192.0.2.1', '192.0.2.2'],
    AAAA: ['2001:db8::1'],
    MX: ['10 mail.example.com', '0 .'],
    NS: ['ns.example.com'],
    SOA: ['ns.example.com host.example.com 1 2 3 4 60'],
    TXT: ['v=spf1 -all', ['v=', 'split'], 'gr\u00fc\u00df', ''],
  },
  'long._domainkey.example.com': { TXT: [LONG] },
  'alias.example.com': { CNAME: ['alias2.example.com'], _ttl: 30 },
  'alias2.example.com': { CNAME: ['example.com'], _secure: true },
  'dangling.example.com': { CNAME: ['gone.example.net'] },
  'loop.example.com': { CNAME: ['loop.example.com'] },
  '1.2.0.192.in-addr.arpa': { PTR: ['example.com'] },
  'broken.example.com': { TXT: 'SERVFAIL', A: ['192.0.2.3'] },
  'slow.example.com': { TXT: 'TIMEOUT' },
  'a.b.deep.example.com': { TXT: ['deep'] },
};

const QUESTIONS = [
  ['example.com', 'A'],
  ['example.com', 'AAAA'],
  ['example.com', 'MX'],
  ['example.com', 'NS'],
  ['example.com', 'TXT'],
  ['EXAMPLE.com.', 'PTR'],
  ['long._domainkey.example.com', 'TXT'],
  ['alias.example.com', 'TXT'],
  ['alias.example.com', 'CNAME'],
  ['alias.example.com', 'PTR'],
  ['dangling.example.com', 'A'],
  ['1.2.0.192.in-addr.arpa', 'PTR'],
  ['deep.example.com', 'TXT'],
  ['gone.example.com', 'TXT'],
  ['broken.example.com', 'A'],
] as const;

describe('a DoH server on this machine', () => {
  let server: DohServer;

  beforeAll(async () => {
    server = await startDohServer(ZONE);
  });

  afterAll(async () => {
    await server.close();
  });

  it.each(['GET', 'POST'] as const)('gives the answers of the zone it serves (%s)', async (method) => {
    const remote = createDohResolver(server.url, { method });
    const local = createZoneResolver(ZONE);
    for (const [name, type] of QUESTIONS) {
      expect(await remote.query(name, type), `${name} ${type}`).toEqual(await local.query(name, type));
    }
  });

  it('keeps a long TXT record whole across its strings', async () => {
    const answer = await createDohResolver(server.url).query('long._domainkey.example.com', 'TXT');
    expect(answer).toMatchObject({ kind: 'records', records: [LONG] });
  });

  it('tells the outcomes of a probe apart', async () => {
    const probe = async (url: string, name: string): Promise<string> => {
      const answer = await createDohResolver(url, { timeout: 500 }).query(name, 'TXT');
      return answer.kind === 'failure' ? answer.failure : answer.kind;
    };
    expect(await probe(server.url, 'example.com')).toBe('records');
    expect(await probe(server.url, 'deep.example.com')).toBe('no-data');
    expect(await probe(server.url, 'gone.example.com')).toBe('nxdomain');
    expect(await probe(server.url, 'broken.example.com')).toBe('servfail');
    expect(await probe(server.url, 'loop.example.com')).toBe('servfail');
    expect(await probe(server.url, 'slow.example.com')).toBe('timeout');
    expect(await probe(server.url.replace('/dns-query', '/other'), 'example.com')).toBe('http');
    const closed = await startDohServer({});
    await closed.close();
    expect(await probe(closed.url, 'example.com')).toBe('network');
  });

  it('is asked once for what the cache knows', async () => {
    const resolver = withCache(createDohResolver(server.url));
    const [first, second] = await Promise.all([resolver.query('example.com', 'A'), resolver.query('example.com', 'A')]);
    expect([first.cached, second.cached]).toEqual([false, true]);
    expect(await resolver.query('EXAMPLE.com', 'A')).toMatchObject({ cached: true, kind: 'records' });
  });

  it.each([
    ['no query', 'GET', '', undefined, 400],
    ['a query that is not base64url', 'GET', '?dns=a+b', undefined, 400],
    ['a query that is no message', 'GET', '?dns=AAAA', undefined, 400],
    ['another method', 'PUT', '', 'x', 405],
    ['another media type', 'POST', '', 'x', 415],
  ])('refuses %s', async (_, method, query, body, status) => {
    const response = await fetch(server.url + query, { method, ...(body === undefined ? {} : { body }) });
    expect(response.status).toBe(status);
  });

  it('says how long an HTTP cache may keep an answer (RFC 8484 §5.1)', async () => {
    const message = 'AAABAAABAAAAAAAAB2V4YW1wbGUDY29tAAABAAE'; // example.com A
    const response = await fetch(`${server.url}?dns=${message}`);
    expect(response.headers.get('cache-control')).toBe('max-age=120');
    expect(response.headers.get('content-type')).toBe('application/dns-message');
  });
});
