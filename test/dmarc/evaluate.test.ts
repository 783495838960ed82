import { describe, expect, it } from 'vitest';
import { evaluateDmarc } from '../../src/dmarc/evaluate.ts';
import type { DmarcInput } from '../../src/dmarc/evaluate.ts';
import { DMARC_REASONS } from '../../src/dmarc/reasons.ts';
import type { DmarcReport } from '../../src/dmarc/types.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { LIMITS } from '../../src/limits.ts';
import { asking, dmarcZone } from './asking.ts';

type Signatures = NonNullable<DmarcInput['dkim']>;
const signed = (...domains: string[]): Signatures => domains.map((domain) => ({ domain, result: 'pass' }));
const broken = (domain: string): Signatures => [{ domain, result: 'fail' }];
const unverifiable = (domain: string): Signatures => [{ domain, result: 'temperror' }];

interface Case {
  readonly name: string;
  readonly records: Readonly<Record<string, string | readonly string[]>>;
  readonly author: string | null;
  readonly dkim?: Signatures;
  readonly spf?: DmarcInput['spf'];
  readonly expected: Partial<DmarcReport>;
}

const P = 'v=DMARC1; p=reject';
const STRICT = 'v=DMARC1; p=reject; adkim=s; aspf=s';
const pass = (domain: string) => [{ domain, result: 'pass' }];

async function evaluate({ records, author, dkim, spf }: Case, extra: ZoneFile = {}): Promise<DmarcReport> {
  const { resolver } = asking({ ...dmarcZone(records), ...extra });
  return evaluateDmarc({ authorDomain: author, dkim, spf, resolver });
}

describe('identifier alignment (RFC 9989 §4.4, examples of §B.1)', () => {
  const cases: readonly Case[] = [
    {
      name: '§B.1.1 example 1: SPF in strict alignment',
      records: { 'example.com': STRICT },
      author: 'example.com',
      spf: pass('example.com'),
      expected: { result: 'pass', reason: null, alignedSpf: 'example.com' },
    },
    {
      name: '§B.1.1 example 2: SPF in relaxed alignment',
      records: { 'example.com': P },
      author: 'example.com',
      spf: pass('child.example.com'),
      expected: { result: 'pass', alignedSpf: 'child.example.com' },
    },
    {
      name: '§B.1.1 example 3: no SPF alignment',
      records: { 'example.com': P },
      author: 'child.example.com',
      spf: pass('example.net'),
      expected: { result: 'fail', reason: 'not-aligned', alignedSpf: null },
    },
    {
      name: '§B.1.2 example 1: DKIM in strict alignment',
      records: { 'example.com': STRICT },
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'pass', alignedDkim: ['example.com'] },
    },
    {
      name: '§B.1.2 example 2: DKIM in relaxed alignment',
      records: { 'example.com': P },
      author: 'child.example.com',
      dkim: signed('example.com'),
      expected: { result: 'pass', alignedDkim: ['example.com'] },
    },
    {
      name: '§B.1.2 example 3: no DKIM alignment',
      records: { 'example.com': P },
      author: 'child.example.com',
      dkim: signed('example.net'),
      expected: { result: 'fail', reason: 'not-aligned', alignedDkim: [] },
    },
    {
      name: '§B.3.1: both align',
      records: { 'example.com': 'v=DMARC1; p=reject; aspf=r' },
      author: 'example.com',
      dkim: signed('example.com'),
      spf: pass('mail.example.com'),
      expected: { result: 'pass', alignedDkim: ['example.com'], alignedSpf: 'mail.example.com' },
    },
    {
      name: '§B.4.1: the signing domain below the organization',
      records: { 'example.com': P, 'signing.example.com': P },
      author: 'example.com',
      dkim: signed('signing.example.com'),
      expected: { result: 'pass', organizationalDomain: 'example.com' },
    },
    {
      name: '§B.4.2: the deep author domain',
      records: { 'example.com': P, 'signing.example.com': P },
      author: 'a.b.c.d.e.f.g.h.i.j.k.example.com',
      dkim: signed('signing.example.com'),
      expected: { result: 'pass', organizationalDomain: 'example.com' },
    },
    {
      name: '§B.4.3: SPF aligned, DKIM of another bank not',
      records: { 'giant.bank.example': P, 'bank.example': 'v=DMARC1; p=none; psd=y' },
      author: 'giant.bank.example',
      dkim: signed('mail.mega.bank.example'),
      spf: pass('mail.giant.bank.example'),
      expected: {
        result: 'pass',
        alignedDkim: [],
        alignedSpf: 'mail.giant.bank.example',
        alignableDkim: [],
        alignableSpf: ['mail.giant.bank.example'],
      },
    },
    {
      name: '§B.4.3: the other bank alone fails',
      records: { 'giant.bank.example': P, 'bank.example': 'v=DMARC1; p=none; psd=y' },
      author: 'giant.bank.example',
      dkim: signed('mail.mega.bank.example'),
      expected: { result: 'fail', reason: 'not-aligned', policy: 'reject' },
    },
    {
      name: '§4.4: the domains are compared without case',
      records: { 'example.com': STRICT },
      author: 'Example.COM',
      dkim: signed('EXAMPLE.com'),
      expected: { result: 'pass' },
    },
    {
      name: '§4.4: U-labels and A-labels of one domain are the same',
      records: { 'xn--bcher-kva.example': STRICT },
      author: 'bücher.example',
      dkim: signed('xn--bcher-kva.example'),
      expected: { result: 'pass' },
    },
    {
      name: 'adkim=s does not take a subdomain',
      records: { 'example.com': STRICT },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      expected: { result: 'fail', reason: 'not-aligned', alignableDkim: [] },
    },
    {
      name: 'aspf=s leaves DKIM relaxed',
      records: { 'example.com': 'v=DMARC1; p=reject; aspf=s' },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      spf: pass('mail.example.com'),
      expected: { result: 'pass', alignedDkim: ['mail.example.com'], alignedSpf: null },
    },
    {
      name: 'adkim=s leaves SPF relaxed',
      records: { 'example.com': 'v=DMARC1; p=reject; adkim=s' },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      spf: pass('mail.example.com'),
      expected: { result: 'pass', alignedDkim: [], alignedSpf: 'mail.example.com' },
    },
    {
      name: 'the mode comes from the record that applies, not from the organization’s',
      records: { 'mail.example.com': STRICT, 'example.com': P },
      author: 'mail.example.com',
      dkim: signed('example.com'),
      expected: { result: 'fail' },
    },
    {
      name: 'psd=n parts a department from its organization',
      records: { 'dept.example.com': 'v=DMARC1; p=none; psd=n', 'example.com': P },
      author: 'example.com',
      dkim: signed('dept.example.com'),
      expected: { result: 'fail', alignableDkim: [] },
    },
    {
      name: 'siblings below one organization are aligned',
      records: { 'example.com': P },
      author: 'a.example.com',
      dkim: signed('b.example.com'),
      expected: { result: 'pass' },
    },
    {
      name: 'a name that only ends alike is not',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: signed('notexample.com'),
      expected: { result: 'fail' },
    },
    {
      name: 'one of several signatures suffices',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: [...signed('list.example.net'), ...broken('example.com'), ...signed('mail.example.com')],
      expected: { result: 'pass', alignedDkim: ['mail.example.com'] },
    },
    {
      name: 'a registry with a record and without psd=y makes nobody below it one organization',
      records: { 'co.uk': P },
      author: 'bank.co.uk',
      dkim: signed('signer.co.uk'),
      expected: { result: 'fail', reason: 'not-aligned', organizationalDomain: 'co.uk', alignableDkim: [] },
    },
    {
      name: '§11.8: psd=n keeps them apart',
      records: { com: P, 'example.com': `${P}; psd=n` },
      author: 'example.com',
      dkim: signed('signer.com'),
      expected: { result: 'fail', organizationalDomain: 'example.com' },
    },
  ];
  it.each(cases)('$name', async (each) => {
    expect(await evaluate(each)).toMatchObject(each.expected);
  });
});

describe('the result (RFC 9989 §5.3)', () => {
  const cases: readonly Case[] = [
    {
      name: 'no author domain: none',
      records: {},
      author: null,
      dkim: signed('example.com'),
      expected: { result: 'none', reason: 'no-author-domain', domain: null, walk: [] },
    },
    {
      name: 'an address literal is no domain',
      records: {},
      author: '[192.0.2.1]',
      expected: { result: 'none', reason: 'no-author-domain' },
    },
    {
      name: 'no record: none, whatever passes',
      records: {},
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'none', reason: 'no-record', policy: null },
    },
    {
      name: 'several records: none, and says why',
      records: { 'example.com': [P, P] },
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'none', reason: 'several-records' },
    },
    {
      name: 'an unusable policy: none, and says why',
      records: { 'example.com': 'v=DMARC1; p=x' },
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'none', reason: 'policy-unusable', record: 'v=DMARC1; p=x' },
    },
    {
      name: 'an unsigned message fails',
      records: { 'example.com': P },
      author: 'example.com',
      expected: { result: 'fail', reason: 'no-authenticated-identifier', policy: 'reject', effectivePolicy: 'reject' },
    },
    {
      name: 'a broken signature does not count',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: broken('example.com'),
      expected: {
        result: 'fail',
        reason: 'no-authenticated-identifier',
        alignedDkim: [],
        alignableDkim: ['example.com'],
      },
    },
    {
      name: 'SPF softfail does not count',
      records: { 'example.com': P },
      author: 'example.com',
      spf: [{ domain: 'example.com', result: 'softfail' }],
      expected: { result: 'fail', reason: 'no-authenticated-identifier' },
    },
    {
      name: 'fail under p=none is still a fail',
      records: { 'example.com': 'v=DMARC1; p=none' },
      author: 'example.com',
      expected: { result: 'fail', policy: 'none' },
    },
    {
      name: 'the record and its place are shown',
      records: { 'example.com': P },
      author: 'mail.example.com',
      expected: {
        record: P,
        recordName: '_dmarc.example.com',
        recordOrigin: 'organizational',
        ttl: 300,
        dnssec: 'insecure',
      },
    },
    {
      name: 'a signature whose domain is none is passed over',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: [
        { domain: null, result: 'permerror' },
        { domain: 'not a domain', result: 'pass' },
      ],
      expected: { result: 'fail', reason: 'no-authenticated-identifier' },
    },
  ];
  it.each(cases)('$name', async (each) => {
    expect(await evaluate(each)).toMatchObject(each.expected);
  });

  it('has the result its reason stands for', async () => {
    for (const each of cases) {
      const { result, reason } = await evaluate(each);
      expect(result).toBe(reason === null ? 'pass' : DMARC_REASONS[reason]);
    }
  });
});

describe('failures (RFC 9989 §5.3.6): neither pass nor fail', () => {
  const NP = 'v=DMARC1; p=reject; sp=reject; np=none';
  const cases: readonly (Case & { readonly extra?: ZoneFile })[] = [
    {
      name: 'of the author’s record',
      records: { 'example.com': 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'temperror', reason: 'policy-unavailable', policy: null },
    },
    {
      name: 'of a name the organization depends on, with a relative signing',
      records: { 'example.com': P, com: 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      expected: { result: 'temperror', reason: 'organizational-domain-unavailable', policy: 'reject' },
    },
    {
      name: 'of the same name, with the author domain signing: pass',
      records: { 'example.com': P, com: 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('example.com'),
      expected: { result: 'pass', reason: null, organizationalDomain: null },
    },
    {
      name: 'of the same name, nobody signing: fail',
      records: { 'example.com': P, com: 'SERVFAIL' },
      author: 'example.com',
      expected: { result: 'fail', reason: 'no-authenticated-identifier' },
    },
    {
      name: 'of the same name, an unrelated domain signing: fail',
      records: { 'example.com': P, com: 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('list.example.net'),
      expected: { result: 'fail', reason: 'not-aligned' },
    },
    {
      name: 'of the same name under adkim=s: fail',
      records: { 'example.com': STRICT, com: 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      expected: { result: 'fail', reason: 'not-aligned' },
    },
    {
      name: 'of the signer’s own name below the organization',
      records: { 'example.com': P, 'mail.example.com': 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('mail.example.com'),
      expected: {
        result: 'temperror',
        reason: 'organizational-domain-unavailable',
        organizationalDomain: 'example.com',
        alignableDkim: [],
      },
    },
    {
      name: 'of a stranger’s names, which the stranger could arrange: fail',
      records: { 'example.com': P, 'evil.example': 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('evil.example'),
      expected: { result: 'fail', reason: 'not-aligned' },
    },
    {
      name: 'of a stranger’s names in the same top level domain: fail',
      records: { 'example.com': P, 'evil.com': 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('evil.com'),
      expected: { result: 'fail', reason: 'not-aligned' },
    },
    {
      name: 'of one signer, while another one is aligned: pass',
      records: { 'example.com': P, 'mail.example.com': 'SERVFAIL' },
      author: 'example.com',
      dkim: signed('mail.example.com', 'news.example.com'),
      expected: { result: 'pass', alignedDkim: ['news.example.com'] },
    },
    {
      name: 'of an aligned signature’s key',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: unverifiable('mail.example.com'),
      expected: { result: 'temperror', reason: 'identifier-unavailable' },
    },
    {
      name: 'of an aligned SPF check',
      records: { 'example.com': P },
      author: 'example.com',
      spf: [{ domain: 'example.com', result: 'temperror' }],
      expected: { result: 'temperror', reason: 'identifier-unavailable' },
    },
    {
      name: 'of a stranger’s key: fail',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: unverifiable('evil.example'),
      expected: { result: 'fail', reason: 'no-authenticated-identifier' },
    },
    {
      name: 'of a key that strict alignment would not take: fail',
      records: { 'example.com': STRICT },
      author: 'example.com',
      dkim: unverifiable('mail.example.com'),
      expected: { result: 'fail' },
    },
    {
      name: 'of a key while SPF is aligned: pass',
      records: { 'example.com': P },
      author: 'example.com',
      dkim: unverifiable('example.com'),
      spf: pass('example.com'),
      expected: { result: 'pass' },
    },
    {
      name: 'of existence where it decides the policy',
      records: { 'example.com': NP },
      extra: { 'mail.example.com': { MX: 'SERVFAIL' } },
      author: 'mail.example.com',
      expected: { result: 'temperror', reason: 'existence-unavailable', policy: null, record: NP },
    },
    {
      name: 'of existence where the message passes anyway',
      records: { 'example.com': NP },
      extra: { 'mail.example.com': { MX: 'SERVFAIL' } },
      author: 'mail.example.com',
      dkim: signed('example.com'),
      expected: { result: 'pass', policy: null },
    },
  ];
  it.each(cases)('$name', async (each) => {
    expect(await evaluate(each, each.extra)).toMatchObject(each.expected);
  });

  it('says permerror where a record is too long to be one', async () => {
    const resolver = asking({}).resolver;
    const long = `v=DMARC1; p=reject; x=${'a'.repeat(LIMITS.txtRecordBytes)}`;
    const report = await evaluateDmarc({
      authorDomain: 'example.com',
      resolver: {
        async query(name, type, options) {
          const answer = await resolver.query(name, type, options);
          if (name !== '_dmarc.example.com' || answer.kind === 'failure') return answer;
          return Object.assign({}, answer, { kind: 'records', records: [long] });
        },
      },
    });
    expect(report).toMatchObject({ result: 'permerror', reason: 'record-too-long' });
  });
});

describe('the cost of an evaluation (RFC 5016 §5.2 requirement 2, §6 requirement 2)', () => {
  it('walks author and relatives in one round trip, each name once', async () => {
    const { resolver, asked, cost } = asking(dmarcZone({ 'example.com': P }));
    await evaluateDmarc({ authorDomain: 'a.example.com', dkim: signed('b.example.com', 'c.example.com'), resolver });
    expect(asked.toSorted()).toEqual([
      'MX a.example.com',
      'TXT _dmarc.a.example.com',
      'TXT _dmarc.b.example.com',
      'TXT _dmarc.c.example.com',
      'TXT _dmarc.com',
      'TXT _dmarc.example.com',
    ]);
    expect(cost().roundTrips).toBe(1);
  });

  it('asks nothing about strangers', async () => {
    const { resolver, asked } = asking(dmarcZone({ 'example.com': P }));
    await evaluateDmarc({ authorDomain: 'example.com', dkim: signed('evil.example', 'evil.com'), resolver });
    expect(asked.filter((question) => question.includes('evil'))).toEqual([]);
  });

  it('walks a bounded number of identifiers, passing ones first; one left out never makes a message fail', async () => {
    const flood = Array.from({ length: 500 }, (_, at) => `s${at}.example.com`);
    const { resolver, asked } = asking(dmarcZone({ 'example.com': 'v=DMARC1; p=reject; psd=n' }));
    const many = [...flood.flatMap(broken), ...signed('good.example.com')];
    expect(await evaluateDmarc({ authorDomain: 'example.com', dkim: many, resolver })).toMatchObject({
      result: 'pass',
    });
    expect(asked.length).toBeLessThanOrEqual(3 + LIMITS.dmarcIdentifiers);

    const own = Object.fromEntries(flood.map((domain) => [domain, `${P}; psd=n`]));
    const parted = asking(dmarcZone({ ...own, 'example.com': P }));
    const report = await evaluateDmarc({
      authorDomain: 'example.com',
      dkim: signed(...flood),
      resolver: parted.resolver,
    });
    expect(report).toMatchObject({ result: 'temperror', reason: 'too-many-identifiers' });
    expect(parted.asked.length).toBeLessThanOrEqual(3 + LIMITS.dmarcIdentifiers);
  });

  it('asks nothing where there is no author domain', async () => {
    const { resolver, asked } = asking({});
    await evaluateDmarc({ authorDomain: null, dkim: signed('example.com'), resolver });
    expect(asked).toEqual([]);
  });
});
