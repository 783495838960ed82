/** Values in the extension's own storage, each with one writer at a time: pages and background take turns over all of its contexts. */
import browser from 'webextension-polyfill';

export interface StoredValue<T> {
  readonly load: () => Promise<T>;
  /**
   * Changes the value as it is stored now, and returns what is stored then. Nothing is written where `change` gives back what it
   * was given. Rejects where the storage fails or is full; what was stored is then what it was before.
   */
  readonly change: (change: (value: T) => T | Promise<T>) => Promise<T>;
  /** Calls back when it was changed, by whichever page; returns what ends that. */
  readonly onChanged: (listener: () => void) => () => void;
}

/**
 * @param read makes a value of whatever is stored, also of nothing; throws or rejects where it cannot
 * @param write how a value is stored
 */
export function storedValue<T>(
  key: string,
  read: (stored: unknown) => T | Promise<T>,
  write: (value: T) => unknown = (value) => value,
): StoredValue<T> {
  const load = async (): Promise<T> => read((await browser.storage.local.get(key))[key]);
  return {
    load,
    change: (change) =>
      navigator.locks.request(key, async () => {
        const before = await load();
        const after = await change(before);
        if (after !== before) await browser.storage.local.set({ [key]: write(after) });
        return after;
      }),
    onChanged(listener) {
      const hear = (changes: Readonly<Record<string, unknown>>, area: string): void => {
        if (area === 'local' && key in changes) listener();
      };
      browser.storage.onChanged.addListener(hear);
      return () => browser.storage.onChanged.removeListener(hear);
    },
  };
}
