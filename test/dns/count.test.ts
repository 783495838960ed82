import { describe, expect, it } from 'vitest';
import { withCache } from '../../src/dns/cache.ts';
import { countQueries } from '../../src/dns/count.ts';
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from '../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';

const ZONE = {
  'a.example': { TXT: ['a'] },
  'b.example': { TXT: ['b'] },
  'c.example': { TXT: ['c'] },
  'broken.example': { TXT: 'SERVFAIL' },
};

/** Answers after a turn of the event loop, as a network would. */
function delayed(resolver: Resolver): Resolver {
  return {
    async query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      await new Promise((resolve) => setTimeout(resolve));
      return resolver.query(name, type, options);
    },
  };
}

describe('countQueries', () => {
  it('counts questions asked together as one round trip', async () => {
    const { resolver, cost } = countQueries(delayed(createZoneResolver(ZONE)));
    await Promise.all([resolver.query('a.example', 'TXT'), resolver.query('b.example', 'TXT')]);
    expect(cost()).toEqual({ queries: 2, roundTrips: 1, cacheHits: 0 });
    await resolver.query('c.example', 'TXT');
    expect(cost()).toEqual({ queries: 3, roundTrips: 2, cacheHits: 0 });
  });

  it('counts a question asked while another is open in the same wave', async () => {
    const { resolver, cost } = countQueries(delayed(createZoneResolver(ZONE)));
    const first = resolver.query('a.example', 'TXT');
    await Promise.resolve();
    await Promise.all([first, resolver.query('b.example', 'TXT')]);
    expect(cost()).toMatchObject({ queries: 2, roundTrips: 1 });
  });

  it('counts a question that depends on an answer as another round trip', async () => {
    const { resolver, cost } = countQueries(createZoneResolver(ZONE));
    await resolver.query('a.example', 'TXT').then(() => resolver.query('b.example', 'TXT'));
    expect(cost()).toMatchObject({ queries: 2, roundTrips: 2 });
  });

  it('does not count what a warm cache knows, alone or beside a question', async () => {
    const cache = withCache(delayed(createZoneResolver(ZONE)));
    await cache.query('a.example', 'TXT');
    const warm = countQueries(cache);
    await warm.resolver.query('a.example', 'TXT');
    expect(warm.cost()).toEqual({ queries: 0, roundTrips: 0, cacheHits: 1 });
    // The answer from the cache comes first: it neither begins nor ends the wave of the other.
    await Promise.all([warm.resolver.query('a.example', 'TXT'), warm.resolver.query('b.example', 'TXT')]);
    await warm.resolver.query('c.example', 'TXT');
    expect(warm.cost()).toEqual({ queries: 2, roundTrips: 2, cacheHits: 2 });
  });

  it('lets a question shared with another check cost that one', async () => {
    const cache = withCache(delayed(createZoneResolver(ZONE)));
    const [first, second] = [countQueries(cache), countQueries(cache)];
    await Promise.all([first.resolver.query('a.example', 'TXT'), second.resolver.query('a.example', 'TXT')]);
    expect(first.cost()).toEqual({ queries: 1, roundTrips: 1, cacheHits: 0 });
    expect(second.cost()).toEqual({ queries: 0, roundTrips: 0, cacheHits: 1 });
  });

  it('counts failures and questions given up, and those still open', async () => {
    const { resolver, cost } = countQueries(delayed(createZoneResolver(ZONE)));
    await resolver.query('broken.example', 'TXT');
    const controller = new AbortController();
    const given = resolver.query('a.example', 'TXT', { signal: controller.signal });
    controller.abort(new Error('late'));
    await expect(given).rejects.toThrow('late');
    const open = resolver.query('b.example', 'TXT');
    expect(cost()).toEqual({ queries: 3, roundTrips: 3, cacheHits: 0 });
    await open;
  });

  it('does not count questions nobody was asked', async () => {
    const { resolver, cost } = countQueries(createUnavailableResolver('offline'));
    await resolver.query('a.example', 'TXT');
    const signal = AbortSignal.abort(new Error('late'));
    await expect(resolver.query('a.example', 'TXT', { signal })).rejects.toThrow('late');
    expect(cost()).toEqual({ queries: 0, roundTrips: 0, cacheHits: 0 });
  });
});
