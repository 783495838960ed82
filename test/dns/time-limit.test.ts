/** All questions of a check share one deadline; after it nobody is asked any more. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkMessage } from '../../src/check.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { withTimeLimit } from '../../src/dns/time-limit.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { LIMITS } from '../../src/limits.ts';

const ZONE = createZoneResolver({ 'quiet.example': { TXT: ['hello'] } });

/** A resolver that answers names below `quiet.example` and never any other. */
function halfDead() {
  const asked: string[] = [];
  const aborted: string[] = [];
  const resolver: Resolver = {
    query(name, type, options) {
      asked.push(name);
      if (name.endsWith('quiet.example')) return ZONE.query(name, type, options);
      return new Promise((_, reject) => {
        options?.signal?.addEventListener('abort', () => {
          aborted.push(name);
          reject(options.signal?.reason as Error);
        });
      });
    },
  };
  return { resolver, asked, aborted };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

describe('a time limit around a resolver', () => {
  it('passes on what is answered in time', async () => {
    const { resolver } = halfDead();
    expect(await withTimeLimit(resolver, 1000).query('quiet.example', 'TXT')).toMatchObject({
      kind: 'records',
      records: ['hello'],
    });
  });

  it('ends every open question at the same moment, counted from the first, and lets go of them', async () => {
    const { resolver, asked, aborted } = halfDead();
    const limited = withTimeLimit(resolver, 1000);
    const first = limited.query('one.example', 'TXT');
    await vi.advanceTimersByTimeAsync(700);
    const second = limited.query('two.example', 'A');
    await vi.advanceTimersByTimeAsync(299);
    expect(aborted).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    const timeout = { kind: 'failure', failure: 'timeout', cached: false };
    expect(await first).toMatchObject({ ...timeout, name: 'one.example', type: 'TXT' });
    expect(await second).toMatchObject({ ...timeout, name: 'two.example', type: 'A' });
    expect(aborted).toEqual(['one.example', 'two.example']);
    expect(await limited.query('quiet.example', 'TXT')).toMatchObject(timeout);
    expect(asked).toEqual(['one.example', 'two.example']);
  });

  it('leaves no timer behind once a question is answered', async () => {
    await withTimeLimit(halfDead().resolver, 60_000).query('quiet.example', 'TXT');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects for its caller’s signal, before and after time is up', async () => {
    const reason = new Error('gone');
    const limited = withTimeLimit(halfDead().resolver, 10);
    const caller = new AbortController();
    const open = limited.query('one.example', 'TXT', { signal: caller.signal });
    caller.abort(reason);
    await expect(open).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(20);
    await expect(limited.query('one.example', 'TXT', { signal: caller.signal })).rejects.toBe(reason);
  });
});

describe('a check with a resolver that never answers', () => {
  const MESSAGE = new TextEncoder().encode(
    [
      'DKIM-Signature: v=1; a=rsa-sha256; d=dead.example; s=a; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA',
      'From: Ann <ann@dead.example>',
      '',
      '',
    ].join('\r\n'),
  );

  it.each([
    ['by default', undefined, LIMITS.lookupsDeadline],
    ['where its caller sets one', 250, 250],
  ])('is unchecked at the deadline, with what is known (%s)', async (_, deadline, milliseconds) => {
    const checking = checkMessage(MESSAGE, { resolver: halfDead().resolver, now: new Date(), deadline });
    let settled = false;
    void checking.then(() => (settled = true));
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const report = await checking;
    expect(report.level).toBe('unchecked');
    expect(report.identities.from[0]?.address).toBe('ann@dead.example');
    expect(report.dnsFailures[0]).toMatchObject({ name: 'a._domainkey.dead.example', failure: 'timeout' });
    expect(new Set(report.dnsFailures.map(({ failure }) => failure))).toEqual(new Set(['timeout']));
  });
});
