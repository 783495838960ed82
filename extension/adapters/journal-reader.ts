/** The journal for its readers. Rejects where the store fails: an empty page would say that nothing was done. */
import type { Entry, Run } from '../journal/types.ts';
import { open, TABLES, write } from './journal-database.ts';

/** Newest first. */
export async function readRuns(): Promise<readonly Run[]> {
  return (await (await open()).getAll('runs')).reverse();
}

/** The newest entries of a run. */
export async function readEntries(run: number, most: number): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const index = (await open()).transaction('entries').store.index('run');
  const range = IDBKeyRange.bound([run], [run, []]);
  for (let cursor = await index.openCursor(range, 'prev'); cursor; cursor = await cursor.continue()) {
    entries.push(cursor.value);
    if (entries.length === most) break;
  }
  return entries;
}

export async function readJournal(): Promise<{ readonly runs: readonly Run[]; readonly entries: readonly Entry[] }> {
  const database = await open();
  const [runs, entries] = await Promise.all([database.getAll('runs'), database.getAll('entries')]);
  return { runs, entries };
}

/** Forgets everything, unless something is still under way: false then. */
export async function eraseJournal(): Promise<boolean> {
  return write(TABLES, async (transaction) => {
    const runs = await transaction.objectStore('runs').getAll();
    if (runs.some(({ state }) => state === 'running' || state === 'paused')) return false;
    for (const table of TABLES) await transaction.objectStore(table).clear();
    return true;
  });
}
