/** Whatever a server sends, a look-up ends in one of the port's answers: it never throws, and its work stays linear. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDohResolver } from '../../src/dns/doh.ts';
import type { DnsAnswer, RecordType } from '../../src/dns/resolver.ts';
import { TYPE_CODES, decodeAnswer } from '../../src/dns/wire.ts';
import { cname, encodeResponse, soa, txt } from '../support/dns-message.ts';

const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'TXT'] as const satisfies readonly RecordType[];

function answerTo(body: Uint8Array<ArrayBuffer>, type: RecordType): Promise<DnsAnswer> {
  const headers = { 'content-type': 'application/dns-message' };
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body, { headers }));
  return createDohResolver('https://doh.example/', { fetch }).query('example.com', type);
}

function expectWellFormed(answer: DnsAnswer): void {
  expect(answer).toMatchObject({ name: 'example.com', cached: false });
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  if (answer.kind === 'failure') {
    expect(answer.failure).not.toBe('network');
  } else {
    expect(Number.isSafeInteger(answer.ttl) && answer.ttl >= 0).toBe(true);
  }
  if (answer.kind === 'records') expect(answer.records.length).toBeGreaterThan(0);
}

/** Responses with every type of record, aliases, a negative one and a failed one. */
const WHOLE_RESPONSES = [
  encodeResponse({
    answers: [
      cname('example.com', 'b.example'),
      txt('b.example', 'v=spf1 -all'),
      { type: 'A', name: 'b.example', ttl: 1, data: '192.0.2.1' },
      { type: 'AAAA', name: 'b.example', ttl: 1, data: '2001:db8::1' },
      { type: 'MX', name: 'b.example', ttl: 1, data: { preference: 1, exchange: 'mx.example' } },
      { type: 'NS', name: 'b.example', ttl: 1, data: 'ns.example' },
      { type: 'PTR', name: 'b.example', ttl: 1, data: 'host.example' },
    ],
  }),
  encodeResponse({ rcode: 3, authorities: [soa('example.com', 300, 60)] }),
  encodeResponse({ rcode: 2, extendedError: { code: 6, text: 'bogus' } }),
];

describe('hostile answers', () => {
  it('random octets are a failure or an answer, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(...TYPES), async (octets, type) => {
        expectWellFormed(await answerTo(new Uint8Array(octets), type));
      }),
      { numRuns: 300 },
    );
  });

  it('so are whole responses with octets changed, and ones cut or doubled', async () => {
    const change = fc.record({ at: fc.nat(), octet: fc.integer({ min: 0, max: 255 }) });
    let failures = 0;
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...WHOLE_RESPONSES),
        fc.array(change, { maxLength: 6 }),
        fc.nat({ max: 400 }),
        fc.constantFrom(...TYPES),
        async (whole, changes, cut, type) => {
          const body = new Uint8Array([...whole, ...whole]).slice(0, Math.max(cut, whole.length));
          body.set([0, TYPE_CODES[type]], 25); // the question's type, so that more than the question is looked at
          for (const { at, octet } of changes) body[at % body.length] = octet;
          const answer = await answerTo(body, type);
          expectWellFormed(answer);
          if (answer.kind === 'failure') failures++;
          else answers++;
        },
      ),
      { numRuns: 500 },
    );
    // Else the property would hold because nothing was ever read.
    expect(failures).toBeGreaterThan(20);
    expect(answers).toBeGreaterThan(20);
  });

  it('a message that is mostly pointers to pointers is refused at the first name that leads through too many', () => {
    // Half the message is pointers to pointers, the other half records whose owners lead through them.
    const body = new Uint8Array(65_535);
    body.set([0, 0, 0x81, 0x80, 0, 1, 0x20, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 16, 0, 1]);
    const chain = 19 + 12;
    body.set([0xc0, 12, 0xff, 0xfe, 0, 1, 0, 0, 0, 0, 0x3f, 0x00], 19);
    for (let at = 0; at < 0x3f00; at += 2) {
      const target = at === 0 ? 12 : chain + at - 2;
      body.set([0xc0 | (target >> 8), target & 0xff], chain + at);
    }
    const last = chain + 0x3f00 - 2;
    for (let at = chain + 0x3f00; at + 12 <= body.length; at += 12) {
      body.set([0xc0 | (last >> 8), last & 0xff, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0], at);
    }
    const message = decodeAnswer(body);
    expect(message).toMatchObject({ ok: false, problem: expect.stringContaining('bad pointer') as unknown });
  });

  it('records of odd names keep what a name may not do out of the answer', async () => {
    const octets = encodeResponse({
      question: { name: 'example.com', type: 'PTR' },
      answers: [{ type: 'PTR', name: 'example.com', data: 'abcdefgh.example' }],
    });
    const at = octets.findIndex((_, index) => octets[index] === 0x61 && octets[index + 1] === 0x62);
    octets.set([0x00, 0x0a, 0x3c, 0x2e, 0x5c, 0xff, 0x7f, 0x20], at);
    expect(await answerTo(octets, 'PTR')).toMatchObject({
      records: ['\\000\\010<\\046\\092\\255\\127 .example'],
    });
  });
});
