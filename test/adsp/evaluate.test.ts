import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAdsp } from '../../src/adsp/evaluate.ts';
import type { AdspInput } from '../../src/adsp/evaluate.ts';
import { ADSP_REASONS } from '../../src/adsp/reasons.ts';
import type { AdspReport } from '../../src/adsp/types.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { asking } from '../dmarc/asking.ts';

const NAME = '_adsp._domainkey.example.com';
const HOST = { 'example.com': { MX: ['10 mail.example.com'] } };
const published = (...records: string[]): ZoneFile => ({ ...HOST, [NAME]: { TXT: records } });

interface Case {
  readonly name: string;
  readonly zone: ZoneFile;
  readonly author?: string | null;
  readonly dkim?: AdspInput['dkim'];
  readonly expected: Partial<AdspReport>;
}

describe('all results of ADSP (RFC 5617 §4.3, §5.4)', () => {
  const cases: readonly Case[] = [
    { name: 'none: no record', zone: HOST, expected: { result: 'none', reason: 'no-record' } },
    {
      name: 'none: other types only',
      zone: { ...HOST, [NAME]: { A: ['192.0.2.1'] } },
      expected: { result: 'none', reason: 'no-record' },
    },
    {
      name: 'none: a record that breaks the syntax counts as no data (§4.1)',
      zone: published('all'),
      expected: { result: 'none', reason: 'record-invalid', record: 'all' },
    },
    {
      name: 'none: a wildcard key record is no ADSP record',
      zone: { ...HOST, '*._domainkey.example.com': { TXT: ['v=DKIM1; p='] } },
      expected: { result: 'none', reason: 'record-invalid' },
    },
    {
      name: 'none: no author domain',
      zone: {},
      author: null,
      expected: { result: 'none', reason: 'no-author-domain', domain: null },
    },
    {
      name: 'unknown: stated',
      zone: published('dkim=unknown'),
      expected: { result: 'unknown', reason: 'practice-unknown', practice: 'unknown' },
    },
    {
      name: 'unknown: any other word',
      zone: published('dkim=strict'),
      expected: { result: 'unknown', reason: 'practice-unrecognized', practice: 'unknown' },
    },
    {
      name: 'fail: all signed, this one not',
      zone: published('dkim=all'),
      expected: {
        result: 'fail',
        reason: 'all-unsigned',
        practice: 'all',
        record: 'dkim=all',
        recordName: NAME,
        ttl: 300,
      },
    },
    {
      name: 'discard: discardable, not signed',
      zone: published('dkim=discardable'),
      expected: { result: 'discard', reason: 'discardable-unsigned', practice: 'discardable' },
    },
    {
      name: 'fail: a broken author signature is none',
      zone: published('dkim=all'),
      dkim: [{ domain: 'example.com', result: 'fail' }],
      expected: { result: 'fail' },
    },
    {
      name: 'fail: a third party signature is no author domain signature',
      zone: published('dkim=all'),
      dkim: [{ domain: 'list.example.net', result: 'pass' }],
      expected: { result: 'fail' },
    },
    {
      name: 'fail: nor is one of a parent domain (§2.7: d= is the same)',
      zone: { 'mail.example.com': { A: ['192.0.2.1'] }, '_adsp._domainkey.mail.example.com': { TXT: ['dkim=all'] } },
      author: 'mail.example.com',
      dkim: [{ domain: 'example.com', result: 'pass' }],
      expected: { result: 'fail' },
    },
    {
      name: 'pass: a valid author domain signature',
      zone: published('dkim=discardable'),
      dkim: [{ domain: 'example.com', result: 'pass' }],
      expected: { result: 'pass', reason: null },
    },
    {
      name: 'pass: domains are compared without case',
      zone: published('dkim=all'),
      author: 'EXAMPLE.com',
      dkim: [{ domain: 'Example.COM', result: 'pass' }],
      expected: { result: 'pass' },
    },
    {
      name: 'nxdomain: the author domain does not exist',
      zone: {},
      author: 'nowhere.example',
      expected: { result: 'nxdomain', reason: 'domain-nonexistent' },
    },
    {
      name: 'none: it exists without any mail record',
      zone: { 'example.com': { NS: ['ns.example.net'] } },
      expected: { result: 'none' },
    },
    {
      name: 'none: subdomains inherit nothing',
      zone: { ...published('dkim=all'), 'mail.example.com': { A: ['192.0.2.1'] } },
      author: 'mail.example.com',
      expected: { result: 'none', reason: 'no-record' },
    },
    {
      name: 'temperror: the existence check failed',
      zone: { 'example.com': { MX: 'SERVFAIL' } },
      expected: { result: 'temperror', reason: 'existence-unavailable' },
    },
    {
      name: 'the existence check failed, but the record itself shows that the domain exists',
      zone: { 'example.com': { MX: 'TIMEOUT' }, [NAME]: { TXT: ['dkim=all'] } },
      expected: { result: 'fail' },
    },
    {
      name: 'temperror: the record query failed',
      zone: { ...HOST, [NAME]: { TXT: 'SERVFAIL' } },
      expected: { result: 'temperror', reason: 'record-unavailable' },
    },
    {
      name: 'temperror: it timed out',
      zone: { ...HOST, [NAME]: { TXT: 'TIMEOUT' } },
      expected: { result: 'temperror', reason: 'record-unavailable' },
    },
    {
      name: 'temperror: the key of an author signature did not answer',
      zone: published('dkim=all'),
      dkim: [{ domain: 'example.com', result: 'temperror' }],
      expected: { result: 'temperror', reason: 'signature-unavailable', practice: 'all' },
    },
    {
      name: 'unknown: where nothing is promised an open signature changes nothing',
      zone: published('dkim=unknown'),
      dkim: [{ domain: 'example.com', result: 'temperror' }],
      expected: { result: 'unknown' },
    },
    {
      name: 'fail: a stranger’s open signature changes nothing',
      zone: published('dkim=all'),
      dkim: [{ domain: 'example.net', result: 'temperror' }],
      expected: { result: 'fail' },
    },
    {
      name: 'permerror: several records',
      zone: published('dkim=all', 'dkim=unknown'),
      expected: { result: 'permerror', reason: 'several-records' },
    },
    {
      name: 'permerror: even where only one is ADSP (§4.3 "more than one record")',
      zone: published('dkim=all', 'hello'),
      expected: { result: 'permerror', reason: 'several-records' },
    },
  ];
  it.each(cases)('$name', async ({ zone, author = 'example.com', dkim, expected }) => {
    const { resolver, asked, cost } = asking(zone);
    const report = await evaluateAdsp({ authorDomain: author, dkim, resolver });
    expect(report).toMatchObject(expected);
    expect(report.result).toBe(report.reason === null ? 'pass' : ADSP_REASONS[report.reason]);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(cost().roundTrips).toBeLessThanOrEqual(1);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('has a case for every result', async () => {
    const results = await Promise.all(
      cases.map(async ({ zone, author = 'example.com', dkim }) => {
        const { resolver } = asking(zone);
        return (await evaluateAdsp({ authorDomain: author, dkim, resolver })).result;
      }),
    );
    const all = ['discard', 'fail', 'none', 'nxdomain', 'pass', 'permerror', 'temperror', 'unknown'];
    expect([...new Set(results)].toSorted()).toEqual(all);
  });
});

it('asks nothing where a valid author domain signature answers already (RFC 5617 §5.4 pass)', async () => {
  const { resolver, asked } = asking(published('dkim=all'));
  await evaluateAdsp({ authorDomain: 'example.com', dkim: [{ domain: 'example.com', result: 'pass' }], resolver });
  expect(asked).toEqual([]);
});

it('asks for the domain and the record together (RFC 5617 §4.3)', async () => {
  const { resolver, asked, cost } = asking(published('dkim=all'));
  await evaluateAdsp({ authorDomain: 'example.com', resolver });
  expect(asked).toEqual(['MX example.com', `TXT ${NAME}`]);
  expect(cost().roundTrips).toBe(1);
});

it('says how authentic the record is', async () => {
  const zone = { ...HOST, [NAME]: { TXT: ['dkim=all'], _secure: true, _ttl: 60 } };
  const report = await evaluateAdsp({ authorDomain: 'example.com', resolver: asking(zone).resolver });
  expect(report).toMatchObject({ dnssec: 'secure', ttl: 60 });
});

it('rejects with the signal’s reason', async () => {
  const signal = AbortSignal.abort(new Error('given up'));
  await expect(evaluateAdsp({ authorDomain: 'example.com', resolver: asking(HOST).resolver, signal })).rejects.toThrow(
    'given up',
  );
});

it('takes any records without throwing', async () => {
  const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 3 }), async (records) => {
      const { resolver } = asking(HOST);
      const { result } = await evaluateAdsp({
        authorDomain: 'example.com',
        resolver: {
          async query(name, type, options) {
            const answer = await resolver.query(name, type, options);
            if (type !== 'TXT' || answer.kind === 'failure') return answer;
            return Object.assign({}, answer, { kind: 'records', records });
          },
        },
      });
      expect(['none', 'unknown', 'permerror', 'fail', 'discard']).toContain(result);
    }),
    { numRuns: 100 },
  );
});
