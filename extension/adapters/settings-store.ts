/** Settings in the extension's own storage, with those that an organization has set. */
import { repairSettings, type Settings } from '../settings/settings.ts';
import { withManaged } from '../settings/managed.ts';
import { loadManaged, onManagedChanged } from './managed-store.ts';
import { storedValue } from './stored-value.ts';

const stored = storedValue<Settings>('settings', repairSettings);

export async function loadSettings(): Promise<Settings> {
  const [settings, managed] = await Promise.all([stored.load(), loadManaged()]);
  return withManaged(settings, managed);
}

/** Changes what `change` says in the settings as they are stored now. */
export async function updateSettings(change: (settings: Settings) => Partial<Settings>): Promise<Settings> {
  const settings = await stored.change((before) => ({ ...before, ...change(before) }));
  return withManaged(settings, await loadManaged());
}

/** Calls back when the settings were changed, by whichever page or the organization; returns what ends that. */
export function onSettingsChanged(listener: () => void): () => void {
  const ends = [stored.onChanged(listener), onManagedChanged(listener)];
  return () => ends.forEach((end) => end());
}
