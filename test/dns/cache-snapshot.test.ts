import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreEntries } from '../../src/dns/cache-snapshot.ts';
import { LIMITS } from '../../src/limits.ts';

const NOW = new Date(Date.UTC(2026, 0, 1));
const TIME = NOW.getTime();

const ANSWER = {
  kind: 'records',
  name: 'example.com',
  type: 'TXT',
  cached: false,
  ttl: 100,
  dnssec: 'secure',
  records: ['v=spf1 -all', '\xff'],
};
const ENTRY = { answer: ANSWER, storedAt: TIME - 10_000, expiresAt: TIME + 90_000 };

function restore(...entries: unknown[]): readonly unknown[] {
  return restoreEntries({ version: 1, entries }, NOW);
}

describe('restoreEntries', () => {
  it('keeps whole entries of every type and kind', () => {
    const answers = [
      ANSWER,
      { ...ANSWER, type: 'A', records: ['192.0.2.1'] },
      { ...ANSWER, type: 'AAAA', records: ['2001:db8::1'] },
      { ...ANSWER, type: 'CNAME', records: ['b.example'] },
      { ...ANSWER, type: 'NS', records: ['ns.example'] },
      { ...ANSWER, type: 'PTR', records: ['mail\\046example.com'] },
      { ...ANSWER, type: 'MX', records: [{ preference: 0, exchange: '.' }] },
      { ...ANSWER, type: 'SOA', records: [{ mname: 'ns.example', minimum: 60 }] },
      { kind: 'no-data', name: '.', type: 'TXT', cached: false, ttl: 100, dnssec: 'insecure' },
      { kind: 'nxdomain', name: 'example.com', type: 'TXT', cached: false, ttl: 100, dnssec: 'indeterminate' },
    ];
    const entries = answers.map((answer) => ({ ...ENTRY, answer }));
    expect(restore(...entries)).toEqual(entries);
  });

  it('leaves out what does not belong', () => {
    expect(restore({ ...ENTRY, extra: 1, answer: { ...ANSWER, extra: 1 } })).toEqual([ENTRY]);
  });

  it.each([
    ['no entry', null],
    ['one without times', { answer: ANSWER }],
    ['one of the future', { ...ENTRY, storedAt: TIME + 1 }],
    ['one that has run out', { ...ENTRY, expiresAt: TIME }],
    ['one kept longer than the limit', { ...ENTRY, expiresAt: ENTRY.storedAt + LIMITS.dnsCacheSeconds * 1000 + 1 }],
    ['one with times that are no numbers', { ...ENTRY, expiresAt: `${TIME + 1}` }],
    ['no answer', { ...ENTRY, answer: undefined }],
    ['a failure', { ...ENTRY, answer: { ...ANSWER, kind: 'failure', failure: 'servfail', detail: '' } }],
    ['another kind', { ...ENTRY, answer: { ...ANSWER, kind: 'guess' } }],
    ['a name not in its one form', { ...ENTRY, answer: { ...ANSWER, name: 'Example.com' } }],
    ['another type', { ...ENTRY, answer: { ...ANSWER, type: 'SRV' } }],
    ['a type that every object has', { ...ENTRY, answer: { ...ANSWER, type: 'constructor' } }],
    ['a TTL that is none', { ...ENTRY, answer: { ...ANSWER, ttl: -1 } }],
    ['another state of DNSSEC', { ...ENTRY, answer: { ...ANSWER, dnssec: 'very' } }],
    ['records that are no list', { ...ENTRY, answer: { ...ANSWER, records: 'v=spf1' } }],
    ['no records', { ...ENTRY, answer: { ...ANSWER, records: [] } }],
    ['one bad record among good ones', { ...ENTRY, answer: { ...ANSWER, records: ['v=spf1', 7] } }],
    ['text that is not octets', { ...ENTRY, answer: { ...ANSWER, records: ['\u0100'] } }],
    ['an A record that is none', { ...ENTRY, answer: { ...ANSWER, type: 'A', records: ['1.2.3'] } }],
    ['an AAAA record that is none', { ...ENTRY, answer: { ...ANSWER, type: 'AAAA', records: ['1.2.3.4'] } }],
    ['a name that is none', { ...ENTRY, answer: { ...ANSWER, type: 'PTR', records: [''] } }],
    ['an MX record as text', { ...ENTRY, answer: { ...ANSWER, type: 'MX', records: ['10 mail.example'] } }],
    [
      'an MX record out of range',
      { ...ENTRY, answer: { ...ANSWER, type: 'MX', records: [{ preference: 65536, exchange: 'a' }] } },
    ],
    ['an SOA record without minimum', { ...ENTRY, answer: { ...ANSWER, type: 'SOA', records: [{ mname: 'a' }] } }],
  ])('drops %s and keeps the rest', (_, entry) => {
    expect(restore(entry, ENTRY)).toEqual([ENTRY]);
  });

  it('holds negative answers to their own limit', () => {
    const negative = { ...ANSWER, kind: 'no-data', records: undefined };
    const expiresAt = ENTRY.storedAt + LIMITS.dnsNegativeSeconds * 1000;
    expect(restore({ ...ENTRY, answer: negative, expiresAt })).toHaveLength(1);
    expect(restore({ ...ENTRY, answer: negative, expiresAt: expiresAt + 1 })).toHaveLength(0);
  });

  it.each([
    undefined,
    null,
    'x',
    [],
    { entries: [ENTRY] },
    { version: 2, entries: [ENTRY] },
    { version: 1, entries: ENTRY },
  ])('takes nothing from %j', (saved) => {
    expect(restoreEntries(saved, NOW)).toEqual([]);
  });

  it('never throws, whatever was stored', () => {
    const mangled = fc.dictionary(fc.constantFrom('answer', 'storedAt', 'expiresAt'), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.array(mangled).map((entries) => ({ version: 1, entries })),
        ),
        (saved) => {
          expect(Array.isArray(restoreEntries(saved, NOW))).toBe(true);
        },
      ),
    );
  });
});
