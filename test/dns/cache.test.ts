import { describe, expect, it } from 'vitest';
import type { CacheSnapshot, CacheStore } from '../../src/dns/cache-snapshot.ts';
import type { CacheOptions, CachingResolver } from '../../src/dns/cache.ts';
import { withCache } from '../../src/dns/cache.ts';
import { failureAnswer } from '../../src/dns/question.ts';
import type { DnsAnswer, DnsFailure, QueryOptions, RecordType, Resolver } from '../../src/dns/resolver.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';
import type { RecordingResolver } from '../support/recording-resolver.ts';
import { recordQuestions } from '../support/recording-resolver.ts';

const START = Date.UTC(2026, 0, 1);

interface Setting {
  readonly cache: CachingResolver;
  readonly inner: RecordingResolver;
  /** Moves the clock, in seconds; back with a negative number. */
  readonly wait: (seconds: number) => void;
}

function cacheOver(resolver: Resolver, options: CacheOptions = {}): Setting {
  let time = START;
  const inner = recordQuestions(resolver);
  return {
    inner,
    cache: withCache(inner, { now: () => new Date(time), ...options }),
    wait: (seconds) => (time += seconds * 1000),
  };
}

const ZONE = {
  'example.com': { _ttl: 100, A: ['192.0.2.1'] },
  'other.example': { _ttl: 100, A: ['192.0.2.2'] },
  'third.example': { _ttl: 100, A: ['192.0.2.3'] },
  'always.example': { _ttl: 10_000_000, A: ['192.0.2.4'] },
  'never.example': { _ttl: 0, A: ['192.0.2.5'] },
  'broken.example': { A: 'SERVFAIL' },
} as const;

/** A resolver whose answers come when the test says so. */
function createHeldResolver(): { resolver: Resolver; signals: AbortSignal[]; answerAll(): void } {
  const signals: AbortSignal[] = [];
  const held: (() => void)[] = [];
  const zone = createZoneResolver(ZONE);
  return {
    signals,
    answerAll: () => held.splice(0).forEach((go) => go()),
    resolver: {
      query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
        if (signal !== undefined) signals.push(signal);
        return new Promise((resolve, reject) => {
          held.push(() => resolve(zone.query(name, type)));
          signal?.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
        });
      },
    },
  };
}

describe('answers kept', () => {
  it('for their TTL, with what is left of it', async () => {
    const { cache, inner, wait } = cacheOver(createZoneResolver(ZONE));
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: false, ttl: 100 });
    wait(40);
    expect(await cache.query('EXAMPLE.com.', 'A')).toEqual({
      kind: 'records',
      name: 'example.com',
      type: 'A',
      cached: true,
      ttl: 60,
      dnssec: 'insecure',
      records: ['192.0.2.1'],
    });
    wait(59.5);
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: true, ttl: 1 });
    wait(0.5);
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: false, ttl: 100 });
    expect(inner.questions).toHaveLength(2);
  });

  it('by name and type', async () => {
    const { cache, inner } = cacheOver(createZoneResolver(ZONE));
    await cache.query('example.com', 'A');
    await cache.query('example.com', 'AAAA');
    await cache.query('other.example', 'A');
    expect(inner.questions).toHaveLength(3);
  });

  it.each([
    ['positive ones no longer than the limit', 'always.example', 'A', LIMITS.dnsCacheSeconds],
    ['no-data no longer than its own limit', 'always.example', 'TXT', LIMITS.dnsNegativeSeconds],
    ['nxdomain too', 'sub.always.example', 'TXT', LIMITS.dnsNegativeSeconds],
  ] as const)('%s', async (_, name, type, seconds) => {
    const { cache, wait } = cacheOver(createZoneResolver(ZONE));
    await cache.query(name, type);
    wait(seconds - 1);
    expect(await cache.query(name, type)).toMatchObject({ cached: true, ttl: 1 });
    wait(1);
    expect(await cache.query(name, type)).toMatchObject({ cached: false });
  });

  it('not at all with a TTL of zero (RFC 1035 §3.2.1)', async () => {
    const { cache } = cacheOver(createZoneResolver(ZONE));
    await cache.query('never.example', 'A');
    expect(await cache.query('never.example', 'A')).toMatchObject({ cached: false });
  });

  it.each(['servfail', 'bogus', 'refused', 'timeout', 'network', 'http', 'malformed'] as const)(
    'a %s for a few seconds only (RFC 9520 §3.2)',
    async (failure) => {
      const { cache, inner, wait } = cacheOver(failing(failure));
      expect(await cache.query('example.com', 'A')).toMatchObject({ failure, cached: false });
      wait(LIMITS.dnsFailureSeconds - 1);
      expect(await cache.query('example.com', 'A')).toMatchObject({ failure, cached: true });
      wait(1);
      expect(await cache.query('example.com', 'A')).toMatchObject({ failure, cached: false });
      expect(inner.questions).toHaveLength(2);
    },
  );

  it.each(['offline', 'not-configured'] as const)('being %s not at all: its end shows at once', async (failure) => {
    const { cache, inner } = cacheOver(failing(failure));
    await cache.query('example.com', 'A');
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: false });
    expect(inner.questions).toHaveLength(2);
  });

  it('not under a clock that was set back', async () => {
    const { cache, wait } = cacheOver(createZoneResolver(ZONE));
    await cache.query('example.com', 'A');
    wait(-1);
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: false });
  });

  it('until cleared', async () => {
    const { cache } = cacheOver(createZoneResolver(ZONE));
    await cache.query('example.com', 'A');
    cache.clear();
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: false });
  });

  it('as many as allowed: the longest unused goes first', async () => {
    const { cache } = cacheOver(createZoneResolver(ZONE), { maxEntries: 2 });
    await cache.query('example.com', 'A');
    await cache.query('other.example', 'A');
    await cache.query('example.com', 'A');
    await cache.query('third.example', 'A');
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: true });
    expect(await cache.query('third.example', 'A')).toMatchObject({ cached: true });
    expect(await cache.query('other.example', 'A')).toMatchObject({ cached: false });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('maxEntries %s is a programming error', (maxEntries) => {
    expect(() => withCache(createZoneResolver({}), { maxEntries })).toThrow(RangeError);
  });

  it('but names no message can carry are passed on', async () => {
    const { cache, inner } = cacheOver(createZoneResolver(ZONE));
    await cache.query('a..b', 'A');
    expect(await cache.query('a..b', 'A')).toMatchObject({ failure: 'malformed', cached: false });
    expect(inner.questions).toHaveLength(2);
  });
});

describe('one question in flight once', () => {
  it('is shared: only the first asker pays', async () => {
    const held = createHeldResolver();
    const { cache, inner } = cacheOver(held.resolver);
    const waiting = Promise.all(['example.com', 'Example.com.', 'EXAMPLE.COM'].map((name) => cache.query(name, 'A')));
    await Promise.resolve();
    held.answerAll();
    expect((await waiting).map((answer) => answer.cached)).toEqual([false, true, true]);
    expect(inner.questions).toHaveLength(1);
  });

  it('also where the answer is not to be kept', async () => {
    const { cache, inner } = cacheOver(createZoneResolver(ZONE));
    await Promise.all([cache.query('never.example', 'A'), cache.query('never.example', 'A')]);
    expect(inner.questions).toHaveLength(1);
  });

  it('goes on for the others when one gives up, even the first', async () => {
    const held = createHeldResolver();
    const { cache } = cacheOver(held.resolver);
    const controller = new AbortController();
    const first = cache.query('example.com', 'A', { signal: controller.signal });
    const second = cache.query('example.com', 'A');
    controller.abort(new Error('closed'));
    await expect(first).rejects.toThrow('closed');
    expect(held.signals[0]?.aborted).toBe(false);
    held.answerAll();
    expect(await second).toMatchObject({ kind: 'records' });
    expect(await cache.query('example.com', 'A')).toMatchObject({ cached: true });
  });

  it('is given up with the last of them, and can be asked anew at once', async () => {
    const held = createHeldResolver();
    const { cache, inner } = cacheOver(held.resolver);
    const controllers = [new AbortController(), new AbortController()];
    const waiting = controllers.map(({ signal }) => cache.query('example.com', 'A', { signal }));
    for (const controller of controllers) controller.abort(new Error('closed'));
    for (const question of waiting) await expect(question).rejects.toThrow('closed');
    expect(held.signals[0]?.aborted).toBe(true);
    const again = cache.query('example.com', 'A');
    held.answerAll();
    expect(await again).toMatchObject({ kind: 'records', cached: false });
    expect(inner.questions).toHaveLength(2);
  });

  it('is not asked for a caller who had given up before', async () => {
    const { cache, inner } = cacheOver(createZoneResolver(ZONE));
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(cache.query('example.com', 'A', { signal })).rejects.toThrow('closed');
    expect(inner.questions).toHaveLength(0);
  });

  it('passes on a bug of the resolver to all who wait, and keeps nothing of it', async () => {
    let calls = 0;
    const { cache } = cacheOver({
      query: () => {
        calls++;
        return Promise.reject(new TypeError('bug'));
      },
    });
    const waiting = [cache.query('example.com', 'A'), cache.query('example.com', 'A')];
    for (const question of waiting) await expect(question).rejects.toThrow('bug');
    await expect(cache.query('example.com', 'A')).rejects.toThrow('bug');
    expect(calls).toBe(2);
  });

  it('does not keep what was under way when the cache was cleared', async () => {
    const held = createHeldResolver();
    const { cache } = cacheOver(held.resolver);
    const waiting = cache.query('example.com', 'A');
    cache.clear();
    held.answerAll();
    expect(await waiting).toMatchObject({ kind: 'records' });
    const next = cache.query('example.com', 'A');
    held.answerAll();
    expect(await next).toMatchObject({ cached: false });
  });
});

describe('a cache that outlives its process', () => {
  /** Storage that goes through JSON, as a browser's does; `saves` counts how often it was told. */
  function createStore(content?: unknown): CacheStore & { content: unknown; saves: number } {
    return {
      content,
      saves: 0,
      load() {
        return Promise.resolve(this.content);
      },
      save(snapshot: () => CacheSnapshot) {
        this.saves++;
        this.content = JSON.parse(JSON.stringify(snapshot()));
      },
    };
  }

  it('answers after a restart, for what is left of the TTL', async () => {
    const store = createStore();
    const before = cacheOver(createZoneResolver(ZONE), { store });
    await before.cache.query('example.com', 'A');
    await before.cache.query('example.com', 'TXT');
    await before.cache.query('gone.example', 'A');
    const after = cacheOver(createZoneResolver({}), { store });
    after.wait(30);
    expect(await after.cache.query('example.com', 'A')).toMatchObject({
      cached: true,
      ttl: 70,
      records: ['192.0.2.1'],
    });
    expect(await after.cache.query('example.com', 'TXT')).toMatchObject({ cached: true, kind: 'no-data' });
    expect(await after.cache.query('gone.example', 'A')).toMatchObject({ cached: true, kind: 'nxdomain' });
    after.wait(70);
    expect(await after.cache.query('example.com', 'A')).toMatchObject({ cached: false });
  });

  it('is saved once for questions asked together, and not for what was known or failed', async () => {
    const store = createStore();
    const { cache } = cacheOver(createZoneResolver(ZONE), { store });
    await Promise.all([
      cache.query('example.com', 'A'),
      cache.query('other.example', 'A'),
      cache.query('never.example', 'A'),
    ]);
    expect(store.saves).toBe(1);
    await cache.query('example.com', 'A');
    await cache.query('broken.example', 'A');
    expect(store.saves).toBe(1);
    expect(JSON.stringify(store.content)).not.toContain('broken');
  });

  it('is saved too where the last question of several is given up', async () => {
    const held = createHeldResolver();
    const store = createStore();
    const { cache } = cacheOver(held.resolver, { store });
    const first = cache.query('example.com', 'A');
    await new Promise((resolve) => setTimeout(resolve));
    const controller = new AbortController();
    held.answerAll();
    const second = cache.query('other.example', 'A', { signal: controller.signal });
    await first;
    controller.abort(new Error('closed'));
    await expect(second).rejects.toThrow('closed');
    expect(store.saves).toBe(1);
  });

  it('starts empty where storage fails or holds something else', async () => {
    const broken: CacheStore = { load: () => Promise.reject(new Error('disk')), save: () => undefined };
    for (const store of [broken, createStore('nonsense'), createStore({ version: 2, entries: [] })]) {
      const { cache } = cacheOver(createZoneResolver(ZONE), { store });
      expect(await cache.query('example.com', 'A')).toMatchObject({ kind: 'records', cached: false });
    }
  });

  it('forgets on disk too when cleared, and is not filled from it afterwards', async () => {
    const store = createStore();
    const before = cacheOver(createZoneResolver(ZONE), { store });
    await before.cache.query('example.com', 'A');
    const { content } = store;
    before.cache.clear();
    expect(store.content).toEqual({ version: 1, entries: [] });

    const slow = createStore(content);
    const after = cacheOver(createZoneResolver({}), { store: slow });
    const waiting = after.cache.query('example.com', 'A');
    after.cache.clear();
    expect(await waiting).toMatchObject({ kind: 'nxdomain', cached: false });
  });

  it('does not keep a caller waiting for storage who has given up', async () => {
    const store: CacheStore = { load: () => new Promise(() => undefined), save: () => undefined };
    const { cache } = cacheOver(createZoneResolver(ZONE), { store });
    const controller = new AbortController();
    const waiting = cache.query('example.com', 'A', { signal: controller.signal });
    controller.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
  });
});

function failing(failure: DnsFailure): Resolver {
  return { query: (name, type) => Promise.resolve(failureAnswer(name, type, failure, 'as the test says')) };
}
