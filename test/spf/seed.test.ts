/**
 * draft-newton-maawg-spf-considerations, section by section, as far as it concerns a check at the reader's side or a profile.
 * docs/spf.md maps section to code to test; the test names carry the section number.
 */
import { describe, expect, it } from 'vitest';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import { checkHost } from '../../src/spf/evaluate.ts';
import { profileSpf } from '../../src/spf/profile.ts';
import type { SpfIdentity, SpfReport } from '../../src/spf/types.ts';
import { recordQuestions } from '../support/recording-resolver.ts';

const txt = (...records: string[]): { readonly TXT: readonly string[] } => ({ TXT: records });

interface Client {
  readonly ip: string;
  readonly sender: string;
  readonly helo: string;
  readonly scope?: SpfIdentity;
}

const check = (zone: ZoneFile, client: Client): Promise<SpfReport> =>
  checkHost({ ...client, resolver: createZoneResolver(zone), now: new Date(0) });

const findingsOf = async (zone: ZoneFile): Promise<readonly string[]> => {
  const { trees } = await profileSpf('example.com', { resolver: createZoneResolver(zone) });
  return trees.flatMap(({ findings }) => findings.map(({ id, term }) => (term === undefined ? id : `${id} ${term}`)));
};

describe('§2.2 and §3.1: identities', () => {
  // MAIL FROM example.com, From example.net, HELO felix.example.net: three domains, three answers.
  const zone: ZoneFile = {
    'example.com': txt('v=spf1 ip4:192.0.2.1 -all'),
    'example.net': txt('v=spf1 ~all'),
    'felix.example.net': txt('v=spf1 -all'),
  };
  const client = { ip: '192.0.2.1', helo: 'felix.example.net' };

  it('2.2: each identity is checked for itself and names its own domain', async () => {
    const mfrom = await check(zone, { ...client, sender: 'bob@example.com' });
    const pra = await check(zone, { ...client, sender: 'bob@example.net', scope: 'pra' });
    const helo = await check(zone, { ...client, sender: 'bob@example.com', scope: 'helo' });
    expect([mfrom, pra, helo].map(({ identity, domain, result }) => [identity, domain, result])).toEqual([
      ['mfrom', 'example.com', 'pass'],
      ['pra', 'example.net', 'softfail'],
      ['helo', 'felix.example.net', 'fail'],
    ]);
  });

  it('3.1: a pass speaks of one domain, never of a name or of what is shown', async () => {
    const report = await check(zone, { ...client, sender: 'bob@example.com' });
    expect(report.domain).toBe('example.com');
    expect(JSON.stringify(report)).not.toContain('bob');
  });
});

describe('§3.2: forwarding', () => {
  // george@example.net writes through felix (192.0.2.1); milo.example.org (198.51.100.1) forwards to the reader.
  const zone = (record: string): ZoneFile => ({
    'example.net': txt(record),
    'example.org': txt('v=spf1 ip4:198.51.100.1 -all'),
    'milo.example.org': txt('v=spf1 ip4:198.51.100.1 -all'),
  });
  const forwarder = { ip: '198.51.100.1', helo: 'milo.example.org' };
  const strict = zone('v=spf1 ip4:192.0.2.1 -all');

  it('3.2: an honest forwarder that keeps MAIL FROM makes it fail', async () => {
    expect(await check(strict, { ...forwarder, sender: 'george@example.net' })).toMatchObject({
      result: 'fail',
      clientIp: '198.51.100.1',
    });
  });

  it('3.2: HELO is not affected, so the forwarder can be named', async () => {
    expect(await check(strict, { ...forwarder, sender: 'george@example.net', scope: 'helo' })).toMatchObject({
      result: 'pass',
      domain: 'milo.example.org',
    });
  });

  it('3.2: "include" of the forwarder, or a rewritten MAIL FROM, passes', async () => {
    const included = zone('v=spf1 ip4:192.0.2.1 include:example.org -all');
    expect(await check(included, { ...forwarder, sender: 'george@example.net' })).toMatchObject({
      result: 'pass',
      mechanism: 'include:example.org',
    });
    expect(await check(strict, { ...forwarder, sender: 'george@example.org' })).toMatchObject({ result: 'pass' });
  });

  it("3.2: a PRA the forwarder added (Resent-From) passes where the author's would fail", async () => {
    expect(await check(strict, { ...forwarder, sender: 'george@example.org', scope: 'pra' })).toMatchObject({
      result: 'pass',
    });
    expect(await check(strict, { ...forwarder, sender: 'george@example.net', scope: 'pra' })).toMatchObject({
      result: 'fail',
    });
  });
});

describe("§3.3: the publisher's intent", () => {
  const client = { ip: '192.0.2.1', sender: 'user@example.com', helo: 'h.example.com' };
  const cases: readonly (readonly [string, readonly string[], string, string])[] = [
    ['v=spf1 stands for both', ['v=spf1 ip4:192.0.2.1 -all'], 'pass', 'pass'],
    ['spf2.0/mfrom leaves the PRA open', ['spf2.0/mfrom ip4:192.0.2.1 -all'], 'pass', 'none'],
    ['spf2.0/pra leaves MAIL FROM open', ['spf2.0/pra ip4:192.0.2.1 -all'], 'none', 'pass'],
    ['spf2.0/pra is preferred to v=spf1 for the PRA', ['v=spf1 -all', 'spf2.0/pra ?all'], 'fail', 'neutral'],
    ['spf2.0/mfrom,pra likewise', ['v=spf1 ip4:192.0.2.1 -all', 'spf2.0/mfrom,pra ~all'], 'pass', 'softfail'],
    [
      'v=spf1 beside spf2.0/mfrom still counts for the PRA',
      ['v=spf1 ip4:192.0.2.1 -all', 'spf2.0/mfrom -all'],
      'pass',
      'pass',
    ],
    ['the non-committal "spf2.0/mfrom ?all"', ['spf2.0/mfrom ?all'], 'neutral', 'none'],
  ];

  it.each(cases)('3.3: %s', async (_, records, mfrom, pra) => {
    const zone = { 'example.com': txt(...records) };
    expect(await check(zone, client)).toMatchObject({ result: mfrom });
    expect(await check(zone, { ...client, scope: 'pra' })).toMatchObject({ result: pra });
  });
});

it('4: a second interface of the same server fails, and the report names the address it came from', async () => {
  const zone = { 'example.com': txt('v=spf1 ip4:192.0.2.25 -all') };
  const report = await check(zone, { ip: '192.0.2.26', sender: 'user@example.com', helo: 'mail.example.com' });
  expect(report).toMatchObject({
    result: 'fail',
    clientIp: '192.0.2.26',
    record: 'v=spf1 ip4:192.0.2.25 -all',
    mechanism: '-all',
  });
});

describe('§6.1: look-ups', () => {
  it('6.1: the bounds are those of RFC 7208 and 20 seconds', () => {
    const { spfLookupTerms, spfVoidLookups, spfMxNames, spfPtrNames, checkDeadline } = LIMITS;
    expect([spfLookupTerms, spfVoidLookups, spfMxNames, spfPtrNames, checkDeadline]).toEqual([10, 2, 10, 10, 20_000]);
  });

  it('6.1: ip4 and ip6 ask nothing beyond the record', async () => {
    const resolver = recordQuestions(
      createZoneResolver({ 'example.com': txt('v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all') }),
    );
    await checkHost({ ip: '203.0.113.1', sender: 'user@example.com', helo: '', resolver });
    expect(resolver.questions).toEqual([{ name: 'example.com', type: 'TXT' }]);
  });

  it('6.1: the theoretical most, ten "mx" of ten servers, is 111 questions', async () => {
    const zone: Record<string, Record<string, unknown>> = {
      'example.com': txt(
        `v=spf1 ${Array.from({ length: 10 }, (_, index) => `mx:m${index}.example.net`).join(' ')} -all`,
      ),
    };
    for (let term = 0; term < 10; term++) {
      const hosts = Array.from({ length: 10 }, (_, index) => `h${term}-${index}.example.net`);
      zone[`m${term}.example.net`] = { MX: hosts.map((host) => `10 ${host}`) };
      for (const host of hosts) zone[host] = { A: ['198.51.100.1'], AAAA: ['2001:db8::1'] };
    }
    const resolver = recordQuestions(createZoneResolver(zone));
    const report = await checkHost({ ip: '192.0.2.1', sender: 'user@example.com', helo: '', resolver });
    expect(report).toMatchObject({ result: 'fail', lookups: 10 });
    expect(resolver.questions).toHaveLength(111);
    expect((await profileSpf('example.com', { resolver: createZoneResolver(zone) })).trees).toMatchObject([
      { lookups: 10 },
    ]);
  });
});

it('6.2: no zone cut is climbed, neither for MAIL FROM nor for HELO', async () => {
  const resolver = recordQuestions(createZoneResolver({ 'example.net': txt('v=spf1 +all') }));
  for (const scope of ['mfrom', 'helo'] as const) {
    const report = await checkHost({
      ip: '192.0.2.1',
      sender: 'u@prattle.example.net',
      helo: 'prattle.example.net',
      scope,
      resolver,
    });
    expect(report).toMatchObject({ result: 'none', reason: 'nonexistent-domain' });
  }
  expect(resolver.questions.map(({ name }) => name)).toEqual(['prattle.example.net', 'prattle.example.net']);
});

describe('§6.3: publication', () => {
  it.each([
    ['?all', 'neutral', ['uncommitted-default ?all']],
    ['~all', 'softfail', ['uncommitted-default ~all']],
    ['-all', 'fail', []],
  ])(
    '6.3.1: the step "%s" gives others %s, and the profile says how far the domain has come',
    async (end, result, findings) => {
      const zone = { 'example.com': txt(`v=spf1 ip4:192.0.2.1 ${end}`) };
      expect(await check(zone, { ip: '203.0.113.1', sender: 'u@example.com', helo: '' })).toMatchObject({ result });
      expect(await findingsOf(zone)).toEqual(findings);
    },
  );

  it('6.3.1: the TTL the steps turn on is shown', async () => {
    const zone = { 'example.com': { ...txt('v=spf1 -all'), _ttl: 60 } };
    expect(await check(zone, { ip: '203.0.113.1', sender: 'u@example.com', helo: '' })).toMatchObject({ ttl: 60 });
    expect((await profileSpf('example.com', { resolver: createZoneResolver(zone) })).trees).toMatchObject([
      { root: { ttl: 60 } },
    ]);
  });

  it('6.3.2: a careless edit is a permerror for all mail, and the profile shows the byte', async () => {
    const zone = { 'example.com': txt('v=spf1 ip4:192.0.2.1, -all') };
    const trouble = { term: 'ip4:192.0.2.1,', at: 11, syntax: 'invalid-address' };
    expect(await check(zone, { ip: '192.0.2.1', sender: 'u@example.com', helo: '' })).toMatchObject({
      result: 'permerror',
      trouble,
    });
    const { trees } = await profileSpf('example.com', { resolver: createZoneResolver(zone) });
    expect(trees[0]?.findings).toMatchObject([{ id: 'syntax-error', severity: 'error', ...trouble }]);
  });

  it('6.3.3: "include" of a domain without record is a permerror, and the profile names the term', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 include:gone.example.org -all'),
      'gone.example.org': { A: ['192.0.2.1'] },
    };
    expect(await check(zone, { ip: '192.0.2.1', sender: 'u@example.com', helo: '' })).toMatchObject({
      reason: 'include-without-record',
    });
    expect(await findingsOf(zone)).toEqual(['include-without-record include:gone.example.org']);
  });
});

describe('§7: results', () => {
  it('7.1: "none" (publishes nothing) and "neutral" (publishes no opinion) stay apart', async () => {
    const client = { ip: '203.0.113.1', sender: 'u@example.com', helo: '' };
    expect(await check({ 'example.com': { A: ['192.0.2.1'] } }, client)).toMatchObject({
      result: 'none',
      reason: 'no-record',
    });
    expect(await check({ 'example.com': txt('v=spf1 ?all') }, client)).toMatchObject({
      result: 'neutral',
      reason: 'no-assertion',
    });
    expect(await check({ 'example.com': { TXT: 'SERVFAIL' } }, client)).toMatchObject({
      result: 'temperror',
      reason: 'dns-failure',
    });
  });

  it('7.2: "+all" passes for everybody, in either form, and the profile says what that means', async () => {
    const zone = { 'example.com': txt('v=spf1 +all', 'spf2.0/mfrom,pra +all') };
    for (const scope of ['mfrom', 'pra'] as const) {
      expect(await check(zone, { ip: '2001:db8::bad', sender: 'u@example.com', helo: '', scope })).toMatchObject({
        result: 'pass',
        mechanism: '+all',
      });
    }
    expect(await findingsOf(zone)).toEqual(['pass-all +all', 'sender-id-record', 'pass-all +all']);
  });
});

it('8: the report says how far the DNS itself vouches for the answer', async () => {
  const client = { ip: '192.0.2.1', sender: 'u@example.com', helo: '' };
  expect(await check({ 'example.com': { ...txt('v=spf1 +all'), _secure: true } }, client)).toMatchObject({
    dnssec: 'secure',
  });
  expect(await check({ 'example.com': txt('v=spf1 +all') }, client)).toMatchObject({ dnssec: 'insecure' });
});
