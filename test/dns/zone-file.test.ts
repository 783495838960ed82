import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZone } from '../../src/dns/zone-file.ts';

describe('parseZone', () => {
  it('reads every type in presentation form', () => {
    const zone = parseZone({
      'Example.com.': {
        _ttl: 0,
        _secure: true,
        A: ['192.0.2.1'],
        AAAA: ['2001:DB8:0::1'],
        CNAME: ['Other.example.'],
        MX: ['10 mail.example', '0 .', '5\tmx.example.'],
        NS: ['ns.example'],
        PTR: ['host.example'],
        SOA: ['ns.example hostmaster.example 2026010101 7200 3600 1209600 300'],
        TXT: ['one', ['two', '-', 'three'], 'ä', ''],
      },
    });
    expect(zone).toEqual({
      ok: true,
      value: new Map([
        [
          'example.com',
          {
            ttl: 0,
            secure: true,
            types: {
              A: ['192.0.2.1'],
              AAAA: ['2001:db8::1'],
              CNAME: ['other.example'],
              MX: [
                { preference: 10, exchange: 'mail.example' },
                { preference: 0, exchange: '.' },
                { preference: 5, exchange: 'mx.example' },
              ],
              NS: ['ns.example'],
              PTR: ['host.example'],
              SOA: [{ mname: 'ns.example', minimum: 300 }],
              TXT: ['one', 'two-three', '\xc3\xa4', ''],
            },
          },
        ],
      ]),
    });
  });

  it('takes a string longer than a character-string holds, but no such chunk (RFC 1035 §3.3)', () => {
    const long = 'x'.repeat(256);
    expect(parseZone({ a: { TXT: [long] } })).toMatchObject({ ok: true });
    expect(parseZone({ a: { TXT: [[long]] } })).toMatchObject({ ok: false });
    // 128 characters, 256 octets of UTF-8
    expect(parseZone({ a: { TXT: [['ä'.repeat(128)]] } })).toMatchObject({ ok: false });
  });

  it.each([
    ['no object', [], null, null],
    ['nothing', null, null, null],
    ['a name that is none', { 'a..b': {} }, 'a..b', null],
    ['a name twice', { 'a.example': {}, 'A.example.': {} }, 'A.example.', null],
    ['a name that holds no object', { a: ['192.0.2.1'] }, 'a', null],
    ['an unknown type', { a: { TXTT: ['x'] } }, 'a', 'TXTT'],
    ['a type in lower case', { a: { txt: ['x'] } }, 'a', 'txt'],
    ['a type that every object has', { a: { constructor: ['x'] } }, 'a', 'constructor'],
    ['an unknown remark', { a: { _tll: 3 } }, 'a', '_tll'],
    ['a TTL below zero', { a: { _ttl: -1 } }, 'a', '_ttl'],
    ['a TTL in words', { a: { _ttl: '1h' } }, 'a', '_ttl'],
    ['an unsure security', { a: { _secure: 'yes' } }, 'a', '_secure'],
    ['a record without list', { a: { TXT: 'v=spf1' } }, 'a', 'TXT'],
    ['another fault', { a: { TXT: 'REFUSED' } }, 'a', 'TXT'],
    ['a fault among records', { a: { A: ['SERVFAIL'] } }, 'a', 'A'],
    ['two aliases', { a: { CNAME: ['b', 'c'] } }, 'a', 'CNAME'],
    ['an alias to no name', { a: { CNAME: ['b..c'] } }, 'a', 'CNAME'],
    ['an A record that is none', { a: { A: ['1.2.3'] } }, 'a', 'A'],
    ['an AAAA record that is none', { a: { AAAA: ['1.2.3.4'] } }, 'a', 'AAAA'],
    ['an MX record without preference', { a: { MX: ['mail.example'] } }, 'a', 'MX'],
    ['an MX record with too much', { a: { MX: ['10 mail.example x'] } }, 'a', 'MX'],
    ['an MX preference out of range', { a: { MX: ['65536 mail.example'] } }, 'a', 'MX'],
    ['an MX record as object', { a: { MX: [{ preference: 10, exchange: 'b' }] } }, 'a', 'MX'],
    ['an SOA record cut short', { a: { SOA: ['ns.example host.example 1 2 3 4'] } }, 'a', 'SOA'],
    ['a TXT record that is a number', { a: { TXT: [1] } }, 'a', 'TXT'],
    ['a TXT record without chunks', { a: { TXT: [[]] } }, 'a', 'TXT'],
    ['a TXT chunk that is no string', { a: { TXT: [['x', null]] } }, 'a', 'TXT'],
  ])('reports %s with its place', (_, json, name, type) => {
    expect(parseZone(json)).toEqual({ ok: false, problem: { name, type, why: expect.any(String) as unknown } });
  });

  it('says which record it is', () => {
    expect(parseZone({ a: { A: ['192.0.2.1', '192.0.2'] } })).toMatchObject({
      problem: { why: 'record 2 must be an IPv4 address' },
    });
  });

  it('treats __proto__ as a name like any other', () => {
    const zone = parseZone(JSON.parse('{"__proto__":{"A":["192.0.2.1"]}}'));
    expect(zone.ok && zone.value.get('__proto__')?.types.A).toEqual(['192.0.2.1']);
  });

  it('never throws, whatever the JSON', () => {
    const entry = fc.dictionary(fc.constantFrom('A', 'MX', 'TXT', 'SOA', 'CNAME', '_ttl', '_secure'), fc.jsonValue());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), entry)), (json) => {
        expect(typeof parseZone(json).ok).toBe('boolean');
      }),
    );
  });
});
