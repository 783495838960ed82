import { describe, expect, it } from 'vitest';
import { withFallback } from '../../src/dns/fallback.ts';
import { failureAnswer } from '../../src/dns/question.ts';
import type { DnsFailure, Resolver } from '../../src/dns/resolver.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';

const zone = createZoneResolver({ 'example.com': { TXT: ['from the second'] } });

function pair(failure: DnsFailure | null, second: Resolver = zone) {
  let askedSecond = 0;
  const first: Resolver = {
    query: (name, type) =>
      failure === null
        ? createZoneResolver({ 'example.com': { TXT: ['from the first'] } }).query(name, type)
        : Promise.resolve(failureAnswer(name, type, failure, 'as told')),
  };
  const counted: Resolver = {
    query(name, type, options) {
      askedSecond++;
      return second.query(name, type, options);
    },
  };
  const resolver = withFallback({ host: 'one.example', resolver: first }, { host: 'two.example', resolver: counted });
  return { ask: () => resolver.query('example.com', 'TXT'), askedSecond: () => askedSecond };
}

describe('a second server', () => {
  it('learns nothing while the first answers', async () => {
    const { ask, askedSecond } = pair(null);
    expect(await ask()).toMatchObject({ records: ['from the first'], resolver: 'one.example' });
    expect(askedSecond()).toBe(0);
  });

  it.each(['timeout', 'network', 'http', 'captive'] as const)('is asked where the first fails: %s', async (failure) => {
    expect(await pair(failure).ask()).toMatchObject({ records: ['from the second'], resolver: 'two.example' });
  });

  it.each(['bogus', 'servfail', 'refused', 'offline', 'malformed'] as const)(
    'is not asked to overrule the first, or for nothing: %s',
    async (failure) => {
      const { ask, askedSecond } = pair(failure);
      expect(await ask()).toMatchObject({ failure, resolver: 'one.example' });
      expect(askedSecond()).toBe(0);
    },
  );

  it('that fails as well leaves the failure of the first', async () => {
    const failing: Resolver = { query: (name, type) => Promise.resolve(failureAnswer(name, type, 'network', '')) };
    expect(await pair('timeout', failing).ask()).toMatchObject({ failure: 'timeout', resolver: 'one.example' });
  });
});
