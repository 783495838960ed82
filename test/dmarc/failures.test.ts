import { describe, expect, it } from 'vitest';
import { discoverDmarc } from '../../src/dmarc/discover.ts';
import { asking, dmarcZone } from './asking.ts';
import { DEEP, MAIL, ORG } from './policy-case.ts';
import type { PolicyCase } from './policy-case.ts';

describe('failures (RFC 9989 §4.10.1, §5.3.6): never as if nothing were published', () => {
  const open = { policy: null, reason: 'policy-unavailable', organizationalDomain: null } as const;
  const cases: readonly PolicyCase[] = [
    { name: 'at the author domain', records: { 'example.com': 'SERVFAIL' }, author: 'example.com', expected: open },
    {
      name: 'at the author domain, though the organization has a record',
      records: { [MAIL]: 'SERVFAIL', 'example.com': ORG },
      author: MAIL,
      expected: open,
    },
    { name: 'by timeout', records: { [MAIL]: 'TIMEOUT', 'example.com': ORG }, author: MAIL, expected: open },
    {
      name: 'between the author and a record',
      records: { 'mail.example.com': 'SERVFAIL', 'example.com': ORG },
      author: 'a.mail.example.com',
      expected: open,
    },
    {
      name: 'above the only record: a psd tag may stand there',
      records: { 'example.com': ORG, com: 'SERVFAIL' },
      author: MAIL,
      expected: open,
    },
    {
      name: 'where nothing else is published',
      records: { com: 'SERVFAIL' },
      domains: ['example.com'],
      author: 'example.com',
      expected: open,
    },
    {
      name: 'above the author’s own record: only the organization stays open',
      records: { 'example.com': ORG, com: 'SERVFAIL' },
      author: 'example.com',
      expected: { policy: 'reject', reason: null, organizationalDomain: null },
    },
    {
      name: 'above psd=n: harmless',
      records: { 'example.com': `${ORG}; psd=n`, com: 'SERVFAIL' },
      domains: [MAIL],
      author: MAIL,
      expected: { policy: 'quarantine', reason: null, organizationalDomain: 'example.com' },
    },
    {
      name: 'above psd=y: harmless',
      records: { 'co.uk': `${ORG}; psd=y`, uk: 'TIMEOUT' },
      domains: ['example.co.uk'],
      author: 'example.co.uk',
      expected: { policy: 'quarantine', reason: null, organizationalDomain: 'example.co.uk' },
    },
    {
      name: 'at a name the shortcut skips: never asked',
      records: { 'b.c.d.e.f.g.h.i.j.k.example.com': 'SERVFAIL', 'example.com': ORG },
      domains: [DEEP],
      author: DEEP,
      expected: { policy: 'quarantine', reason: null },
    },
  ];
  it.each(cases)('$name', async ({ records, domains, author, expected }) => {
    const found = await discoverDmarc(author, { resolver: asking(dmarcZone(records, domains)).resolver });
    expect(found).toMatchObject(expected);
  });

  it.each([
    ['sp and np differ', ORG, { policy: null, reason: 'existence-unavailable' }],
    ['sp and np agree, so it does not matter', 'v=DMARC1; p=reject; sp=none', { policy: 'none', reason: null }],
  ])('of the existence check: %s', async (_name, record, expected) => {
    const nothingBelow = { ...dmarcZone({ 'example.com': record }), [MAIL]: { MX: 'SERVFAIL' } };
    const found = await discoverDmarc(MAIL, { resolver: asking(nothingBelow).resolver });
    expect(found).toMatchObject(expected);
  });

  it('of the existence check is harmless where a name below the author domain exists', async () => {
    const zone = { ...dmarcZone({ 'example.com': ORG }), [MAIL]: { MX: 'SERVFAIL' }, [`_dmarc.${MAIL}`]: {} };
    expect(await discoverDmarc(MAIL, { resolver: asking(zone).resolver })).toMatchObject({ policy: 'quarantine' });
  });
});
