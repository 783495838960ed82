/**
 * The same generated zones and clients for this evaluator and for mailauth's, which has nothing in common with it.
 *
 * Left out of the generator because mailauth differs from RFC 7208 there: %{d} and %{p}, `ptr`, names with odd characters, hosts
 * with addresses of one family only, and mail servers without any (void look-ups are counted per family and per term).
 */
import fc from 'fast-check';
import { spf } from 'mailauth/lib/spf';
import { expect, it } from 'vitest';
import type { RecordType, Resolver } from '../../src/dns/resolver.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { checkHost } from '../../src/spf/evaluate.ts';

const SIZE = 6;
const pick = fc.integer({ min: 0, max: SIZE - 1 });
const octet = fc.integer({ min: 0, max: 7 });
const qualifier = fc.constantFrom('', '+', '-', '~', '?');
const prefixes = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom('', ...texts);

const mechanism = fc.oneof(
  fc.tuple(octet, prefixes('/30', '/31', '/24')).map(([n, prefix]) => `ip4:192.0.2.${n}${prefix}`),
  fc.tuple(octet, prefixes('/126', '/64')).map(([n, prefix]) => `ip6:2001:db8::${n}${prefix}`),
  fc.tuple(pick, prefixes('/30', '//126', '/31//127')).map(([n, prefix]) => `a:h${n}.example.net${prefix}`),
  pick.map((n) => `mx:m${n}.example.net`),
  pick.map((n) => `include:d${n}.example.com`),
  pick.map((n) => `include:d${n}.example.com`),
  pick.map((n) => `exists:h${n}.example.net`),
  fc
    .constantFrom('%{l}.l.example.net', '%{ir}.x.example.net', '%{o2r}.y.example', '%{l1r-}.l.example.net')
    .map((name) => `exists:${name}`),
);
const directive = fc.tuple(qualifier, mechanism).map((parts) => parts.join(''));
const end = fc.oneof(
  fc.constantFrom('-all', '~all', '?all', '+all', '', 'bad', 'x=y'),
  pick.map((n) => `redirect=d${n}.example.com`),
);
const record = fc
  .tuple(fc.array(directive, { maxLength: 4 }), end)
  .map(([terms, last]) => ['v=spf1', ...terms, last].filter((term) => term !== '').join(' '));

const world = fc.record({
  domains: fc.array(
    fc.oneof(
      { weight: 12, arbitrary: record.map((text): unknown => [text]) },
      { weight: 1, arbitrary: record.map((text): unknown => [text, text]) },
      { weight: 2, arbitrary: fc.constantFrom<unknown>(['no record'], 'SERVFAIL') },
    ),
    { minLength: SIZE, maxLength: SIZE },
  ),
  hosts: fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.tuple(octet, octet).map(([a, b]): object => ({ A: [`192.0.2.${a}`], AAAA: [`2001:db8::${b}`] })),
      },
      { weight: 3, arbitrary: fc.constantFrom<object>({}, {}, { A: 'TIMEOUT', AAAA: 'TIMEOUT' }) },
    ),
    { minLength: SIZE, maxLength: SIZE },
  ),
  mail: fc.array(fc.array(octet, { minLength: 1, maxLength: 4 }), { minLength: SIZE, maxLength: SIZE }),
  listed: fc.subarray([
    'user.l.example.net',
    'us-er.l.example.net',
    'us.l.example.net',
    '1.2.0.192.x.example.net',
    'com.example.y.example',
  ]),
  ip: fc.oneof(
    octet.map((n) => `192.0.2.${n}`),
    octet.map((n) => `2001:db8::${n}`),
  ),
  localPart: fc.constantFrom('user', 'us-er'),
});

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

function zoneOf({ domains, hosts, mail, listed }: World): Record<string, Record<string, unknown>> {
  const zone: Record<string, Record<string, unknown>> = {};
  for (const [n, TXT] of domains.entries()) zone[`d${n}.example.com`] = { TXT };
  for (const [n, host] of hosts.entries()) zone[`h${n}.example.net`] = { ...host };
  for (const [n, servers] of mail.entries()) {
    zone[`m${n}.example.net`] = { MX: servers.map((server, preference) => `${preference} x${server}.example.net`) };
    for (const server of servers)
      zone[`x${server}.example.net`] = { A: [`192.0.2.${server}`], AAAA: [`2001:db8::${server}`] };
  }
  for (const name of listed) zone[name] = { A: ['127.0.0.2'], AAAA: ['::1'] };
  return zone;
}

/** The resolver as Node's `dns.promises.resolve` would answer. */
function nodeResolver(resolver: Resolver): (name: string, type: string) => Promise<string[][] | string[]> {
  const codes = { nxdomain: 'ENOTFOUND', 'no-data': 'ENODATA', failure: 'ETIMEOUT' } as const;
  return async (name, type) => {
    const answer = await resolver.query(name, type as RecordType);
    if (answer.kind !== 'records') throw Object.assign(new Error(answer.kind), { code: codes[answer.kind] });
    const records: unknown = answer.records.map((data) => {
      if (typeof data === 'string') return type === 'TXT' ? [data] : data;
      return 'exchange' in data ? { priority: data.preference, exchange: data.exchange } : data;
    });
    return records as string[];
  };
}

it('agrees with mailauth on generated zones', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (generated) => {
      const resolver = createZoneResolver(zoneOf(generated));
      const client = { ip: generated.ip, sender: `${generated.localPart}@d0.example.com`, helo: 'h0.example.net' };
      const ours = await checkHost({ ...client, resolver, now: new Date(0) });
      const theirs = await spf({ ...client, resolver: nodeResolver(resolver) });
      expect(ours.result).toBe(theirs.status.result);
    }),
    { numRuns: 600 },
  );
});
