/** Keeps the DNS cache across restarts, written at most once in a while: a question saved costs more than a second's staleness. */
import browser from 'webextension-polyfill';
import type { CacheSnapshot, CacheStore } from '../../src/dns/cache-snapshot.ts';

const KEY = 'dnsCache';
const WRITE_DELAY_MS = 2_000;

let waiting: (() => unknown) | undefined;

/**
 * The store of one resolver's answers: those of another one are not read, and go when this one's are written.
 * @param owner who gave the answers, and who proved them
 */
export function dnsCacheStore(owner: string): CacheStore {
  return {
    async load() {
      const stored: unknown = (await browser.storage.local.get(KEY))[KEY];
      return isOwned(stored) && stored.owner === owner ? stored.snapshot : undefined;
    },
    save(snapshot) {
      if (waiting === undefined) setTimeout(() => void write(), WRITE_DELAY_MS);
      waiting = () => ({ owner, snapshot: snapshot() }) satisfies Owned;
    },
  };
}

interface Owned {
  readonly owner: string;
  readonly snapshot: CacheSnapshot;
}

function isOwned(stored: unknown): stored is Owned {
  return typeof stored === 'object' && stored !== null && 'owner' in stored && 'snapshot' in stored;
}

/** A cache that cannot be written costs questions after the next start, and nothing else. */
async function write(): Promise<void> {
  const value = waiting?.();
  waiting = undefined;
  if (value === undefined) return;
  try {
    await navigator.locks.request(KEY, () => browser.storage.local.set({ [KEY]: value }));
  } catch (error) {
    console.error(error);
  }
}

export async function clearStoredDnsCache(): Promise<void> {
  waiting = undefined;
  await navigator.locks.request(KEY, () => browser.storage.local.remove(KEY));
}
