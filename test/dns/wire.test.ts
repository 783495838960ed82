import { decode, encode } from '@dnsquery/dns-packet';
import { describe, expect, it } from 'vitest';
import { octetsToString, stringToOctets } from '../../src/bytes/ascii.ts';
import type { DnsMessage } from '../../src/dns/wire.ts';
import { decodeAnswer, encodeQuestion } from '../../src/dns/wire.ts';
import { encodeResponse, soa, txt } from '../support/dns-message.ts';

function read(bytes: Uint8Array): DnsMessage {
  const message = decodeAnswer(bytes);
  if (!message.ok) throw new Error(message.problem);
  return message.value;
}

function problemOf(bytes: Uint8Array): string | undefined {
  const message = decodeAnswer(bytes);
  return message.ok ? undefined : message.problem;
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
}

describe('encodeQuestion', () => {
  it('asks with ID 0, recursion desired and the DO bit', () => {
    const packet = decode(encodeQuestion('example.com', 'TXT', true));
    expect(packet).toMatchObject({ type: 'query', id: 0, flag_rd: true, flag_cd: false });
    expect(packet.questions).toEqual([{ name: 'example.com', type: 'TXT', class: 'IN' }]);
    expect(packet.additionals).toMatchObject([{ type: 'OPT', flag_do: true }]);
  });

  it.each([
    'a.example',
    `${'a'.repeat(60)}.${'b'.repeat(63)}.example`,
    `${'c'.repeat(63)}.`.repeat(3) + 'c'.repeat(61),
    '.',
  ])('pads to a multiple of 128 octets (RFC 8467 §4.1): %s', (name) => {
    const bytes = encodeQuestion(name, 'A', true);
    expect(bytes.length % 128).toBe(0);
    expect(decode(bytes).questions).toMatchObject([{ name }]);
  });

  it('leaves padding out where it is not wanted', () => {
    const bytes = encodeQuestion('example.com', 'A', false);
    expect(bytes.length).toBe(12 + 17 + 11);
    expect(decode(bytes).additionals).toMatchObject([{ type: 'OPT', flag_do: true, options: [] }]);
  });
});

describe('decodeAnswer', () => {
  it('reads the example of RFC 8484 §4.2.2', () => {
    const message = read(
      hex(`00 00 81 80 00 01 00 01 00 00 00 00 03 77 77 77 07 65 78 61 6d 70 6c 65 03 63 6f 6d 00 00 1c 00 01
           c0 0c 00 1c 00 01 00 00 0e 7d 00 10 20 01 0d b8 ab cd 00 12 00 01 00 02 00 03 00 04`),
    );
    const octets = Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0xab, 0xcd, 0, 0x12, 0, 1, 0, 2, 0, 3, 0, 4);
    expect(message).toEqual({
      rcode: 0,
      truncated: false,
      authenticData: false,
      question: { name: 'www.example.com', typeCode: 28, classCode: 1 },
      answers: [{ owner: 'www.example.com', type: 'AAAA', ttl: 3709, data: '2001:db8:abcd:12:1:2:3:4' }],
      authorities: [],
      wire: { answers: [{ owner: 'www.example.com', typeCode: 28, ttl: 3709, rdata: octets }], authorities: [] },
      extendedErrors: [],
    });
  });

  it('reads every type of the port as the codec library wrote it', () => {
    const message = read(
      encodeResponse({
        answers: [
          { type: 'A', name: 'Example.COM', ttl: 1, data: '192.0.2.1' },
          { type: 'AAAA', name: 'example.com', ttl: 2, data: '2001:DB8:0:0:0:0:0:1' },
          { type: 'CNAME', name: 'example.com', ttl: 3, data: 'Target.example' },
          { type: 'MX', name: 'example.com', ttl: 4, data: { preference: 10, exchange: 'mail.example' } },
          { type: 'NS', name: 'example.com', ttl: 5, data: 'ns.example' },
          { type: 'PTR', name: 'example.com', ttl: 6, data: 'host.example' },
          { type: 'MX', name: 'example.com', ttl: 7, data: { preference: 0, exchange: '.' } },
        ],
        authorities: [soa('example.com', 8, 9)],
        authenticData: true,
      }),
    );
    expect(message.authenticData).toBe(true);
    expect(message.answers.map(({ owner }) => owner)).toEqual(Array(7).fill('example.com'));
    expect(message.answers.map(({ type, ttl, data }) => [type, ttl, data])).toEqual([
      ['A', 1, '192.0.2.1'],
      ['AAAA', 2, '2001:db8::1'],
      ['CNAME', 3, 'target.example'],
      ['MX', 4, { preference: 10, exchange: 'mail.example' }],
      ['NS', 5, 'ns.example'],
      ['PTR', 6, 'host.example'],
      ['MX', 7, { preference: 0, exchange: '.' }],
    ]);
    expect(message.authorities).toMatchObject([{ type: 'SOA', data: { mname: 'ns.example.com', minimum: 9 } }]);
  });

  it('joins the strings of a TXT record without separator, one character per octet', () => {
    const octets = [stringToOctets('v=\xff\x80'), stringToOctets(''), stringToOctets('\xc3\xa4')];
    const message = read(encodeResponse({ answers: [{ type: 'TXT', name: 'example.com', data: octets }] }));
    expect(message.answers[0]?.data).toBe('v=\xff\x80\xc3\xa4');
  });

  it('skips records of other types and classes unread', () => {
    const message = read(
      encodeResponse({
        answers: [
          { type: 'DNSKEY', name: 'example.com', data: { flags: 257, algorithm: 13, key: new Uint8Array(3) as never } },
          { ...txt('example.com', 'chaos'), class: 'CH' },
          txt('example.com', 'kept'),
        ],
      }),
    );
    expect(message.answers.map((record) => record.data)).toEqual(['kept']);
  });

  it('takes a TTL with the top bit set for zero (RFC 2181 §8)', () => {
    expect(read(encodeResponse({ answers: [txt('example.com', 'x', 0x80000000)] })).answers[0]?.ttl).toBe(0);
  });

  it('puts the extended RCODE together (RFC 6891 §6.1.3) and reads extended errors (RFC 8914 §2)', () => {
    const message = read(encodeResponse({ rcode: 16, extendedError: { code: 6, text: 'no signature für x' } }));
    expect(message.rcode).toBe(16);
    expect(message.extendedErrors).toEqual([{ code: 6, text: 'no signature für x' }]);
  });

  it('keeps names apart that only look alike: a dot inside a label is escaped (RFC 1035 §5.1)', () => {
    // PTR to the two labels `mail.example` `com`
    const bytes = octetsToString(
      encodeResponse({ answers: [{ type: 'PTR', name: 'example.com', data: 'mailXexample.com' }] }),
    );
    const message = read(stringToOctets(bytes.replace('mailXexample', 'mail.example')));
    expect(message.answers[0]?.data).toBe('mail\\046example.com');
  });
});

describe('decodeAnswer on what is no response', () => {
  const header = '00 00 81 80 00 01 00 01 00 00 00 00';
  const question = '01 61 00 00 10 00 01'; // a. TXT IN, octets 12 to 18
  const start = 12 + 7;

  it.each([
    ['nothing', ''],
    ['half a header', '00 00 81 80 00'],
    ['a query', `00 00 01 00 00 01 00 00 00 00 00 00 ${question}`],
    ['an update', `00 00 a8 00 00 01 00 00 00 00 00 00 ${question}`],
    ['two questions (RFC 9619 §4)', `00 00 81 80 00 02 00 00 00 00 00 00 ${question} ${question}`],
    ['a question cut off', '00 00 81 80 00 01 00 00 00 00 00 00 01 61 00 00'],
    ['a record that is not there', `${header} ${question}`],
    ['a record cut off in its frame', `${header} ${question} c0 0c 00 10 00 01 00`],
    ['a record longer than the message', `${header} ${question} c0 0c 00 10 00 01 00 00 00 00 00 09 01 78`],
    ['a string longer than its record', `${header} ${question} c0 0c 00 10 00 01 00 00 00 00 00 02 05 78 79 7a`],
    ['an A record of five octets', `${header} ${question} c0 0c 00 01 00 01 00 00 00 00 00 05 01 02 03 04 05`],
    ['an AAAA record of four octets', `${header} ${question} c0 0c 00 1c 00 01 00 00 00 00 00 04 01 02 03 04`],
    ['a name that ends before its record', `${header} ${question} c0 0c 00 05 00 01 00 00 00 00 00 03 c0 0c 00`],
    ['a name that ends after its record', `${header} ${question} c0 0c 00 05 00 01 00 00 00 00 00 01 c0 0c`],
    ['an MX record without exchange', `${header} ${question} c0 0c 00 0f 00 01 00 00 00 00 00 02 00 0a`],
    ['a pointer to itself', `${header} ${question} c0 13 00 10 00 01 00 00 00 00 00 00`],
    ['a pointer forwards', `${header} ${question} c0 20 00 10 00 01 00 00 00 00 00 00 00 00`],
    ['a label of a kind never used', `${header} ${question} 41 61 00 00 10 00 01 00 00 00 00 00 00`],
    [
      'an option longer than its record',
      `00 00 81 80 00 00 00 00 00 00 00 01 00 00 29 10 00 00 00 00 00 00 05 00 0f 00 09 00`,
    ],
    ['an option cut off', `00 00 81 80 00 00 00 00 00 00 00 01 00 00 29 10 00 00 00 00 00 00 02 00 0f`],
  ])('refuses %s', (_, text) => {
    expect(problemOf(hex(text))).toEqual(expect.any(String));
  });

  it('says at which octet', () => {
    expect(problemOf(hex(`${header} ${question} c0 13 00 10 00 01 00 00 00 00 00 00`))).toBe(
      `a bad pointer at octet ${start}`,
    );
  });

  it('refuses a name longer than 255 octets, put together by pointers (RFC 1035 §2.3.4)', () => {
    const label = `3f${'61'.repeat(63)}`;
    // The question names four labels of 63 octets (257 octets): one too many.
    expect(problemOf(hex(`00 00 81 80 00 01 00 00 00 00 00 00 ${label.repeat(4)} 00 00 10 00 01`))).toMatch(
      /longer than 255/,
    );
    expect(problemOf(hex(`00 00 81 80 00 01 00 00 00 00 00 00 ${label.repeat(3)} 00 00 10 00 01`))).toBeUndefined();
  });

  it('counts pointers, so that many names through one long chain stay cheap', () => {
    // A TXT record full of pointers, each to the one before it, and a record whose owner is the last of them.
    const chain = (count: number): string =>
      Array.from({ length: count }, (_, index) =>
        (0xc000 + (index === 0 ? 12 : start + 12 + 2 * (index - 1))).toString(16),
      ).join('');
    const message = (count: number): Uint8Array =>
      hex(
        `00 00 81 80 00 01 00 02 00 00 00 00 ${question}
         c0 0c ff fe 00 01 00 00 00 00 ${(2 * count).toString(16).padStart(4, '0')} ${chain(count)}
         ${(0xc000 + start + 12 + 2 * (count - 1)).toString(16)} 00 10 00 01 00 00 00 00 00 02 01 78`,
      );
    expect(read(message(126)).answers).toMatchObject([{ owner: 'a', data: 'x' }]);
    expect(problemOf(message(127))).toMatch(/bad pointer/);
  });

  it('refuses a message the codec library wrote once it is cut anywhere', () => {
    const whole = new Uint8Array(
      encode({
        type: 'response',
        questions: [{ name: 'example.com', type: 'TXT' }],
        answers: [txt('example.com', 'v=x')],
      }),
    );
    for (let length = 0; length < whole.length; length++) {
      expect(problemOf(whole.subarray(0, length)), `cut at ${length}`).toEqual(expect.any(String));
    }
    expect(problemOf(whole)).toBeUndefined();
  });
});
