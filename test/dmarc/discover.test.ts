import { describe, expect, it } from 'vitest';
import { discoverDmarc, organizationalDomain } from '../../src/dmarc/discover.ts';
import { asking, dmarcZone } from './asking.ts';
import { DEEP, MAIL, ORG } from './policy-case.ts';
import type { PolicyCase } from './policy-case.ts';

describe('the policy that applies (RFC 9989 §4.10.1)', () => {
  const cases: readonly PolicyCase[] = [
    {
      name: 'the author domain’s own record gives p',
      records: { 'example.com': ORG },
      author: 'example.com',
      expected: { policy: 'reject', at: '_dmarc.example.com', origin: 'author' },
    },
    {
      name: 'its own record wins over the organization’s',
      records: { [MAIL]: 'v=DMARC1; p=none', 'example.com': ORG },
      author: MAIL,
      expected: { policy: 'none', at: `_dmarc.${MAIL}`, origin: 'author', organizationalDomain: 'example.com' },
    },
    { name: 'its own sp is not for itself', records: { [MAIL]: ORG }, author: MAIL, expected: { policy: 'reject' } },
    {
      name: 'an existing subdomain gets sp',
      records: { 'example.com': ORG },
      domains: [MAIL],
      author: MAIL,
      expected: { policy: 'quarantine', origin: 'organizational' },
    },
    {
      name: 'a nonexistent subdomain gets np',
      records: { 'example.com': ORG },
      author: MAIL,
      expected: { policy: 'none', origin: 'organizational' },
    },
    {
      name: 'a name above an existing one exists',
      records: { 'example.com': ORG },
      domains: [`www.${MAIL}`],
      author: MAIL,
      expected: { policy: 'quarantine' },
    },
    {
      name: 'sp defaults to p',
      records: { 'example.com': 'v=DMARC1; p=reject' },
      domains: [MAIL],
      author: MAIL,
      expected: { policy: 'reject' },
    },
    {
      name: 'np defaults to sp',
      records: { 'example.com': 'v=DMARC1; p=none; sp=reject' },
      author: MAIL,
      expected: { policy: 'reject' },
    },
    {
      name: 'np defaults to p without sp',
      records: { 'example.com': 'v=DMARC1; p=quarantine' },
      author: MAIL,
      expected: { policy: 'quarantine' },
    },
    {
      name: 'np alone leaves existing subdomains to p',
      records: { 'example.com': 'v=DMARC1; p=none; np=reject' },
      domains: [MAIL],
      author: MAIL,
      expected: { policy: 'none' },
    },
    {
      name: 'np alone for a nonexistent subdomain',
      records: { 'example.com': 'v=DMARC1; p=none; np=reject' },
      author: MAIL,
      expected: { policy: 'reject' },
    },
    {
      name: 'records between author and organization are passed over',
      records: { 'mail.example.com': 'v=DMARC1; p=none', 'example.com': ORG },
      domains: ['a.mail.example.com'],
      author: 'a.mail.example.com',
      expected: { policy: 'quarantine', at: '_dmarc.example.com' },
    },
    {
      name: 'deep names find the organization (§B.4.2)',
      records: { 'example.com': ORG },
      domains: [DEEP],
      author: DEEP,
      expected: { policy: 'quarantine', organizationalDomain: 'example.com' },
    },
    {
      name: 'a deep name’s own record is asked for before the shortcut',
      records: { [DEEP]: 'v=DMARC1; p=none', 'example.com': ORG },
      author: DEEP,
      expected: { policy: 'none', origin: 'author' },
    },
    {
      name: 'a record beyond the shortcut is not found',
      records: { 'b.c.d.e.f.g.h.i.j.k.example.com': 'v=DMARC1; p=none', 'example.com': ORG },
      domains: [DEEP],
      author: DEEP,
      expected: { policy: 'quarantine' },
    },
    {
      name: 'below psd=n the department’s record applies',
      records: { 'dept.example.com': 'v=DMARC1; p=quarantine; psd=n', 'example.com': ORG },
      author: 'a.dept.example.com',
      expected: { policy: 'quarantine', organizationalDomain: 'dept.example.com' },
    },
    {
      name: 'the public suffix operator’s record covers those without one',
      records: { bank: 'v=DMARC1; p=reject; sp=quarantine; psd=y' },
      domains: ['giant.bank'],
      author: 'giant.bank',
      expected: { policy: 'quarantine', at: '_dmarc.bank', origin: 'psd', organizationalDomain: 'giant.bank' },
    },
    {
      name: 'the operator’s np covers names nobody registered',
      records: { bank: 'v=DMARC1; p=none; sp=none; np=reject; psd=y' },
      author: 'nobody.bank',
      expected: { policy: 'reject', origin: 'psd' },
    },
    {
      name: '§4.10.1 note: an organization with its own record is not the operator’s',
      records: { bank: 'v=DMARC1; p=reject; psd=y', 'giant.bank': 'v=DMARC1; p=none' },
      domains: ['a.giant.bank'],
      author: 'a.giant.bank',
      expected: { policy: 'none', at: '_dmarc.giant.bank', origin: 'organizational' },
    },
    {
      name: 'a record between author and the name below psd=y is passed over',
      records: { bank: 'v=DMARC1; p=reject; psd=y', 'a.giant.bank': 'v=DMARC1; p=none' },
      domains: ['b.a.giant.bank'],
      author: 'b.a.giant.bank',
      expected: { policy: 'reject', origin: 'psd', organizationalDomain: 'giant.bank' },
    },
    {
      name: 'the operator’s own mail gets p',
      records: { bank: 'v=DMARC1; p=reject; sp=none; psd=y' },
      author: 'bank',
      expected: { policy: 'reject', origin: 'author', organizationalDomain: 'bank' },
    },
    {
      name: 'a top level record without psd=y is the organization’s',
      records: { com: ORG },
      domains: ['example.com'],
      author: 'example.com',
      expected: { policy: 'quarantine', organizationalDomain: 'com' },
    },
    {
      name: 't=y takes reject down to quarantine',
      records: { 'example.com': 'v=DMARC1; p=reject; t=y' },
      author: 'example.com',
      expected: { policy: 'reject', effectivePolicy: 'quarantine' },
    },
    {
      name: 't=y takes quarantine down to none',
      records: { 'example.com': 'v=DMARC1; p=quarantine; t=y' },
      author: 'example.com',
      expected: { policy: 'quarantine', effectivePolicy: 'none' },
    },
    {
      name: 't=y leaves none',
      records: { 'example.com': 'v=DMARC1; p=none; t=y' },
      author: 'example.com',
      expected: { policy: 'none', effectivePolicy: 'none' },
    },
    {
      name: 't=y counts for sp too',
      records: { 'example.com': 'v=DMARC1; p=none; sp=reject; t=y' },
      author: MAIL,
      expected: { policy: 'reject', effectivePolicy: 'quarantine' },
    },
    {
      name: 't=n changes nothing',
      records: { 'example.com': 'v=DMARC1; p=reject; t=n' },
      author: 'example.com',
      expected: { effectivePolicy: 'reject' },
    },
    {
      name: 'a missing p with rua is p=none',
      records: { 'example.com': 'v=DMARC1; rua=mailto:d@example.com' },
      author: 'example.com',
      expected: { policy: 'none', reason: null },
    },
    {
      name: 'an invalid sp with rua is p=none',
      records: { 'example.com': 'v=DMARC1; p=reject; sp=x; rua=mailto:d@example.com' },
      author: 'example.com',
      expected: { policy: 'none', reason: null },
    },
    {
      name: 'a missing p without rua: no DMARC processing',
      records: { 'example.com': 'v=DMARC1' },
      author: 'example.com',
      expected: { policy: null, reason: 'policy-unusable', at: '_dmarc.example.com' },
    },
    {
      name: 'an unusable record of its own is not replaced by the organization’s',
      records: { [MAIL]: 'v=DMARC1; p=x', 'example.com': ORG },
      author: MAIL,
      expected: { policy: null, reason: 'policy-unusable' },
    },
    {
      name: 'several records: none counts',
      records: { 'example.com': [ORG, 'v=DMARC1; p=none'] },
      author: 'example.com',
      expected: { policy: null, reason: 'several-records' },
    },
    {
      name: 'several records of its own leave the organization’s',
      records: { [MAIL]: [ORG, ORG], 'example.com': ORG },
      author: MAIL,
      expected: { policy: 'quarantine', at: '_dmarc.example.com' },
    },
    {
      name: 'v=dmarc1 does not count',
      records: { 'example.com': 'v=dmarc1; p=reject' },
      author: 'example.com',
      expected: { policy: null, reason: 'record-invalid' },
    },
    {
      name: 'v= must come first',
      records: { 'example.com': 'p=reject; v=DMARC1' },
      author: 'example.com',
      expected: { policy: null, reason: 'record-invalid' },
    },
    {
      name: 'what does not count leaves one that does',
      records: { 'example.com': ['v=DMARC1; p=reject', 'v=DMARC2; p=none'] },
      author: 'example.com',
      expected: { policy: 'reject' },
    },
    {
      name: 'a foreign TXT record is no record',
      records: { 'example.com': 'v=spf1 -all' },
      author: 'example.com',
      expected: { policy: null, reason: 'no-record' },
    },
    {
      name: 'nothing anywhere',
      records: {},
      domains: ['example.com'],
      author: 'example.com',
      expected: { policy: null, reason: 'no-record', organizationalDomain: 'example.com' },
    },
    {
      name: 'a nonexistent domain without anything',
      records: {},
      author: 'nowhere.example',
      expected: { policy: null, reason: 'no-record' },
    },
  ];
  it.each(cases)('$name', async ({ records, domains, author, expected }) => {
    const { resolver, asked, cost } = asking(dmarcZone(records, domains));
    const found = await discoverDmarc(author, { resolver });
    const { at, origin, ...rest } = expected;
    expect(found).toMatchObject(rest);
    if (at !== undefined) expect(found.applied?.name).toBe(at);
    if (origin !== undefined) expect(found.applied?.origin).toBe(origin);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThanOrEqual(9);
    expect(cost().roundTrips).toBe(1);
  });
});

describe('evidence', () => {
  it('carries the record as published, its name, TTL and the weakest DNSSEC state it rests on', async () => {
    const zone = {
      'example.com': { A: ['192.0.2.1'], _secure: true },
      '_dmarc.example.com': { TXT: [ORG], _ttl: 1234, _secure: true },
    };
    const own = await discoverDmarc('example.com', { resolver: asking(zone).resolver });
    expect(own.applied).toMatchObject({ text: ORG, name: '_dmarc.example.com', ttl: 1234, dnssec: 'secure' });
    const insecure = { ...zone, 'mail.example.com': { A: ['192.0.2.1'], _secure: false } };
    const inherited = await discoverDmarc('mail.example.com', { resolver: asking(insecure).resolver });
    expect(inherited.applied).toMatchObject({ ttl: 1234, dnssec: 'insecure' });
  });

  it('is plain data', async () => {
    const found = await discoverDmarc(MAIL, { resolver: asking(dmarcZone({ 'example.com': ORG })).resolver });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('does not ask for a name longer than DNS allows', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(57)}.example.com`;
    const { resolver, asked } = asking(dmarcZone({ 'example.com': ORG }, [long]));
    expect(await discoverDmarc(long, { resolver })).toMatchObject({ policy: 'quarantine' });
    expect(asked).not.toContain(`TXT _dmarc.${long}`);
  });
});

it('is a programming error to ask about what is no domain', async () => {
  await expect(discoverDmarc('not a domain', { resolver: asking({}).resolver })).rejects.toThrow(TypeError);
  await expect(organizationalDomain('', { resolver: asking({}).resolver })).rejects.toThrow(TypeError);
});

it('rejects with the signal’s reason', async () => {
  const signal = AbortSignal.abort(new Error('given up'));
  await expect(discoverDmarc('example.com', { resolver: asking({}).resolver, signal })).rejects.toThrow('given up');
});
