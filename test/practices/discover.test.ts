import { describe, expect, it } from 'vitest';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { LIMITS } from '../../src/limits.ts';
import { discoverPractices } from '../../src/practices/discover.ts';
import { evaluateAuthor } from '../../src/practices/evaluate.ts';
import type { PracticeStatement } from '../../src/practices/types.ts';
import { asking } from '../dmarc/asking.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const HOST = { 'example.com': { MX: ['10 mail.example.com'] } };
const DMARC = '_dmarc.example.com';
const ADSP = '_adsp._domainkey.example.com';

async function statementsOf(zone: ZoneFile, older = false): Promise<readonly PracticeStatement[]> {
  return (await discoverPractices('example.com', { resolver: asking(zone).resolver, now: NOW, older })).statements;
}
const texts = async (zone: ZoneFile, older = false): Promise<readonly string[]> =>
  (await statementsOf(zone, older)).map((statement) => statement.text);

describe('statements: one for each thing asked', () => {
  const cases: readonly (readonly [name: string, zone: ZoneFile, expected: readonly string[]])[] = [
    ['nothing published', HOST, ['dmarc-absent', 'adsp-absent']],
    ['DMARC reject', { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] } }, ['dmarc-reject', 'adsp-absent']],
    [
      'DMARC quarantine',
      { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=quarantine'] } },
      ['dmarc-quarantine', 'adsp-absent'],
    ],
    ['DMARC none', { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=none'] } }, ['dmarc-none', 'adsp-absent']],
    [
      'DMARC testing: one level less',
      { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject; t=y'] } },
      ['dmarc-quarantine', 'adsp-absent'],
    ],
    ['DMARC without usable policy', { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=x'] } }, ['dmarc-invalid', 'adsp-absent']],
    [
      'several DMARC records',
      { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'] } },
      ['dmarc-invalid', 'adsp-absent'],
    ],
    ['almost a DMARC record', { ...HOST, [DMARC]: { TXT: ['v=dmarc1; p=reject'] } }, ['dmarc-invalid', 'adsp-absent']],
    ['DMARC unanswered', { ...HOST, [DMARC]: { TXT: 'SERVFAIL' } }, ['dmarc-unsure', 'adsp-absent']],
    ['above it unanswered', { ...HOST, '_dmarc.com': { TXT: 'TIMEOUT' } }, ['dmarc-unsure', 'adsp-absent']],
    ['ADSP all', { ...HOST, [ADSP]: { TXT: ['dkim=all'] } }, ['dmarc-absent', 'adsp-all']],
    ['ADSP discardable', { ...HOST, [ADSP]: { TXT: ['dkim=discardable'] } }, ['dmarc-absent', 'adsp-discardable']],
    ['ADSP unknown', { ...HOST, [ADSP]: { TXT: ['dkim=unknown'] } }, ['dmarc-absent', 'adsp-unknown']],
    ['ADSP with another word', { ...HOST, [ADSP]: { TXT: ['dkim=strict'] } }, ['dmarc-absent', 'adsp-unknown']],
    [
      'a broken ADSP record counts as none',
      { ...HOST, [ADSP]: { TXT: ['v=DKIM1; p='] } },
      ['dmarc-absent', 'adsp-absent'],
    ],
    ['several ADSP records', { ...HOST, [ADSP]: { TXT: ['dkim=all', 'dkim=all'] } }, ['dmarc-absent', 'adsp-invalid']],
    ['ADSP unanswered', { ...HOST, [ADSP]: { TXT: 'SERVFAIL' } }, ['dmarc-absent', 'adsp-unsure']],
    ['the domain does not exist', {}, ['domain-nonexistent', 'dmarc-absent', 'adsp-absent']],
    [
      'nobody can say whether it exists',
      { 'example.com': { MX: 'SERVFAIL' } },
      ['domain-unsure', 'dmarc-absent', 'adsp-unsure'],
    ],
  ];
  it.each(cases)('%s', async (_name, zone, expected) => {
    expect(await texts(zone)).toEqual(expected);
  });

  const older: readonly (readonly [name: string, zone: ZoneFile, expected: readonly string[]])[] = [
    ['nothing', HOST, ['domainkeys-absent', 'ssp-absent']],
    [
      'DomainKeys: all signed',
      { ...HOST, '_domainkey.example.com': { TXT: ['o=-; r=postmaster@example.com'] } },
      ['domainkeys-all', 'ssp-absent'],
    ],
    [
      'DomainKeys: some signed',
      { ...HOST, '_domainkey.example.com': { TXT: ['o=~'] } },
      ['domainkeys-some', 'ssp-absent'],
    ],
    [
      'DomainKeys: the default',
      { ...HOST, '_domainkey.example.com': { TXT: ['t=y; n=notes'] } },
      ['domainkeys-some', 'ssp-absent'],
    ],
    [
      'DomainKeys: all signed, but testing',
      { ...HOST, '_domainkey.example.com': { TXT: ['t=y; o=-'] } },
      ['domainkeys-some', 'ssp-absent'],
    ],
    [
      'DomainKeys: something else there',
      { ...HOST, '_domainkey.example.com': { TXT: ['o=!', 'hello'] } },
      ['domainkeys-absent', 'ssp-absent'],
    ],
    [
      'DomainKeys: unanswered',
      { ...HOST, '_domainkey.example.com': { TXT: 'SERVFAIL' } },
      ['domainkeys-unsure', 'ssp-absent'],
    ],
    ['SSP: all', { ...HOST, '_ssp._domainkey.example.com': { TXT: ['dkim=all'] } }, ['domainkeys-absent', 'ssp-all']],
    [
      'SSP: strict',
      { ...HOST, '_ssp._domainkey.example.com': { TXT: ['dkim=strict; t=s'] } },
      ['domainkeys-absent', 'ssp-strict'],
    ],
    [
      'SSP: discardable',
      { ...HOST, '_ssp._domainkey.example.com': { TXT: ['dkim=discardable'] } },
      ['domainkeys-absent', 'ssp-strict'],
    ],
    [
      'SSP: unknown',
      { ...HOST, '_ssp._domainkey.example.com': { TXT: ['dkim=unknown'] } },
      ['domainkeys-absent', 'ssp-unknown'],
    ],
    [
      'SSP: strict, but testing',
      { ...HOST, '_ssp._domainkey.example.com': { TXT: ['dkim=strict; t=s:y'] } },
      ['domainkeys-absent', 'ssp-unknown'],
    ],
    [
      'SSP: unanswered',
      { ...HOST, '_ssp._domainkey.example.com': { TXT: 'TIMEOUT' } },
      ['domainkeys-absent', 'ssp-unsure'],
    ],
  ];
  it.each(older)('older forms, asked for: %s', async (_name, zone, expected) => {
    expect((await texts(zone, true)).slice(2)).toEqual(expected);
  });

  it('asks for older forms only where wanted', async () => {
    const { resolver, asked } = asking(HOST);
    await discoverPractices('example.com', { resolver, now: NOW });
    expect(asked.filter((question) => /(?:TXT _domainkey|_ssp)/.test(question))).toEqual([]);
  });
});

describe('evidence of a statement', () => {
  it('is the record, its name, TTL and DNSSEC state, the domain it speaks for, and when it was asked', async () => {
    const zone = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'], _ttl: 77, _secure: true } };
    const report = await discoverPractices('mail.example.com', {
      resolver: asking({ ...zone, 'mail.example.com': { A: ['192.0.2.1'] } }).resolver,
      now: () => NOW,
    });
    expect(report).toMatchObject({ lookedUp: true, why: 'asked-for', askedAt: '2026-11-22T12:00:00.000Z' });
    expect(report.statements[0]).toEqual({
      source: 'dmarc',
      domain: 'mail.example.com',
      text: 'dmarc-reject',
      record: 'v=DMARC1; p=reject',
      name: DMARC,
      ttl: 77,
      dnssec: 'insecure', // that mail.example.com has no record of its own is not authenticated
    });
  });

  it('names the place that did not answer, or that does not count', async () => {
    const [unsure] = await statementsOf({ ...HOST, '_dmarc.com': { TXT: 'SERVFAIL' } });
    expect(unsure).toMatchObject({ text: 'dmarc-unsure', name: '_dmarc.com', record: null, dnssec: 'indeterminate' });
    const [invalid] = await statementsOf({ ...HOST, [DMARC]: { TXT: ['v=DMARC2'] } });
    expect(invalid).toMatchObject({ text: 'dmarc-invalid', name: DMARC, record: 'v=DMARC2' });
  });
});

describe('authorized signers (RFC 6541)', () => {
  const claim = (signer: string, result = 'pass') => ({
    signature: { domain: signer, result },
    atps: 'example.com',
    atpsh: 'none',
  });
  const zone = {
    ...HOST,
    'provider.example._atps.example.com': { TXT: ['v=ATPS1'] },
    'silent.example._atps.example.com': { TXT: 'SERVFAIL' },
  };

  it('are stated, as is one that could not be asked about; one not listed is not', async () => {
    const { statements } = await discoverPractices(
      {
        authorDomain: 'example.com',
        atps: ['provider.example', 'silent.example', 'other.example'].map((each) => claim(each)),
      },
      { resolver: asking(zone).resolver, now: NOW },
    );
    expect(statements.slice(2)).toMatchObject([
      { source: 'atps', text: 'atps-delegated', domain: 'example.com', signer: 'provider.example', record: 'v=ATPS1' },
      { source: 'atps', text: 'atps-unsure', signer: 'silent.example', record: null },
    ]);
  });

  it('are asked about only a few times, and only for valid signatures', async () => {
    const { resolver, asked } = asking(zone);
    const many = Array.from({ length: 100 }, (_, at) => claim(`s${at}.example`));
    await discoverPractices(
      { authorDomain: 'example.com', atps: [claim('broken.example', 'fail'), ...many] },
      { resolver, now: NOW },
    );
    const questions = asked.filter((question) => question.includes('._atps.'));
    expect(questions).toHaveLength(LIMITS.atpsQueries);
    expect(questions).not.toContain('TXT broken.example._atps.example.com');
  });
});

describe('all about an author at once', () => {
  const zone = { ...HOST, [DMARC]: { TXT: ['v=DMARC1; p=reject'] }, [ADSP]: { TXT: ['dkim=all'] } };
  const signature = { domain: 'example.com', result: 'pass', relation: 'domain', testing: false } as const;

  it('costs one round trip and each question once', async () => {
    const { resolver, asked, cost } = asking(zone);
    const found = await evaluateAuthor({ authorDomain: 'example.com', dkim: [] }, { resolver, now: NOW, older: true });
    expect(found).toMatchObject({
      practices: { lookedUp: true, why: 'no-valid-first-party-signature' },
      dmarc: { result: 'fail', policy: 'reject' },
      adsp: { result: 'fail', practice: 'all' },
    });
    expect(asked.toSorted()).toEqual([
      'MX example.com',
      `TXT ${ADSP}`,
      'TXT _dmarc.com',
      `TXT ${DMARC}`,
      'TXT _domainkey.example.com',
      'TXT _ssp._domainkey.example.com',
    ]);
    expect(cost().roundTrips).toBe(1);
  });

  it('costs nothing where a first party signature settles the matter, and says so', async () => {
    const { resolver, asked } = asking(zone);
    const found = await evaluateAuthor({ authorDomain: 'example.com', dkim: [signature] }, { resolver, now: NOW });
    expect(found).toMatchObject({
      practices: { lookedUp: false, why: 'first-party-signature', statements: [], askedAt: null },
      dmarc: { result: 'none', reason: 'not-looked-up' },
      adsp: { result: 'none', reason: 'not-looked-up' },
    });
    expect(asked).toEqual([]);
  });

  it('says where there is no author domain, or the reader does not want to ask', async () => {
    const { resolver, asked } = asking(zone);
    expect(await evaluateAuthor({ authorDomain: null }, { resolver, now: NOW })).toMatchObject({
      practices: { why: 'no-author-domain' },
      dmarc: { reason: 'no-author-domain' },
      adsp: { reason: 'no-author-domain' },
    });
    const off = await evaluateAuthor({ authorDomain: 'example.com', switchedOff: true }, { resolver, now: NOW });
    expect(off).toMatchObject({ practices: { why: 'switched-off' }, dmarc: { reason: 'not-looked-up' } });
    expect(asked).toEqual([]);
  });

  it('survives JSON', async () => {
    const found = await evaluateAuthor({ authorDomain: 'example.com' }, { resolver: asking(zone).resolver, now: NOW });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

it('is a programming error to ask about what is no domain', async () => {
  await expect(discoverPractices('not a domain', { resolver: asking({}).resolver })).rejects.toThrow(TypeError);
});

it('rejects with the signal’s reason', async () => {
  const signal = AbortSignal.abort(new Error('given up'));
  await expect(
    evaluateAuthor({ authorDomain: 'example.com' }, { resolver: asking({}).resolver, signal }),
  ).rejects.toThrow('given up');
});
