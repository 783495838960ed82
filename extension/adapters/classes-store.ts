/** The reader's classes and pass keys, and which mail used the keys, in the extension's own storage. */
import { findPassKey, repairCollection, type ClassCollection } from '../classes/collection.ts';
import { addUse, repairUses, type PassKeyUse } from '../classes/uses.ts';
import { storedValue } from './stored-value.ts';

const classes = storedValue<ClassCollection>('classes', repairCollection);
const passKeyUses = storedValue<readonly PassKeyUse[]>('passKeyUses', repairUses, (uses) => ({ version: 1, uses }));

export const loadClasses = classes.load;
export const loadUses = passKeyUses.load;

/** Calls back when they were changed, by whichever page; returns what ends that. */
export const onClassesChanged = classes.onChanged;

export interface ChangedClasses {
  readonly collection: ClassCollection;
  /** False where `change` gave back what it was given: there was no room. */
  readonly changed: boolean;
}

/** Changes the collection as it is stored now. */
export async function changeClasses(change: (now: ClassCollection) => ClassCollection): Promise<ChangedClasses> {
  let changed = false;
  const collection = await classes.change((before) => {
    const after = change(before);
    changed = after !== before;
    return after;
  });
  return { collection, changed };
}

/** Adds uses of keys that still exist. Several messages at once take turns, so that each counts. */
export async function recordUses(uses: readonly PassKeyUse[]): Promise<void> {
  await passKeyUses.change(async (known) => {
    const collection = await loadClasses();
    return uses.filter(({ keyword }) => findPassKey(collection, keyword)).reduce(addUse, known);
  });
}

/** Forgets what used a key. */
export async function forgetUses(keyword: string): Promise<void> {
  await passKeyUses.change((known) => known.filter((use) => use.keyword !== keyword));
}
