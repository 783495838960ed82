import { describe, expect, it } from 'vitest';
import { organizationalDomain } from '../../src/dmarc/discover.ts';
import { walkTargets } from '../../src/dmarc/walk.ts';
import { parseDomain } from '../../src/domain/name.ts';
import type { DomainName } from '../../src/domain/name.ts';
import { asking, dmarcZone } from './asking.ts';

const DEEP = 'a.b.c.d.e.f.g.h.i.j.k.example.com';

function name(text: string): DomainName {
  const domain = parseDomain(text);
  if (domain === undefined) throw new Error(`not a domain: ${text}`);
  return domain;
}

describe('the names of a tree walk (RFC 9989 §4.10)', () => {
  it.each([
    ['com', ['com']],
    ['example.com', ['example.com', 'com']],
    ['mail.example.com', ['mail.example.com', 'example.com', 'com']],
    // Seven labels lose one, eight lose one, nine or more go to seven.
    [
      'a.b.c.d.e.example.com',
      [
        'a.b.c.d.e.example.com',
        'b.c.d.e.example.com',
        'c.d.e.example.com',
        'd.e.example.com',
        'e.example.com',
        'example.com',
        'com',
      ],
    ],
    [
      'a.b.c.d.e.f.example.com',
      [
        'a.b.c.d.e.f.example.com',
        'b.c.d.e.f.example.com',
        'c.d.e.f.example.com',
        'd.e.f.example.com',
        'e.f.example.com',
        'f.example.com',
        'example.com',
        'com',
      ],
    ],
    [
      'a.b.c.d.e.f.g.example.com',
      [
        'a.b.c.d.e.f.g.example.com',
        'c.d.e.f.g.example.com',
        'd.e.f.g.example.com',
        'e.f.g.example.com',
        'f.g.example.com',
        'g.example.com',
        'example.com',
        'com',
      ],
    ],
    // The example of §4.10.
    [
      'a.b.c.d.e.f.g.h.i.j.mail.example.com',
      [
        'a.b.c.d.e.f.g.h.i.j.mail.example.com',
        'g.h.i.j.mail.example.com',
        'h.i.j.mail.example.com',
        'i.j.mail.example.com',
        'j.mail.example.com',
        'mail.example.com',
        'example.com',
        'com',
      ],
    ],
    // The example of §5.1.8.
    [
      'mail.a.b.c.d.e.f.g.example.com',
      [
        'mail.a.b.c.d.e.f.g.example.com',
        'c.d.e.f.g.example.com',
        'd.e.f.g.example.com',
        'e.f.g.example.com',
        'f.g.example.com',
        'g.example.com',
        'example.com',
        'com',
      ],
    ],
  ])('from %s', (start, expected) => {
    expect(walkTargets(name(start))).toEqual(expected);
  });
});

interface OrganizationalCase {
  readonly name: string;
  readonly records: Readonly<Record<string, string | readonly string[]>>;
  readonly from: string;
  readonly expected: string | null;
}

const P = 'v=DMARC1; p=reject';

describe('the organizational domain (RFC 9989 §4.10.2)', () => {
  const cases: readonly OrganizationalCase[] = [
    {
      name: '§4.10.2 first example: the fewest labels win',
      records: { 'mail.example.com': P, 'example.com': P },
      from: 'a.mail.example.com',
      expected: 'example.com',
    },
    {
      name: '§4.10.2 second example: psd=n ends the walk',
      records: { 'mail.example.com': `${P}; psd=n`, 'example.com': P },
      from: 'a.mail.example.com',
      expected: 'mail.example.com',
    },
    {
      name: '§4.10.2 last example: one label below psd=y',
      records: { com: `${P}; psd=y` },
      from: 'a.mail.example.com',
      expected: 'example.com',
    },
    {
      name: '§4.10.2 rule 2: mail.example.com below a psd=y at example.com',
      records: { 'example.com': `${P}; psd=y` },
      from: 'mail.example.com',
      expected: 'mail.example.com',
    },
    {
      name: '§B.4.1 author domain',
      records: { 'example.com': P, 'signing.example.com': P },
      from: 'example.com',
      expected: 'example.com',
    },
    {
      name: '§B.4.1 signing domain',
      records: { 'example.com': P, 'signing.example.com': P },
      from: 'signing.example.com',
      expected: 'example.com',
    },
    {
      name: '§B.4.2 deep author domain',
      records: { 'example.com': P, 'signing.example.com': P },
      from: DEEP,
      expected: 'example.com',
    },
    {
      name: '§B.4.3 author domain',
      records: { 'giant.bank.example': P, 'bank.example': `${P}; psd=y` },
      from: 'giant.bank.example',
      expected: 'giant.bank.example',
    },
    {
      name: '§B.4.3 MAIL FROM domain',
      records: { 'giant.bank.example': P, 'bank.example': `${P}; psd=y` },
      from: 'mail.giant.bank.example',
      expected: 'giant.bank.example',
    },
    {
      name: '§B.4.3 signing domain',
      records: { 'giant.bank.example': P, 'bank.example': `${P}; psd=y` },
      from: 'mail.mega.bank.example',
      expected: 'mega.bank.example',
    },
    {
      name: '§5.1.8: a psd=n beyond the eight questions is never found',
      records: { 'b.c.d.e.f.g.example.com': `${P}; psd=n`, 'example.com': P },
      from: 'mail.a.b.c.d.e.f.g.example.com',
      expected: 'example.com',
    },
    {
      name: 'no record anywhere: the start itself',
      records: {},
      from: 'a.mail.example.com',
      expected: 'a.mail.example.com',
    },
    {
      name: 'psd=y at the start does not push it down',
      records: { 'bank.example': `${P}; psd=y` },
      from: 'bank.example',
      expected: 'bank.example',
    },
    {
      name: 'psd=y at the start hides what is above',
      records: { 'bank.example': `${P}; psd=y`, example: P },
      from: 'bank.example',
      expected: 'bank.example',
    },
    {
      name: 'a top level domain without psd= is an organizational domain',
      records: { com: P, 'example.com': P },
      from: 'www.example.com',
      expected: 'com',
    },
    {
      name: '§11.8: psd=n protects against that',
      records: { com: P, 'example.com': `${P}; psd=n` },
      from: 'www.example.com',
      expected: 'example.com',
    },
    {
      name: 'several records at a name count as none',
      records: { 'mail.example.com': P, 'example.com': [P, P] },
      from: 'a.mail.example.com',
      expected: 'mail.example.com',
    },
    {
      name: 'a psd=n among several records does not stop the walk',
      records: { 'mail.example.com': [`${P}; psd=n`, P], 'example.com': P },
      from: 'mail.example.com',
      expected: 'example.com',
    },
    {
      name: 'other TXT records do not disturb',
      records: { 'example.com': ['v=spf1 -all', P, 'hello'] },
      from: 'mail.example.com',
      expected: 'example.com',
    },
    {
      name: 'a record without a usable policy still marks its place',
      records: { 'mail.example.com': P, 'example.com': 'v=DMARC1' },
      from: 'mail.example.com',
      expected: 'example.com',
    },
    {
      name: 'a failure below the stop leaves it open',
      records: { 'mail.example.com': 'SERVFAIL', 'example.com': P },
      from: 'mail.example.com',
      expected: null,
    },
    {
      name: 'a failure at the top leaves it open',
      records: { 'example.com': P, com: 'TIMEOUT' },
      from: 'mail.example.com',
      expected: null,
    },
    {
      name: 'a failure above psd=n decides nothing',
      records: { 'example.com': `${P}; psd=n`, com: 'SERVFAIL' },
      from: 'mail.example.com',
      expected: 'example.com',
    },
    {
      name: 'a failure above psd=y decides nothing',
      records: { 'co.uk': `${P}; psd=y`, uk: 'SERVFAIL' },
      from: 'mail.example.co.uk',
      expected: 'example.co.uk',
    },
    {
      name: 'the case of names does not matter',
      records: { 'example.com': P },
      from: 'MAIL.Example.COM.',
      expected: 'example.com',
    },
    {
      name: 'U-labels are asked as A-labels',
      records: { 'xn--bcher-kva.example': P },
      from: 'post.bücher.example',
      expected: 'xn--bcher-kva.example',
    },
  ];
  it.each(cases)('$name', async ({ records, from, expected }) => {
    const { resolver, asked, cost } = asking(dmarcZone(records));
    expect((await organizationalDomain(from, { resolver })).domain).toBe(expected);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(cost().roundTrips).toBe(1);
  });

  it('shows the walk up to where it stops', async () => {
    const zone = dmarcZone({ 'mail.example.com': [P, P], 'example.com': `${P}; psd=n`, com: P });
    const { walk } = await organizationalDomain('a.mail.example.com', { resolver: asking(zone).resolver });
    expect(walk.map(({ name: at, outcome }) => [at, outcome])).toEqual([
      ['_dmarc.a.mail.example.com', 'no-record'],
      ['_dmarc.mail.example.com', 'several-records'],
      ['_dmarc.example.com', 'record'],
    ]);
  });
});
