/** What an organization has set, in the storage that only it can write to; nothing where there is none. */
import browser from 'webextension-polyfill';

export async function loadManaged(): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await browser.storage.managed.get();
  } catch {
    return {}; // Firefox and Thunderbird reject where no organization has set anything
  }
}

/** Calls back when it was changed, where that can happen while the program runs; returns what ends that. */
export function onManagedChanged(listener: () => void): () => void {
  const hear = (_: unknown, area: string): void => {
    if (area === 'managed') listener();
  };
  browser.storage.onChanged.addListener(hear);
  return () => browser.storage.onChanged.removeListener(hear);
}
