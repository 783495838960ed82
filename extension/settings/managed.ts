/**
 * What an organization has set for its people (docs/managed.md): settings that nobody changes on a page. They are read with the same
 * care as what is stored, and only what is named here can be set.
 */
import { repairSettings, type Settings } from './settings.ts';

/** Settings an organization may set. Whom the reader's accounts believe is theirs, and rules act on their mail. */
export const MANAGEABLE = ['resolver', 'secondResolver', 'dnssec', 'checks', 'older', 'remember', 'banner'] as const;
export type ManagedKey = (typeof MANAGEABLE)[number];

/** The settings that are set, as far as their values are such: of others the reader's own stay. */
export function managedKeys(managed: Readonly<Record<string, unknown>>): readonly ManagedKey[] {
  const repaired = repairSettings(managed);
  return MANAGEABLE.filter((key) => Object.hasOwn(managed, key) && isKept(managed[key], repaired[key]));
}

/** The reader's settings with those of the organization. */
export function withManaged(settings: Settings, managed: Readonly<Record<string, unknown>>): Settings {
  const keys = managedKeys(managed);
  if (keys.length === 0) return settings;
  const set = repairSettings({ ...managed, checks: { ...settings.checks, ...checksIn(managed) } });
  return { ...settings, ...Object.fromEntries(keys.map((key) => [key, set[key]])) };
}

function checksIn({ checks }: Readonly<Record<string, unknown>>): object {
  return typeof checks === 'object' && checks !== null ? checks : {};
}

/** Whether a value went through repairing: a switch that is no boolean, or an address that is none, did not. */
function isKept(value: unknown, repaired: unknown): boolean {
  if (typeof repaired === 'object' && repaired !== null) return typeof value === 'object' && value !== null;
  return repaired === null ? value === null : typeof value === typeof repaired;
}
