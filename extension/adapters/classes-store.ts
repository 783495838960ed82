/** The reader's classes and pass keys, and which mail used the keys, in the extension's own storage. */
import browser from 'webextension-polyfill';
import { findPassKey, repairCollection, type ClassCollection } from '../classes/collection.ts';
import { addUse, repairUses, type PassKeyUse } from '../classes/uses.ts';

const KEY = 'classes';
const USES_KEY = 'passKeyUses';

export async function loadClasses(): Promise<ClassCollection> {
  return repairCollection((await browser.storage.local.get(KEY))[KEY]);
}

export interface ChangedClasses {
  readonly collection: ClassCollection;
  /** False where `change` gave back what it was given: there was no room. */
  readonly changed: boolean;
}

/** Changes the collection as it is stored now. */
export function changeClasses(change: (collection: ClassCollection) => ClassCollection): Promise<ChangedClasses> {
  return navigator.locks.request(KEY, async () => {
    const before = await loadClasses();
    const collection = change(before);
    if (collection !== before) await browser.storage.local.set({ [KEY]: collection });
    return { collection, changed: collection !== before };
  });
}

/** Calls back when they were changed, by whichever page. */
export function onClassesChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) listener();
  });
}

export async function loadUses(): Promise<readonly PassKeyUse[]> {
  return repairUses((await browser.storage.local.get(USES_KEY))[USES_KEY]);
}

/** Adds uses of keys that still exist. Several messages at once take turns, so that each counts. */
export function recordUses(uses: readonly PassKeyUse[]): Promise<void> {
  return changeUses(async (known) => {
    const collection = await loadClasses();
    return uses.filter(({ keyword }) => findPassKey(collection, keyword)).reduce(addUse, known);
  });
}

/** Forgets what used a key. */
export function forgetUses(keyword: string): Promise<void> {
  return changeUses((known) => Promise.resolve(known.filter((use) => use.keyword !== keyword)));
}

function changeUses(change: (uses: readonly PassKeyUse[]) => Promise<readonly PassKeyUse[]>): Promise<void> {
  return navigator.locks.request(USES_KEY, async () => {
    const uses = await change(await loadUses());
    await browser.storage.local.set({ [USES_KEY]: { version: 1, uses } });
  });
}
