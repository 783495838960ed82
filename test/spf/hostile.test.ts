/** Records, names and answers made to hurt: every one is a result, and the work has a bound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { checkHost } from '../../src/spf/evaluate.ts';
import { profileSpf } from '../../src/spf/profile.ts';
import { parseSpfRecord } from '../../src/spf/parse.ts';
import { SPF_REASONS } from '../../src/spf/reasons.ts';
import { expandTargetName } from '../../src/spf/target-name.ts';
import type { SpfReport } from '../../src/spf/types.ts';
import { growthExponent } from '../support/growth.ts';
import { answers, onlyRecord } from './answers.ts';
import type { Answers } from './answers.ts';

/** What checkHost promises (RFC 7208 §4.6.4 allows as many). */
const MOST_QUESTIONS = 133;

const check = (
  resolver: Answers,
  sender = 'user@example.com',
  ip = '192.0.2.1',
  helo = 'h.example',
): Promise<SpfReport> => checkHost({ ip, sender, helo, resolver, now: new Date(0) });

describe('hostile records', () => {
  const kilobytes64 = 65_535;
  const cases: readonly (readonly [string, string, string])[] = [
    ['64 kB of one term', `v=spf1 ${'a'.repeat(kilobytes64)}`, 'record-too-long'],
    ['64 kB of spaces', `v=spf1${' '.repeat(kilobytes64)}-all`, 'record-too-long'],
    ['64 kB of terms', `v=spf1 ${'a '.repeat(kilobytes64 / 2)}`, 'record-too-long'],
    ['thousands of terms', `v=spf1 ${'ip4:198.51.100.1 '.repeat(1800)}-all`, 'too-many-terms'],
    ['thousands of look-ups', `v=spf1 ${'a '.repeat(900)}-all`, 'too-many-void-lookups'],
    ['thousands of faults', `v=spf1 ${'% '.repeat(5000)}-all`, 'syntax-error'],
    ['invalid UTF-8', 'v=spf1 a:\xC3\x28.example.com -all', 'syntax-error'],
    ['a NUL in a domain', 'v=spf1 a:x\0.example.com -all', 'syntax-error'],
    ['a NUL for a space', 'v=spf1 a\0-all', 'syntax-error'],
    ['a line feed for a space', 'v=spf1 a\n-all', 'syntax-error'],
    ['an open macro', `v=spf1 exists:${'%{'.repeat(10_000)}`, 'syntax-error'],
    ['a long prefix length', `v=spf1 a/${'9'.repeat(30_000)}`, 'syntax-error'],
    ['a long top label', `v=spf1 a:x.${'a-'.repeat(15_000)}`, 'syntax-error'],
    ['a redirect to itself', 'v=spf1 redirect=%{d}', 'too-many-lookups'],
    ['an include of itself', 'v=spf1 include:%{d}', 'too-many-lookups'],
    ['an ever longer name', 'v=spf1 include:a.%{d}', 'too-many-lookups'],
  ];

  it.each(cases)('%s', async (_, record, reason) => {
    const resolver = onlyRecord(record);
    const report = await check(resolver);
    expect(report.reason).toBe(reason);
    expect(['permerror', 'temperror']).toContain(report.result);
    expect(resolver.asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
  });

  it('asks for a name no longer than a name, whatever the macros expand to', async () => {
    const resolver = onlyRecord(`v=spf1 exists:${'%{s}%{h}'.repeat(4000)}.example.net -all`);
    const report = await check(
      resolver,
      `${'x'.repeat(60)}.${'y'.repeat(60)}@example.com`,
      '2001:db8::1',
      'z'.repeat(500),
    );
    expect(report.result).toBe('fail');
    for (const question of resolver.asked) expect(question.length).toBeLessThanOrEqual('AAAA '.length + 253);
  });

  it('expands a bomb of macros that all come to nothing', async () => {
    const resolver = onlyRecord(`v=spf1 exists:${'%{h}'.repeat(8000)} -all`);
    expect(await check(resolver, 'user@example.com', '192.0.2.1', '')).toMatchObject({ result: 'fail', lookups: 1 });
  });

  it('bounds identities before it expands them', async () => {
    const resolver = onlyRecord('v=spf1 -all exp=why.example.com');
    expect(await check(resolver, `${'x'.repeat(300_000)}@example.com`)).toMatchObject({
      result: 'none',
      reason: 'malformed-domain',
    });
    expect(await check(resolver, `x@${'example.'.repeat(50_000)}com`)).toMatchObject({ result: 'none' });
    expect(resolver.asked).toEqual([]);
    expect(await check(resolver, 'x@example.com', '192.0.2.1', 'h'.repeat(300_000))).toMatchObject({ result: 'fail' });
  });

  it.each([
    ['macros', (size: number) => `exists:${'%{d}.'.repeat(size)}example.com`],
    ['open macros', (size: number) => `exists:${'%{d'.repeat(size)}`],
    ['digits', (size: number) => `a/${'9'.repeat(size * 5)}`],
    ['slashes', (size: number) => `a:${'/1'.repeat(size * 2)}`],
    ['hyphens in a top label', (size: number) => `a:x.${'a-'.repeat(size * 2)}`],
    ['colons', (size: number) => `ip6:${':1'.repeat(size * 2)}`],
    ['spaces', (size: number) => ' '.repeat(size * 5)],
    ['terms', (size: number) => 'x=y '.repeat(size / 8)],
  ])('reads a record of many %s in linear time', (_, text) => {
    const version = { version: 'spf1', scopes: [], length: 6 } as const;
    const values = { s: '', l: '', o: '', d: 'example.com', i: '', p: '', h: '', c: '', r: '', t: '', v: '' };
    let serial = 0;
    const exponent = growthExponent((size) => {
      const record = `v=spf1 ${text(size)}`;
      for (let round = 0; round < 20; round++) {
        // A record read before is not read again, so none occurs twice.
        for (const term of parseSpfRecord(`${record} n=${serial++}`, version).terms) {
          if (term.kind === 'exists') expandTargetName(term.domain, values);
        }
      }
    }, 800);
    expect(exponent).toBeLessThan(1.6);
  });
});

describe('bounded questions', () => {
  it('holds in a world where every term of every record costs the most it can', async () => {
    const terms = Array.from({ length: 20 }, (_, index) => `mx:m${index}.%{d}`).join(' ');
    let host = 0;
    const world = answers((name, type) => {
      if (type === 'TXT')
        return [`v=spf1 include:a.%{d} include:b.%{d} ${terms} ptr exists:%{p}.x.%{d} redirect=c.%{d}`];
      if (type === 'MX') return Array.from({ length: 10 }, () => ({ preference: 1, exchange: `h${host++}.${name}` }));
      if (type === 'PTR') return Array.from({ length: 50 }, (_, index) => `p${index}.example.net`);
      return ['198.51.100.7'];
    });
    const report = await check(world);
    expect(report).toMatchObject({ result: 'permerror', reason: 'too-many-lookups', lookups: LIMITS.spfLookupTerms });
    expect(world.asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
  });

  it('holds for ten mail terms of ten servers, ten names of the client, and an explanation', async () => {
    const world = answers((name, type) => {
      if (type === 'TXT')
        return name.startsWith('why')
          ? ['%{p}']
          : [
              `v=spf1 ${'mx:%{p}.x ptr:y.%{d} '.repeat(1)}${Array.from({ length: 7 }, (_, index) => `mx:m${index}.%{d}`).join(' ')} -all exp=why.%{p}.example`,
            ];
      if (type === 'MX')
        return Array.from({ length: 10 }, (_, index) => ({ preference: index, exchange: `h${index}.${name}` }));
      if (type === 'PTR') return Array.from({ length: 12 }, (_, index) => `p${index}.example.net`);
      return ['198.51.100.7'];
    });
    const report = await check(world);
    expect(report).toMatchObject({ result: 'fail', lookups: 10, explanation: 'unknown' });
    expect(world.asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
    expect(new Set(world.asked).size).toBe(world.asked.length);
  });

  it('holds for the profile of an endless tree', async () => {
    let next = 0;
    const world = answers((_, type) => {
      if (type !== 'TXT') return [];
      const includes = Array.from({ length: 100 }, () => `include:n${next++}.example.net a:h${next}.example.net`);
      return [`v=spf1 ${includes.join(' ')} -all`];
    });
    const profile = await profileSpf('example.com', { resolver: world });
    expect(profile.complete).toBe(false);
    expect(profile.queries).toBe(world.asked.length);
    expect(world.asked.length).toBeLessThanOrEqual(LIMITS.spfProfileQueries);
    const [tree] = profile.trees;
    expect(tree?.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['too-many-lookups', 'profile-incomplete']),
    );
    expect(tree?.findings.length).toBeLessThanOrEqual(LIMITS.spfProfileFindings);
  });
});

describe('any record, any names', () => {
  const octets = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 6,
  });
  const word = fc.constantFrom(
    ...'a mx ptr all -all ~all include:%{d} include:x.example redirect=y.example exp=z.example exists:%{p}.%{l1r-}.q.example'.split(
      ' ',
    ),
    ...'a:%{h} mx:%{i}.example/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 x=%{s} exists:%{ir}.%{v}.%{d2} ptr:%{o} a:%_.%%.%-'.split(
      ' ',
    ),
  );
  const record = fc.array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: octets }), {
    maxLength: 12,
  });
  const texts = fc.array(
    record.chain((words) =>
      fc.constantFrom('v=spf1 ', 'spf2.0/pra ', 'spf2.0/mfrom,pra ', '').map((version) => version + words.join(' ')),
    ),
    { maxLength: 3 },
  );
  const name = fc.oneof(fc.constantFrom('x.example', 'mx.example.com', '.', '', 'a..b', 'ö.example'), octets);

  it('gives a result of the table, never an exception, never more questions than promised', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(texts, { minLength: 1, maxLength: 4 }),
        fc.array(name, { maxLength: 12 }),
        fc.constantFrom('192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1'),
        fc.oneof(
          fc.constantFrom('user@example.com', '', '@x.example', 'ü@example.com', 'user@bücher.example'),
          fc.string(),
        ),
        fc.oneof(fc.constantFrom('mail.example.com', '', '[192.0.2.1]'), fc.string()),
        fc.constantFrom('mfrom', 'pra', 'helo'),
        async (records, names, ip, sender, helo, scope) => {
          let turn = 0;
          const resolver = answers((_, type) => {
            if (type === 'TXT') return records[turn++ % records.length];
            if (type === 'MX') return names.map((exchange, preference) => ({ preference, exchange }));
            if (type === 'PTR') return names;
            return turn++ % 3 === 0 ? undefined : ['192.0.2.1', '2001:db8::1', 'rubbish'];
          });
          const report = await checkHost({ ip, sender, helo, scope, resolver, now: new Date(0) });
          if (report.reason === null) expect(report.result).toBe('pass');
          else expect(report.result).toBe(SPF_REASONS[report.reason]);
          expect(report.lookups).toBeLessThanOrEqual(LIMITS.spfLookupTerms);
          expect(report.explanation ?? '').toMatch(/^[\x20-\x7e]{0,500}$/);
          expect(resolver.asked.length).toBeLessThanOrEqual(MOST_QUESTIONS);
          for (const question of resolver.asked) expect(question).toMatch(/^[A-Z]+ [\x20-\x7e]{1,253}$/);
          expect(JSON.parse(JSON.stringify(report))).toEqual(report);
          const profile = await profileSpf(sender, { resolver });
          expect(profile.queries).toBeLessThanOrEqual(LIMITS.spfProfileQueries);
          expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
        },
      ),
      { numRuns: 400 },
    );
  });
});
