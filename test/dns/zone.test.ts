import { describe, expect, it } from 'vitest';
import { parseZone } from '../../src/dns/zone-file.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import { recordQuestions } from '../support/recording-resolver.ts';

const ZONE = {
  'Example.COM.': {
    _ttl: 100,
    _secure: true,
    A: ['192.0.2.1'],
    TXT: ['v=spf1 -all', ['v=', 'split']],
    MX: ['10 Mail.Example.COM.'],
  },
  '_dmarc.example.com': { TXT: ['v=DMARC1; p=reject'] },
  'a.b.c.example.com': { TXT: ['deep'] },
  'empty.example.com': {},
  'none.example.com': { TXT: [] },
  'alias.example.com': { CNAME: ['TARGET.example.com.'], _ttl: 50, _secure: true },
  'target.example.com': { TXT: ['found'], _ttl: 70 },
  'bare.example.com': { CNAME: 'target.example.com' },
  'beside.example.com': { CNAME: ['target.example.com'], TXT: ['own'] },
  'dangling.example.com': { CNAME: ['gone.example.net'] },
  'toempty.example.com': { CNAME: ['c.example.com'] },
  'loop1.example.com': { CNAME: ['loop2.example.com'] },
  'loop2.example.com': { CNAME: ['loop1.example.com'] },
  'tobroken.example.com': { CNAME: ['broken.example.com'] },
  'broken.example.com': { TXT: 'SERVFAIL', A: ['192.0.2.3'] },
  'slow.example.com': { TXT: 'TIMEOUT' },
  'badalias.example.com': { CNAME: 'SERVFAIL', A: ['192.0.2.4'] },
  '*.wild.example': { TXT: ['any'], CNAME: [] },
  'host.wild.example': { A: ['192.0.2.5'] },
  'x.sub.wild.example': { A: ['192.0.2.6'] },
  'srv.example.com': { SRV: ['0 0 443 example.com'] },
};

function summary(answer: Awaited<ReturnType<ReturnType<typeof createZoneResolver>['query']>>): unknown {
  switch (answer.kind) {
    case 'records':
      return answer.records;
    case 'failure':
      return answer.failure;
    case 'no-data':
    case 'nxdomain':
      return answer.kind;
  }
}

describe('createZoneResolver', () => {
  const resolver = createZoneResolver(ZONE);

  it.each([
    ['finds names in any case, with or without dot', 'eXample.com.', 'A', ['192.0.2.1']],
    ['joins the chunks of a TXT record', 'example.com', 'TXT', ['v=spf1 -all', 'v=split']],
    ['reads MX', 'example.com', 'MX', [{ preference: 10, exchange: 'mail.example.com' }]],
    ['a type not listed is no-data', 'example.com', 'AAAA', 'no-data'],
    ['a name not listed is nxdomain', 'gone.example.com', 'A', 'nxdomain'],
    ['a name above a listed name exists (RFC 8020 §2)', 'c.example.com', 'TXT', 'no-data'],
    ['so does its top', 'com', 'NS', 'no-data'],
    ['and the root', '.', 'NS', 'no-data'],
    ['a name beside one does not', 'z.c.example.com', 'TXT', 'nxdomain'],
    ['a name below a listed name does not', 'x.a.b.c.example.com', 'TXT', 'nxdomain'],
    ['the end of a name is not the name', 'notexample.com', 'A', 'nxdomain'],
    ['a name without types exists', 'empty.example.com', 'A', 'no-data'],
    ['an empty list is no-data', 'none.example.com', 'TXT', 'no-data'],
    ['types that are not read make a name exist', 'srv.example.com', 'A', 'no-data'],
    ['follows an alias', 'alias.example.com', 'TXT', ['found']],
    ['follows an alias written without list', 'bare.example.com', 'TXT', ['found']],
    ['an alias to a name without the type is no-data', 'alias.example.com', 'A', 'no-data'],
    ['an alias to a name above others is no-data', 'toempty.example.com', 'A', 'no-data'],
    ['an alias to nowhere is nxdomain (RFC 6604 §3)', 'dangling.example.com', 'A', 'nxdomain'],
    ['does not follow the alias asked for', 'alias.example.com', 'CNAME', ['target.example.com']],
    ['answers a type beside an alias as listed', 'beside.example.com', 'TXT', ['own']],
    ['a loop of aliases is SERVFAIL', 'loop1.example.com', 'A', 'servfail'],
    ['SERVFAIL where the zone says so', 'broken.example.com', 'TXT', 'servfail'],
    ['another type of that name answers', 'broken.example.com', 'A', ['192.0.2.3']],
    ['and a third is no-data', 'broken.example.com', 'MX', 'no-data'],
    ['an alias to it fails too', 'tobroken.example.com', 'TXT', 'servfail'],
    ['timeout where the zone says so', 'slow.example.com', 'TXT', 'timeout'],
    ['an alias that cannot be had hides what is not listed', 'badalias.example.com', 'TXT', 'servfail'],
    ['but not what is', 'badalias.example.com', 'A', ['192.0.2.4']],
    ['a wildcard answers for names that are not there (RFC 4592 §2.1.1)', 'foo.wild.example', 'TXT', ['any']],
    ['at any depth', 'foo.bar.wild.example', 'TXT', ['any']],
    ['with no-data for types it does not list', 'foo.wild.example', 'A', 'no-data'],
    ['but not for names that exist', 'host.wild.example', 'TXT', 'no-data'],
    ['nor for names above listed ones', 'sub.wild.example', 'TXT', 'no-data'],
    ['nor below those (RFC 4592 §3.3.1)', 'foo.sub.wild.example', 'TXT', 'nxdomain'],
    ['nor for the name it stands below', 'wild.example', 'TXT', 'no-data'],
    ['a name no message can carry is not asked', 'a..b', 'TXT', 'malformed'],
  ] as const)('%s: %s %s', async (_, name, type, expected) => {
    expect(summary(await resolver.query(name, type))).toEqual(expected);
  });

  it('answers with TTL and authenticity of the name', async () => {
    expect(await resolver.query('example.com', 'A')).toEqual({
      kind: 'records',
      name: 'example.com',
      type: 'A',
      cached: false,
      ttl: 100,
      dnssec: 'secure',
      records: ['192.0.2.1'],
    });
    expect(await resolver.query('_dmarc.example.com', 'TXT')).toMatchObject({ ttl: 300, dnssec: 'insecure' });
  });

  it('of an alias, with the least of its links', async () => {
    expect(await resolver.query('alias.example.com', 'CNAME')).toMatchObject({ ttl: 50, dnssec: 'secure' });
    expect(await resolver.query('alias.example.com', 'TXT')).toMatchObject({ ttl: 50, dnssec: 'insecure' });
  });

  it('of a negative answer, with those of the closest listed name above', async () => {
    expect(await resolver.query('gone.example.com', 'A')).toMatchObject({
      kind: 'nxdomain',
      ttl: 100,
      dnssec: 'secure',
    });
    expect(await resolver.query('c.example.com', 'A')).toMatchObject({ kind: 'no-data', ttl: 100, dnssec: 'secure' });
    expect(await resolver.query('gone.example', 'A')).toMatchObject({ kind: 'nxdomain', ttl: 300, dnssec: 'insecure' });
  });

  it('follows as many aliases as the limit says, and no more', async () => {
    const chain = (links: number): ReturnType<typeof createZoneResolver> =>
      createZoneResolver({
        ...Object.fromEntries(
          Array.from({ length: links }, (_, n) => [`n${n}.example`, { CNAME: [`n${n + 1}.example`] }]),
        ),
        [`n${links}.example`]: { A: ['192.0.2.1'] },
      });
    expect(await chain(LIMITS.cnameLinks).query('n0.example', 'A')).toMatchObject({ kind: 'records' });
    expect(await chain(LIMITS.cnameLinks + 1).query('n0.example', 'A')).toMatchObject({ failure: 'servfail' });
  });

  it('answers for a wildcard at the root', async () => {
    const everything = createZoneResolver({ '*': { A: ['192.0.2.9'] } });
    expect(await everything.query('any.example', 'A')).toMatchObject({ records: ['192.0.2.9'] });
  });

  it('has everything unlisted in an empty zone', async () => {
    expect(await createZoneResolver({}).query('example.com', 'A')).toMatchObject({ kind: 'nxdomain' });
  });

  it('is not changed by later changes of the file', async () => {
    const file = { 'example.com': { A: ['192.0.2.1'] } };
    const fixed = createZoneResolver(file);
    file['example.com'].A.push('192.0.2.2');
    expect(await fixed.query('example.com', 'A')).toMatchObject({ records: ['192.0.2.1'] });
  });

  it('takes a zone that was parsed', async () => {
    const zone = parseZone(ZONE);
    if (!zone.ok) throw new Error(zone.problem.why);
    expect(await createZoneResolver(zone.value).query('example.com', 'A')).toMatchObject({ kind: 'records' });
  });

  it('throws for a wrong zone file, with the place', () => {
    expect(() => createZoneResolver({ 'example.com': { A: ['::1'] } })).toThrow(
      'createZoneResolver: example.com: A: record 1 must be an IPv4 address',
    );
  });

  it('rejects with the reason of an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(resolver.query('example.com', 'A', { signal })).rejects.toThrow('closed');
  });
});

describe('recordQuestions', () => {
  it('notes questions in their order and passes them on', async () => {
    const recorder = recordQuestions(createZoneResolver(ZONE));
    await recorder.query('example.com', 'A');
    await recorder.query('gone.example', 'TXT');
    expect(recorder.questions).toEqual([
      { name: 'example.com', type: 'A' },
      { name: 'gone.example', type: 'TXT' },
    ]);
  });
});
