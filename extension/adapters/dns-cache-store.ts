/** Keeps the DNS cache across restarts, written at most once in a while: a question saved costs more than a second's staleness. */
import browser from 'webextension-polyfill';
import type { CacheSnapshot, CacheStore } from '../../src/dns/cache-snapshot.ts';

const KEY = 'dnsCache';
const WRITE_DELAY_MS = 2_000;

let waiting: (() => CacheSnapshot) | undefined;

export const dnsCacheStore: CacheStore = {
  async load() {
    return (await browser.storage.local.get(KEY))[KEY];
  },
  save(snapshot) {
    if (waiting === undefined) setTimeout(() => void write(), WRITE_DELAY_MS);
    waiting = snapshot;
  },
};

/** A cache that cannot be written costs questions after the next start, and nothing else. */
async function write(): Promise<void> {
  const snapshot = waiting?.();
  waiting = undefined;
  if (snapshot === undefined) return;
  try {
    await navigator.locks.request(KEY, () => browser.storage.local.set({ [KEY]: snapshot }));
  } catch (error) {
    console.error(error);
  }
}

export async function clearStoredDnsCache(): Promise<void> {
  waiting = undefined;
  await navigator.locks.request(KEY, () => browser.storage.local.remove(KEY));
}
