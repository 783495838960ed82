/** A page that asks gets an answer or an error, and never waits for good. */
import { afterEach, describe, expect, it, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn<() => Promise<unknown>>());
vi.mock('webextension-polyfill', () => ({ default: { runtime: { sendMessage } } }));
const { ask, ASK_LIMIT_MS } = await import('../../extension/messaging/ask.ts');

afterEach(() => {
  vi.useRealTimers();
});

describe('a request of a page', () => {
  it('is answered, also with nothing', async () => {
    sendMessage.mockResolvedValueOnce([]).mockResolvedValueOnce(null);
    expect(await ask('accounts', {})).toEqual([]);
    expect(await ask('clear-cache', {})).toBeNull();
    expect(sendMessage).toHaveBeenCalledWith({ name: 'accounts' });
  });

  it('fails where the background fails, and where nobody listens', async () => {
    sendMessage.mockRejectedValueOnce(new Error('Could not establish connection'));
    await expect(ask('accounts', {})).rejects.toThrow('connection');
    sendMessage.mockResolvedValueOnce(undefined);
    await expect(ask('folders', {})).rejects.toThrow('no answer (folders)');
  });

  it('fails where no answer comes', async () => {
    vi.useFakeTimers();
    sendMessage.mockReturnValueOnce(new Promise(() => undefined));
    const failed = expect(ask('folders', {})).rejects.toThrow('no answer within 90 s (folders)');
    await vi.advanceTimersByTimeAsync(ASK_LIMIT_MS);
    await failed;
    expect(vi.getTimerCount()).toBe(0);
  });
});
