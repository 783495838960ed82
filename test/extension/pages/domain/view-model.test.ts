/** What the profiler's page says of a domain, computed from profiles and the words of every language. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ProfileView } from '../../../../extension/pages/domain/view-model.ts';
import { createUnavailableResolver } from '../../../../src/dns/unavailable.ts';
import type { DnsFailure, Resolver } from '../../../../src/dns/resolver.ts';
import type { ZoneFile } from '../../../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import { profileDomain } from '../../../../src/profile/profile.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewProfile } = await import('../../../../extension/pages/domain/view-model.ts');
const { domainOf, readRequest, splitSelectors, writeRequest } =
  await import('../../../../extension/ui/domain-request.ts');
const { fill } = await import('../../../../extension/ui/words.ts');

const folder = new URL('../../../../extension/public/_locales/', import.meta.url);

function translator(locale: string): (key: string, params?: Readonly<Record<string, string>>) => string {
  const text = readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8');
  const catalogue = new Map(Object.entries(JSON.parse(text) as Record<string, { readonly message: string }>));
  return (key, params = {}) => {
    const entry = catalogue.get(key);
    if (!entry) throw new Error(`no message for ${key} in ${locale}`);
    return fill(entry.message, params);
  };
}

/** With every kind of term, and about everything wrong that can be. */
const ZONE: ZoneFile = {
  'shop.example': {
    TXT: ['v=spf1 include:_spf.shop.example mx a:gone.shop.example exists:%{i}.x.shop.example ptr ip4:300.1 +all a'],
    A: ['192.0.2.1'],
    MX: ['10 mx.shop.example'],
  },
  'mx.shop.example': { A: ['192.0.2.2'], AAAA: ['2001:db8::2'] },
  '_spf.shop.example': {
    TXT: ['v=spf1 ip4:192.0.2.0/24 ?ip6:2001:db8::/32 exp=why.shop.example x=y redirect=loop.example'],
    _secure: true,
  },
  'loop.example': { TXT: ['v=spf1 include:_spf.shop.example include:twice.example include:dead.example ~all'] },
  'twice.example': { TXT: ['v=spf1 -all', 'v=spf1 ?all'] },
  'dead.example': { TXT: 'SERVFAIL' },
  '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject; sp=none; t=y; adkim=z; pct=20; oops'] },
  '_adsp._domainkey.shop.example': { TXT: ['dkim=all; dkim=all'] },
  's1._domainkey.shop.example': { TXT: ['v=DKIM1; h=sha256; s=email; t=y:s; p='] },
};

async function view(
  options: { locale?: string; zone?: ZoneFile; resolver?: Resolver; selectors?: string[]; older?: boolean } = {},
): Promise<ProfileView> {
  const { locale = 'en', zone = ZONE, selectors = ['s1', 'none', 'no name'], older = true } = options;
  const resolver = options.resolver ?? createZoneResolver(zone);
  const now = new Date('2026-11-22T08:00:00Z');
  return viewProfile(await profileDomain('shop.example', { resolver, now, selectors, older }), translator(locale));
}

/** A placeholder that was left in the words; the macros of SPF look alike but for their percent sign. */
const UNFILLED = /(?<!%)\{[a-zA-Z]+\}/;

/** Answers every question with that failure. */
function failing(failure: DnsFailure): Resolver {
  return {
    query: (name, type) => Promise.resolve({ kind: 'failure', name, type, cached: false, failure, detail: '' }),
  };
}

const marked = (segments: readonly { readonly text: string; readonly faulty: boolean }[]): readonly string[] =>
  segments.filter(({ faulty }) => faulty).map(({ text }) => text);

describe('the view of a profile', () => {
  it.each(readdirSync(folder))('has words for everything in %s', async (locale) => {
    expect(JSON.stringify(await view({ locale }))).not.toMatch(UNFILLED);
    for (const failure of ['offline', 'timeout', 'network'] as const) {
      const resolver = failing(failure);
      expect(JSON.stringify(await view({ locale, resolver }))).not.toMatch(UNFILLED);
    }
  });

  it('counts look-ups, and those that find nothing, against their limits', async () => {
    const [tree] = (await view()).spf;
    expect(tree?.meters).toMatchObject([
      { label: 'Lookups', limit: 10 },
      { label: 'Lookups without an answer, IPv4', count: 1, limit: 2, text: '1 of 2' },
      { label: 'Lookups without an answer, IPv6', limit: 2 },
    ]);
    const over = { 'shop.example': { TXT: [`v=spf1 ${'a:mx.shop.example '.repeat(11)}-all`] } };
    const [large] = (await view({ zone: { ...ZONE, ...over } })).spf;
    expect(large?.meters[0]).toMatchObject({ count: 11, text: '11 of 10: over the limit' });
  });

  it('draws the tree: each term with its meaning, its cost, and the record it leads to', async () => {
    const root = (await view()).spf[0]?.root;
    expect(root?.name).toBe('shop.example');
    const [include, mx, gone, exists, , all, never] = root?.terms ?? [];
    expect(include).toMatchObject({ result: 'may send', leadsTo: { name: '_spf.shop.example' } });
    expect(mx?.remarks).toEqual(['1 lookup', '1 mail server']);
    expect(gone).toMatchObject({ remarks: ['1 lookup', 'without an answer'], severity: 'warning' });
    expect(exists?.remarks).toContain('depends on the message');
    expect(all).toMatchObject({ text: '+all', meaning: 'all other servers', result: 'may send', severity: 'warning' });
    expect(never).toMatchObject({ reachable: false, remarks: ['never reached'] });
    expect(include?.leadsTo?.life).toBe('Valid for 5 minutes · DNSSEC validated');
  });

  it('names a loop, several records and a failing server in the tree instead of following them', async () => {
    const include = (await view()).spf[0]?.root.terms[0]?.leadsTo;
    const redirected = include?.terms.find(({ leadsTo }) => leadsTo?.name === 'loop.example')?.leadsTo;
    expect(redirected?.terms.flatMap(({ leadsTo }) => leadsTo?.outcome ?? [])).toEqual([
      'leads back to itself',
      'several records',
      'no answer',
    ]);
  });

  it('marks what is at fault in each record, and nothing else', async () => {
    const { spf, dmarc, adsp } = await view();
    expect(marked(spf[0]?.root.record ?? [])).toEqual(['300.1']);
    expect(marked(dmarc.steps[0]?.record ?? [])).toEqual(['adkim=z', 'pct=20', 'oops']);
    expect(marked(adsp.steps[0]?.record ?? [])).toEqual(['dkim=all']);
  });

  it('tells the worst first, with the place', async () => {
    const problems = (await view()).spf[0]?.problems ?? [];
    const order = ['error', 'warning', 'note'];
    const ranks = problems.map(({ severity }) => order.indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
    expect(problems.map(({ place }) => place)).toContain('shop.example · ip4:300.1 · not a valid address · byte 91');
  });

  it('says of each statement its record, where and when it was found, TTL and DNSSEC state', async () => {
    const { dmarc, others } = await view();
    expect(dmarc.statement?.rows.map(({ label }) => label)).toEqual([
      'Policy',
      'Record from',
      'Organization',
      'Record',
      'Looked up at',
      'Looked up on',
      'Valid for',
      'DNSSEC',
    ]);
    expect(dmarc.statement?.rows[0]).toMatchObject({
      text: 'reject',
      note: expect.stringContaining('quarantine') as string,
    });
    expect(others.map(({ text }) => text)).toContain('shop.example publishes no DomainKeys policy.');
  });

  it('tells flags and problems of keys, and of selectors without one', async () => {
    const { keys } = await view();
    expect(keys.map(({ selector }) => selector)).toEqual(['s1', 'none', 'no name']);
    expect(keys[0]?.records[0]?.chips).toEqual([
      'rsa',
      'only for sha256',
      'only for the service email',
      'testing (t=y)',
      'not for subdomains (t=s)',
    ]);
    expect(keys[1]?.problems).toMatchObject([{ severity: 'error', text: "There's no key under this selector." }]);
  });

  it('shows a failed look-up as that, never as nothing published', async () => {
    const { dmarc, unanswered, blocked } = await view({ resolver: failing('timeout') });
    expect(dmarc.statement?.text).toMatch(/^Couldn't check/);
    expect(dmarc.steps[0]).toMatchObject({ outcome: 'no answer in time' });
    expect(unanswered).toContain('TXT _dmarc.shop.example: no answer in time');
    expect(blocked).toBe('');
  });

  it.each([
    ['not-configured', /choose a DNS service/],
    ['offline', /you're offline/],
  ] as const)('says in words why nobody was asked: %s', async (failure, words) => {
    expect((await view({ resolver: createUnavailableResolver(failure) })).blocked).toMatch(words);
  });

  it('finds nothing to tell of a domain in good order', async () => {
    const zone: ZoneFile = {
      'shop.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], A: ['192.0.2.1'] },
      '_dmarc.shop.example': { TXT: ['v=DMARC1; p=reject; rua=mailto:a@shop.example'] },
    };
    expect(await view({ zone, selectors: [] })).toMatchObject({ counts: [], unanswered: [], keys: [] });
  });
});

describe('what is asked', () => {
  it.each([
    ['Example.ORG', 'example.org'],
    ['  example.org. ', 'example.org'],
    ['someone@example.org', 'example.org'],
    ['https://example.org/page?x', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['not a domain', undefined],
    ['', undefined],
  ])('reads %j as a domain', (text, expected) => {
    expect(domainOf(text)).toBe(expected);
  });

  it('splits selectors at spaces and commas, each once', () => {
    expect(splitSelectors(' s1, s2\ts1;s3 ')).toEqual(['s1', 's2', 's3']);
  });

  it('goes through the address of the page unchanged', () => {
    const request = { domain: 'shop.example', selectors: ['s1', 'a&b=c'] };
    expect(readRequest(writeRequest(request))).toEqual(request);
    expect(readRequest('')).toEqual({ domain: '', selectors: [] });
  });
});
