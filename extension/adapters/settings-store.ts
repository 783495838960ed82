/** Settings in the extension's own storage. */
import browser from 'webextension-polyfill';
import { repairSettings, type Settings } from '../settings/settings.ts';

const KEY = 'settings';

export async function loadSettings(): Promise<Settings> {
  const stored = await browser.storage.local.get(KEY);
  return repairSettings(stored[KEY]);
}

/** Changes what `change` says in the settings as they are stored now. */
export async function updateSettings(change: (settings: Settings) => Partial<Settings>): Promise<Settings> {
  const settings = await loadSettings();
  const changed = { ...settings, ...change(settings) };
  await browser.storage.local.set({ [KEY]: changed });
  return changed;
}

/** Calls back when the settings were changed, by whichever page. */
export function onSettingsChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) listener();
  });
}
