import { describe, expect, it } from 'vitest';
import { TIMED_OUT, untilAborted, withDeadline } from '../../src/dns/deadline.ts';

function never(): Promise<never> {
  return new Promise(() => undefined);
}

describe('untilAborted', () => {
  it('passes on what the work comes to', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
    await expect(untilAborted(Promise.resolve(7), undefined)).resolves.toBe(7);
  });

  it('rejects with the reason once the signal is aborted, though the work goes on', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(never(), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it('rejects at once for a signal that was aborted before, also where the work fails later', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await expect(untilAborted(Promise.reject(new Error('later')), signal)).rejects.toThrow('before');
  });
});

describe('withDeadline', () => {
  it('answers what the work answers', async () => {
    await expect(withDeadline(10_000, undefined, () => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('says when time was up, also for work that ignores its signal, and aborts the work', async () => {
    let seen: AbortSignal | undefined;
    const outcome = await withDeadline(5, undefined, (signal) => {
      seen = signal;
      return never();
    });
    expect(outcome).toBe(TIMED_OUT);
    expect(seen?.aborted).toBe(true);
  });

  it("rejects with the caller's reason, and hands it to the work", async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const waiting = withDeadline(10_000, controller.signal, (signal) => {
      seen = signal;
      return never();
    });
    controller.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(seen?.reason).toEqual(new Error('closed'));
  });

  it('does not begin for a signal that was aborted before', async () => {
    let begun = false;
    const work = (): Promise<void> => {
      begun = true;
      return Promise.resolve();
    };
    await expect(withDeadline(10_000, AbortSignal.abort(new Error('before')), work)).rejects.toThrow('before');
    expect(begun).toBe(false);
  });

  it('closes what the work left open when it is done', async () => {
    let seen: AbortSignal | undefined;
    await withDeadline(10_000, undefined, (signal) => {
      seen = signal;
      return Promise.resolve();
    });
    expect(seen?.aborted).toBe(true);
  });
});
