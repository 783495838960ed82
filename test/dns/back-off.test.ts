import { describe, expect, it } from 'vitest';
import { withBackOff } from '../../src/dns/back-off.ts';
import type { DnsFailure } from '../../src/dns/resolver.ts';
import { createResolver, type MessageSource } from '../../src/dns/source.ts';
import { LIMITS } from '../../src/limits.ts';

/** A source that fails as told, behind the back-off, with a clock to set. */
function failing(failure: DnsFailure) {
  const state = { failure, asked: 0, time: 1_000_000 };
  const source: MessageSource = {
    ask() {
      state.asked++;
      return Promise.resolve({ ok: false, failure: state.failure, detail: 'as told' });
    },
  };
  const resolver = createResolver(withBackOff(source, () => state.time));
  const ask = async () => resolver.query('example.com', 'TXT');
  return { state, ask };
}

describe('a server that fails', () => {
  it.each(['timeout', 'network', 'http', 'captive'] as const)('several times is left alone: %s', async (failure) => {
    const { state, ask } = failing(failure);
    for (let time = 0; time < LIMITS.dnsFailuresInARow; time++) expect(await ask()).toMatchObject({ cached: false });
    expect(await ask()).toMatchObject({ kind: 'failure', failure, detail: 'as told', cached: true });
    expect(state.asked).toBe(LIMITS.dnsFailuresInARow);
  });

  it('is asked again after a while that doubles, up to a minute', async () => {
    const { state, ask } = failing('timeout');
    for (let time = 0; time < LIMITS.dnsFailuresInARow; time++) await ask();
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      const { asked } = state;
      state.time += seconds * 1000 - 1;
      await ask();
      expect(state.asked, `within ${seconds} s`).toBe(asked);
      state.time += 1;
      await ask();
      expect(state.asked, `after ${seconds} s`).toBe(asked + 1);
    }
  });

  it('and then answers is asked as before', async () => {
    const { state, ask } = failing('network');
    for (let time = 0; time < LIMITS.dnsFailuresInARow; time++) await ask();
    state.time += 1000;
    state.failure = 'servfail';
    for (let time = 0; time < 5; time++) expect(await ask()).toMatchObject({ failure: 'servfail', cached: false });
  });

  it('because this machine is offline, or for what a domain did, is not left alone', async () => {
    for (const failure of ['offline', 'servfail', 'bogus', 'malformed'] as const) {
      const { state, ask } = failing(failure);
      for (let time = 0; time < 10; time++) await ask();
      expect(state.asked, failure).toBe(10);
    }
  });

  it('is not left alone for longer where the clock is set back', async () => {
    const { state, ask } = failing('timeout');
    for (let time = 0; time < LIMITS.dnsFailuresInARow; time++) await ask();
    state.time -= 10_000_000;
    await ask();
    expect(state.asked).toBe(LIMITS.dnsFailuresInARow + 1);
  });
});
