import { describe, expect, it } from 'vitest';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { checkHost } from '../../src/spf/evaluate.ts';
import { profileSpf } from '../../src/spf/profile.ts';
import { SPF_FINDINGS } from '../../src/spf/reasons.ts';
import type { SpfFindingId } from '../../src/spf/reasons.ts';
import type { SpfProfile, SpfProfileRecord, SpfProfileTree } from '../../src/spf/types.ts';

const txt = (...records: string[]): { readonly TXT: readonly string[] } => ({ TXT: records });
const profile = (zone: ZoneFile, domain = 'example.com'): Promise<SpfProfile> =>
  profileSpf(domain, { resolver: createZoneResolver(zone), now: new Date(0) });

async function profileTree(zone: ZoneFile): Promise<SpfProfileTree> {
  const [tree] = (await profile(zone)).trees;
  if (tree === undefined) throw new TypeError('the test needs a tree');
  return tree;
}

/** The tree in short: each term with its look-ups, indented below the record. */
function outline(record: SpfProfileRecord, indent = ''): readonly string[] {
  return [
    `${indent}${record.name} ${record.outcome} ${record.lookups}`,
    ...record.terms.flatMap(({ term, lookups, found, reachable, leadsTo }) => [
      `${indent}  ${term.text} ${lookups} ${found ?? '-'}${reachable ? '' : ' unreachable'}`,
      ...(leadsTo === null ? [] : outline(leadsTo, `${indent}    `)),
    ]),
  ];
}

describe('the tree', () => {
  const zone: ZoneFile = {
    'example.com': {
      ...txt(
        'v=spf1 ip4:192.0.2.0/24 a mx include:_spf.example.net exists:%{i}.list.example.net ?include:%{d1}.example.org -all',
      ),
      A: ['192.0.2.80'],
      MX: ['10 mx.example.com', '20 mx6.example.com'],
    },
    'mx.example.com': { A: ['192.0.2.25'] },
    'mx6.example.com': { AAAA: ['2001:db8::25'] },
    '_spf.example.net': txt('v=spf1 a:gone.example.net redirect=_more.example.net'),
    '_more.example.net': txt('v=spf1 ip6:2001:db8::/48 ~all'),
    'com.example.org': txt('v=spf1 +all'),
  };

  it('shows every term with look-ups counted through includes and redirects', async () => {
    expect(outline((await profileTree(zone)).root)).toEqual([
      'example.com record 7',
      '  ip4:192.0.2.0/24 0 -',
      '  a 1 records',
      '  mx 1 records',
      '  include:_spf.example.net 3 records',
      '    _spf.example.net record 2',
      '      a:gone.example.net 1 nothing',
      '      redirect=_more.example.net 1 records',
      '        _more.example.net record 0',
      '          ip6:2001:db8::/48 0 -',
      '          ~all 0 -',
      '  exists:%{i}.list.example.net 1 -',
      '  ?include:%{d1}.example.org 1 records',
      '    com.example.org record 0',
      '      +all 0 -',
      '  -all 0 -',
    ]);
  });

  it('counts void look-ups for the clients of either family', async () => {
    // IPv4: mx6 and gone; IPv6: the A-only host itself, mx and gone.
    expect((await profileTree(zone)).voidLookups).toEqual({ ipv4: 2, ipv6: 3 });
  });

  it('agrees with a check that no term matches', async () => {
    const checked: ZoneFile = {
      ...zone,
      'com.example.org': txt('v=spf1 ?all'),
      'mx6.example.com': { A: ['192.0.2.26'] },
    };
    const tree = await profileTree(checked);
    const resolver = createZoneResolver(checked);
    const report = await checkHost({ ip: '203.0.113.9', sender: 'x@example.com', helo: '', resolver });
    expect(report).toMatchObject({ result: 'fail', lookups: tree.lookups });
    expect(report.voidLookups).toBe(tree.voidLookups.ipv4 + 1); // exists: needs a message and is void for this one
  });

  it('does not look behind "all"', async () => {
    const { root, lookups } = await profileTree({
      'example.com': txt('v=spf1 -all a include:gone.example.net redirect=gone.example.net exp=gone.example.net'),
    });
    expect(lookups).toBe(0);
    expect(outline(root)).toEqual([
      'example.com record 0',
      '  -all 0 -',
      '  a 0 - unreachable',
      '  include:gone.example.net 0 - unreachable',
      '  redirect=gone.example.net 0 - unreachable',
      '  exp=gone.example.net 0 nothing',
    ]);
  });

  it('names a loop and does not follow it', async () => {
    const tree = await profileTree({
      'example.com': txt('v=spf1 include:a.example.com -all'),
      'a.example.com': txt('v=spf1 redirect=example.com'),
    });
    expect(outline(tree.root)).toEqual([
      'example.com record 2',
      '  include:a.example.com 2 records',
      '    a.example.com record 1',
      '      redirect=example.com 1 -',
      '        example.com loop 0',
      '  -all 0 -',
    ]);
    expect(tree.findings).toMatchObject([{ id: 'loop', recordName: 'a.example.com', term: 'redirect=example.com' }]);
  });

  it('follows the same include twice and counts it twice, as a check does', async () => {
    const tree = await profileTree({
      'example.com': txt('v=spf1 include:a.example.com include:a.example.com -all'),
      'a.example.com': txt('v=spf1 ptr ?all'),
    });
    expect(tree.lookups).toBe(4);
    expect(tree.findings).toHaveLength(1);
  });

  it('counts the question behind %{p} once', async () => {
    const tree = await profileTree({ 'example.com': txt('v=spf1 exists:%{p}.a.example a:%{p}.b.example -all') });
    expect(tree.lookups).toBe(3);
  });

  it('carries TTL, DNSSEC state and size of every record', async () => {
    const { root } = await profileTree({ 'example.com': { TXT: ['v=spf1 -all', 'other'], _ttl: 77, _secure: true } });
    expect(root).toMatchObject({
      ttl: 77,
      dnssec: 'secure',
      octets: 'example.com'.length + 11 + 5,
      record: 'v=spf1 -all',
    });
  });
});

describe('scopes (RFC 4406, seed §3.3)', () => {
  const scopes = async (...records: string[]): Promise<unknown> =>
    (await profile({ 'example.com': txt(...records) })).trees.map(({ identities, root }) => [
      identities.join(),
      root.record,
    ]);

  it('draws one tree where one record speaks for all identities', async () => {
    expect(await scopes('v=spf1 -all')).toEqual([['mfrom,helo,pra', 'v=spf1 -all']]);
  });

  it('draws one tree for each record that speaks', async () => {
    expect(await scopes('v=spf1 -all', 'spf2.0/pra ?all')).toEqual([
      ['mfrom,helo', 'v=spf1 -all'],
      ['pra', 'spf2.0/pra ?all'],
    ]);
    expect(await scopes('spf2.0/mfrom,pra -all')).toEqual([
      ['mfrom,pra', 'spf2.0/mfrom,pra -all'],
      ['helo', null],
    ]);
  });

  it('has no tree for a malformed domain, and asks nothing', async () => {
    expect(await profile({}, 'example..com')).toMatchObject({ wellFormed: false, trees: [], queries: 0 });
    expect(await profile({}, 'localhost')).toMatchObject({ wellFormed: false });
  });

  it('takes U-labels', async () => {
    expect(await profile({ 'xn--bcher-kva.example': txt('v=spf1 -all') }, 'bücher.example')).toMatchObject({
      domain: 'xn--bcher-kva.example',
    });
  });
});

describe('every finding', () => {
  const elevenMx = Array.from({ length: 11 }, (_, index) => `${index} m.example.com`);
  const cases: Readonly<Record<SpfFindingId, readonly [ZoneFile, object?]>> = {
    'no-record': [{ 'example.com': { A: ['192.0.2.1'] } }],
    'nonexistent-domain': [{}],
    'several-records': [{ 'example.com': txt('v=spf1 -all', 'v=spf1 a') }],
    'syntax-error': [
      { 'example.com': txt('v=spf1 a:museum -all') },
      { term: 'a:museum', at: 9, syntax: 'invalid-domain' },
    ],
    'too-many-lookups': [{ 'example.com': { ...txt(`v=spf1 ${'a '.repeat(11)}-all`), A: ['192.0.2.1'] } }],
    'too-many-void-lookups': [{ 'example.com': txt('v=spf1 a a a -all') }],
    'too-many-mx-names': [
      { 'example.com': { ...txt('v=spf1 mx -all'), MX: elevenMx }, 'm.example.com': { A: ['192.0.2.1'] } },
      { term: 'mx' },
    ],
    'include-without-record': [
      { 'example.com': txt('v=spf1 include:gone.example.net -all') },
      { term: 'include:gone.example.net', at: 7 },
    ],
    'redirect-without-record': [{ 'example.com': txt('v=spf1 redirect=gone.example.net') }],
    loop: [{ 'example.com': txt('v=spf1 include:example.com -all') }],
    'dns-failure': [
      { 'example.com': txt('v=spf1 a:down.example.net -all'), 'down.example.net': { A: 'SERVFAIL', AAAA: 'SERVFAIL' } },
    ],
    'record-too-long': [{ 'example.com': txt(`v=spf1 x=${'y'.repeat(40_000)}`) }],
    'too-many-terms': [{ 'example.com': txt(`v=spf1 ${'ip4:192.0.2.1 '.repeat(1200)}`) }],
    'pass-all': [{ 'example.com': txt('v=spf1 +all') }, { term: '+all', at: 7 }],
    'ptr-used': [{ 'example.com': txt('v=spf1 ptr -all') }],
    'unreachable-term': [{ 'example.com': txt('v=spf1 -all a') }, { term: 'a', at: 12 }],
    'redirect-ignored': [{ 'example.com': txt('v=spf1 redirect=x.example.net -all') }],
    'void-term': [{ 'example.com': txt('v=spf1 exists:gone.example.net -all') }],
    'impossible-name': [{ 'example.com': txt('v=spf1 a:a..example.net -all') }],
    'large-answer': [{ 'example.com': txt('v=spf1 -all', 'x'.repeat(428)) }],
    'no-default': [{ 'example.com': txt('v=spf1 ip4:192.0.2.1') }],
    'explanation-unusable': [{ 'example.com': txt('v=spf1 -all exp=gone.example.net') }],
    'uncommitted-default': [{ 'example.com': txt('v=spf1 ~all') }],
    'wide-network': [{ 'example.com': txt('v=spf1 ip4:192.0.0.0/8 -all') }],
    'unknown-modifier': [{ 'example.com': txt('v=spf1 -all ra=abuse') }],
    'depends-on-message': [{ 'example.com': txt('v=spf1 exists:%{i}.example.net -all') }],
    'sender-id-record': [{ 'example.com': txt('spf2.0/mfrom,pra -all') }],
    'profile-incomplete': [
      {
        'example.com': txt(
          `v=spf1 ${Array.from({ length: 60 }, (_, index) => `include:n${index}.example.net`).join(' ')} -all`,
        ),
      },
    ],
  };

  it.each(Object.entries(cases))('%s', async (id, [zone, place = {}]) => {
    const { findings } = await profileTree(zone);
    const severity = SPF_FINDINGS[id as SpfFindingId];
    expect(findings).toContainEqual(expect.objectContaining({ id, severity, recordName: 'example.com', ...place }));
  });

  it('finds nothing to say of a record without fault', async () => {
    const zone: ZoneFile = {
      'example.com': { ...txt('v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all exp=why.example.com') },
      '_spf.example.net': txt('v=spf1 ip6:2001:db8::/32 ~all'),
      'why.example.com': txt('%{i} is not one of our servers'),
    };
    expect((await profileTree(zone)).findings).toEqual([]);
  });

  it('judges the default of the record that ends the check, not of includes', async () => {
    const ids = async (zone: ZoneFile): Promise<unknown> =>
      (await profileTree(zone)).findings.map(({ id, recordName }) => [id, recordName]);
    const redirected: ZoneFile = {
      'example.com': txt('v=spf1 redirect=b.example.com'),
      'b.example.com': txt('v=spf1 ?all'),
    };
    expect(await ids(redirected)).toEqual([['uncommitted-default', 'b.example.com']]);
    const included: ZoneFile = {
      'example.com': txt('v=spf1 include:b.example.com -all'),
      'b.example.com': txt('v=spf1 ip4:192.0.2.1'),
    };
    expect(await ids(included)).toEqual([]);
  });

  it('tells that an include lets everybody pass, and where', async () => {
    const zone: ZoneFile = {
      'example.com': txt('v=spf1 include:b.example.com -all'),
      'b.example.com': txt('v=spf1 all'),
    };
    expect((await profileTree(zone)).findings).toMatchObject([
      { id: 'pass-all', recordName: 'b.example.com', term: 'all' },
    ]);
  });

  it('is an error exactly where no client can get more than an error or none', async () => {
    const broken: ZoneFile = { 'example.com': txt('v=spf1 include:gone.example.net -all') };
    expect((await profileTree(broken)).findings).toMatchObject([{ severity: 'error' }]);
    const resolver = createZoneResolver(broken);
    expect(await checkHost({ ip: '192.0.2.1', sender: 'x@example.com', helo: '', resolver })).toMatchObject({
      result: 'permerror',
    });
  });
});

it('rejects with the reason of an aborted signal', async () => {
  const reason = new Error('the page was closed');
  const resolver = createZoneResolver({});
  await expect(profileSpf('example.com', { resolver, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
