/** Values that last as long as the browser runs, and never reach its disk: they outlive the background, which sleeps when it is idle. */
import browser from 'webextension-polyfill';

export interface SessionValue<T> {
  readonly load: () => Promise<T>;
  readonly save: (value: T) => Promise<void>;
}

/** Only this extension writes there, so what is found is what was written. */
export function sessionValue<T>(key: string, none: T): SessionValue<T> {
  return {
    load: async () => ((await browser.storage.session.get(key))[key] ?? none) as T,
    save: (value) => browser.storage.session.set({ [key]: value }),
  };
}

/** Calls back when a value of this session was changed; returns what ends that. */
export function onSessionChanged(listener: () => void): () => void {
  const hear = (_changes: unknown, area: string): void => {
    if (area === 'session') listener();
  };
  browser.storage.onChanged.addListener(hear);
  return () => browser.storage.onChanged.removeListener(hear);
}
