/** Proved answers in the cache, and what of them comes back from storage. */
import { describe, expect, it } from 'vitest';
import type { CacheSnapshot, CacheStore } from '../../src/dns/cache-snapshot.ts';
import { withCache } from '../../src/dns/cache.ts';
import { observeQueries } from '../../src/dns/observe.ts';
import recorded from './recorded.json' with { type: 'json' };
import { packetsOf, replay, type Recording } from './recording.ts';

const RECORDING = recorded as Recording;
const PACKETS = packetsOf(RECORDING);
const now = (): Date => new Date(RECORDING.at);
const secure = RECORDING.questions.find(({ verdict }) => verdict === 'secure');
if (secure === undefined) throw new Error('nothing secure was recorded');
const { name, type } = secure;

/** A store as a host has one: what was saved, as JSON. */
function memoryStore(saved?: string): CacheStore & { readonly text: () => string } {
  let snapshot: (() => CacheSnapshot) | undefined;
  return {
    load: () => Promise.resolve(saved === undefined ? undefined : (JSON.parse(saved) as unknown)),
    save: (take) => void (snapshot = take),
    text: () => JSON.stringify(snapshot?.()),
  };
}

describe('a proved answer', () => {
  it('costs nothing the second time, and keeps its proof', async () => {
    const { resolver, asked } = replay(RECORDING, PACKETS);
    const cache = withCache(resolver, { now });
    const cold = await cache.query(name, type);
    const { length } = asked;
    const warm = await cache.query(name, type);
    expect(asked).toHaveLength(length);
    expect(warm).toMatchObject({ cached: true, dnssec: 'secure', proof: cold.proof });
  });

  it('comes back from storage with its proof, and without a question', async () => {
    const before = memoryStore();
    const cold = await withCache(replay(RECORDING, PACKETS).resolver, { now, store: before }).query(name, type);
    const { resolver, asked } = replay(RECORDING, PACKETS);
    const warm = await withCache(resolver, { now, store: memoryStore(before.text()) }).query(name, type);
    expect(warm).toMatchObject({ cached: true, dnssec: 'secure', proof: cold.proof, authenticData: true });
    expect(asked).toEqual([]);
  });

  it.each([
    ['a state that is not its reason’s', /"reason":null/, '"reason":"opt-out"'],
    ['an unknown reason', /"reason":null/, '"reason":"because"'],
    ['a zone without signature', /"signature":\{[^}]*\}/, '"signature":null'],
    ['a time that is none', /"validUntil":\d+/, '"validUntil":"never"'],
    ['another state', /"dnssec":"secure"/, '"dnssec":"insecure"'],
    ['no name', /"proof":\{"name":"[^"]*"/, '"proof":{"name":1'],
  ])('does not come back with %s', async (_, found, instead) => {
    const before = memoryStore();
    await withCache(replay(RECORDING, PACKETS).resolver, { now, store: before }).query(name, type);
    const changed = before.text().replace(found, instead);
    expect(changed).not.toBe(before.text());
    const { resolver, asked } = replay(RECORDING, PACKETS);
    await withCache(resolver, { now, store: memoryStore(changed) }).query(name, type);
    expect(asked).not.toEqual([]);
  });

  it('is told with what it cost, apart from the questions of the check', async () => {
    const { resolver } = replay(RECORDING, PACKETS);
    const cache = withCache(resolver, { now });
    const cold = observeQueries(cache);
    await cold.resolver.query(name, type);
    expect(cold.cost()).toEqual({ queries: 1, roundTrips: 1, cacheHits: 0, proofQueries: 5 });
    expect(cold.proofs()).toMatchObject([{ name, type, state: 'secure', reason: null }]);
    const warm = observeQueries(cache);
    await warm.resolver.query(name, type);
    expect(warm.cost()).toEqual({ queries: 0, roundTrips: 0, cacheHits: 1 });
    expect(warm.proofs()).toHaveLength(1);
  });
});
