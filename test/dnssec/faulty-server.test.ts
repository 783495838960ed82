/** A DoH server that misbehaves in the way: whatever it does, a question ends in a failure that says what. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDohSource } from '../../src/dns/doh.ts';
import { createValidatingResolver } from '../../src/dnssec/resolver.ts';
import { LIMITS } from '../../src/limits.ts';
import { cname, encodeResponse, txt } from '../support/dns-message.ts';

const DNS = { 'content-type': 'application/dns-message' };
const WHOLE = encodeResponse({ answers: [txt('example.com', 'v=spf1 -all')] });

type Fault = (response: ServerResponse, request: IncomingMessage) => void;

const send =
  (octets: Uint8Array): Fault =>
  (response) =>
    void response.writeHead(200, DNS).end(octets);
const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    void response.writeHead(code, headers).end();

const FAULTS: readonly (readonly [what: string, fault: Fault, failure: string])[] = [
  [
    'ends the connection in the middle of an answer',
    (response) => {
      response.writeHead(200, { ...DNS, 'content-length': String(WHOLE.length) });
      response.write(WHOLE.subarray(0, 20), () => response.destroy());
    },
    'network',
  ],
  ['ends the connection at once', (response) => void response.destroy(), 'network'],
  [
    'drips octet by octet',
    (response) => {
      response.writeHead(200, DNS);
      const drip = setInterval(() => response.write(Uint8Array.of(0)), 20);
      response.on('close', () => clearInterval(drip));
    },
    'timeout',
  ],
  ['never answers', () => undefined, 'timeout'],
  ['sends garbage', send(Uint8Array.from({ length: 300 }, (_, at) => (at * 89) & 0xff)), 'malformed'],
  ['sends nothing', send(new Uint8Array()), 'malformed'],
  ['sends more than a message can hold', send(new Uint8Array(LIMITS.dnsMessageBytes + 1)), 'malformed'],
  ['leads elsewhere', status(302, { location: 'https://elsewhere.example/' }), 'network'],
  ['is asked too often', status(429), 'http'],
  ['fails', status(500), 'http'],
  ['wants a sign-in', status(511), 'captive'],
  [
    'answers another question',
    send(encodeResponse({ question: { name: 'example.net', type: 'TXT' }, answers: [txt('example.net', 'x')] })),
    'malformed',
  ],
  [
    'answers with aliases in a loop',
    send(encodeResponse({ answers: [cname('example.com', 'b.example'), cname('b.example', 'example.com')] })),
    'malformed',
  ],
  ['cuts its answer', send(Uint8Array.from(WHOLE, (octet, at) => (at === 2 ? octet | 0x02 : octet))), 'malformed'],
];

describe('a server that', () => {
  let server: Server;
  let fault: Fault = () => undefined;

  beforeAll(async () => {
    server = createServer((request, response) => fault(response, request));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(FAULTS)('%s', async (_, doing, failure) => {
    fault = doing;
    const { port } = server.address() as AddressInfo;
    const resolver = createValidatingResolver(createDohSource(`http://127.0.0.1:${port}/`, { timeout: 700 }));
    const answer = await resolver.query('example.com', 'TXT');
    expect(answer).toMatchObject({ kind: 'failure', failure, name: 'example.com', cached: false });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  it('hands out no signatures, not even the root’s, leaves its answers indeterminate', async () => {
    fault = (response, request) => {
      const query = Buffer.from(
        new URL(request.url ?? '', 'http://localhost').searchParams.get('dns') ?? '',
        'base64url',
      );
      const isOurs = query.includes('example') && query.readUInt16BE(query.indexOf(0, 12) + 1) === 16;
      if (isOurs) return send(WHOLE)(response, request);
      const end = query.indexOf(0, 12) + 5;
      const empty = Buffer.from(query.subarray(0, end));
      empty.set([0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0], 2);
      send(empty)(response, request);
    };
    const { port } = server.address() as AddressInfo;
    const resolver = createValidatingResolver(createDohSource(`http://127.0.0.1:${port}/`, { timeout: 2000 }));
    expect(await resolver.query('example.com', 'TXT')).toMatchObject({
      kind: 'records',
      dnssec: 'indeterminate',
      authenticData: false,
      proof: { state: 'indeterminate', reason: 'no-signatures-from-resolver', at: '.' },
    });
  });
});
