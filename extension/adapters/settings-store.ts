/** Settings in the extension's own storage. */
import { repairSettings, type Settings } from '../settings/settings.ts';
import { storedValue } from './stored-value.ts';

const stored = storedValue<Settings>('settings', repairSettings);

export const loadSettings = stored.load;

/** Changes what `change` says in the settings as they are stored now. */
export function updateSettings(change: (settings: Settings) => Partial<Settings>): Promise<Settings> {
  return stored.change((settings) => ({ ...settings, ...change(settings) }));
}

/** Calls back when the settings were changed, by whichever page; returns what ends that. */
export const onSettingsChanged = stored.onChanged;
