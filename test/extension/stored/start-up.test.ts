/** The wait after the start of the mail program counts from that start, and is over once a session. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let session: Record<string, unknown>;
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      session: {
        get: (key: string) => Promise.resolve(key in session ? { [key]: session[key] } : {}),
        set: (values: Record<string, unknown>) => Promise.resolve(void Object.assign(session, values)),
      },
    },
  },
}));
const { isStarting, noteStart, startedUp } = await import('../../../extension/adapters/start-up.ts');

const START = new Date('2026-11-22T08:00:00Z');
beforeEach(() => {
  session = {};
  vi.useFakeTimers({ now: START });
});
afterEach(() => void vi.useRealTimers());

/** Milliseconds that `startedUp` takes, and what it gives. */
async function waited(): Promise<readonly [number, boolean]> {
  const before = Date.now();
  const done = startedUp().then((isFirst) => [Date.now() - before, isFirst] as const);
  await vi.runAllTimersAsync();
  return done;
}

describe('the wait after a start', () => {
  it('counts from the start, not from the first run', async () => {
    await noteStart();
    vi.setSystemTime(START.getTime() + 7000);
    expect(await isStarting()).toBe(true);
    expect(await waited()).toEqual([3000, true]);
    expect(await isStarting()).toBe(false);
  });

  it('is none where the program has been open for long, and the first run of a session still knows that it is', async () => {
    await noteStart();
    vi.setSystemTime(START.getTime() + 60_000);
    await noteStart(); // a later life of the background
    expect(await isStarting()).toBe(false);
    expect(await waited()).toEqual([0, true]);
    expect(await waited()).toEqual([0, false]);
  });

  it('is never longer than 10 seconds, whatever the clock does', async () => {
    await noteStart();
    vi.setSystemTime(START.getTime() - 3_600_000);
    expect(await waited()).toEqual([10_000, true]);
  });

  it('is whole where nobody noted the start', async () => {
    expect(await isStarting()).toBe(false);
    expect(await waited()).toEqual([10_000, true]);
  });
});
