/** The journal of rules in IndexedDB, for the background that writes it. */
import { LIMITS } from '../../src/limits.ts';
import {
  canBeUndone,
  enlargedRun,
  newRun,
  reopenedRun,
  settledEntry,
  settledRun,
  steppedRun,
  undoneEntry,
} from '../journal/changes.ts';
import type { Entry, Journal, New, QueueRow, Run } from '../journal/types.ts';
import { ofRun, open, TABLES, write, type Table, type Writing } from './journal-database.ts';

async function deleteAll(store: { delete(key: number): Promise<void> }, keys: readonly number[]): Promise<void> {
  await Promise.all(keys.map((key) => store.delete(key)));
}

async function addRows(transaction: Writing<Table>, run: Run, rows: readonly New<QueueRow>[]): Promise<void> {
  const queue = transaction.objectStore('queue');
  await Promise.all(rows.map((row) => queue.add(unnumbered(row))));
  await transaction.objectStore('runs').put(enlargedRun(run, rows.length));
}

/** Forgets the oldest runs that are over, and all that belongs to them. */
async function dropOldRuns(transaction: Writing<Table>): Promise<void> {
  const runs = transaction.objectStore('runs');
  const surplus = (await runs.count()) - LIMITS.journalRuns;
  if (surplus <= 0) return;
  const over = (await runs.getAll()).filter(({ state }) => state !== 'running' && state !== 'paused');
  for (const { id } of over.slice(0, surplus)) {
    await runs.delete(id);
    await transaction.objectStore('rules').delete(id);
    for (const table of ['entries', 'queue'] as const) {
      const store = transaction.objectStore(table);
      await deleteAll(store, await store.index('run').getAllKeys(ofRun(id)));
    }
  }
}

/** The numbers are the database's: what is put in has none yet. */
const unnumbered = <T extends { readonly id: number }>(value: New<T>): T => value as T;

export const journal: Journal = {
  addRun: (run, rules, messages = []) =>
    write(TABLES, async (transaction) => {
      const id = await transaction.objectStore('runs').add(unnumbered(run));
      await addRows(
        transaction,
        { ...run, id },
        messages.map((message) => ({ ...message, run: id })),
      );
      if (rules) await transaction.objectStore('rules').add({ run: id, rules });
      await dropOldRuns(transaction);
      return { ...run, id };
    }),
  async run(id) {
    return (await open()).get('runs', id);
  },
  async rulesOf(run) {
    return (await (await open()).get('rules', run))?.rules ?? null;
  },
  async running() {
    return (await open()).getAllFromIndex('runs', 'state', 'running');
  },
  changeRun: (id, change) =>
    write(['runs'], async (transaction) => {
      const runs = transaction.objectStore('runs');
      const run = await runs.get(id);
      if (!run) return undefined;
      const changed = { ...run, ...change(run) };
      await runs.put(changed);
      return changed;
    }),
  finish: (id, at) =>
    write(['runs', 'queue'], async (transaction) => {
      const run = await transaction.objectStore('runs').get(id);
      if (run?.state !== 'running' || (await transaction.objectStore('queue').index('run').count(ofRun(id))) > 0)
        return;
      await transaction.objectStore('runs').put({ ...run, state: 'finished', endedAt: at.toISOString() });
    }),
  enqueue: (id, rows) =>
    write(TABLES, async (transaction) => {
      const run = await transaction.objectStore('runs').get(id);
      if (run?.state !== 'running') return false;
      await addRows(transaction, run, rows);
      return true;
    }),
  enqueueNewMail: (messages, at) =>
    write(TABLES, async (transaction) => {
      const day = at.toISOString().slice(0, 10);
      const runs = transaction.objectStore('runs');
      const all = await runs.getAll();
      const earlier = all.find(({ origin }) => origin.kind === 'new-mail' && origin.day === day);
      const fresh = newRun('act', { kind: 'new-mail', day }, 'full', at);
      const run = reopenedRun(earlier ?? { ...fresh, id: await runs.add(unnumbered(fresh)) });
      await addRows(
        transaction,
        run,
        messages.map((message) => ({ ...message, run: run.id })),
      );
    }),
  emptyQueue: (run) =>
    write(['queue'], async (transaction) => {
      const queue = transaction.objectStore('queue');
      await deleteAll(queue, await queue.index('run').getAllKeys(ofRun(run)));
    }),
  async nextRows(run, most) {
    return (await open()).getAllFromIndex('queue', 'run', ofRun(run), most);
  },
  renumber: (run, pass, messages) =>
    write(['queue'], async (transaction) => {
      const queue = transaction.objectStore('queue');
      for (const { headerMessageId, folderId, messageId } of messages) {
        const rows = await queue.index('message').getAll([run, headerMessageId]);
        const row = rows.find((one) => one.folderId === folderId && one.pass !== pass);
        if (row) await queue.put({ ...row, messageId, pass });
      }
    }),
  async queuedFolders(run) {
    const folders: string[] = [];
    const index = (await open()).transaction('queue').store.index('folder');
    for (let cursor = await index.openKeyCursor(ofRun(run), 'nextunique'); cursor; cursor = await cursor.continue()) {
      folders.push(cursor.key[1]);
    }
    return folders;
  },
  record: ({ run: id, rows, entries, workedMs }) =>
    write(
      ['runs', 'entries', 'queue'],
      async (transaction) => {
        const runs = transaction.objectStore('runs');
        const run = await runs.get(id);
        const table = transaction.objectStore('entries');
        const room = run?.mode === 'preview' ? LIMITS.previewEntries - run.counts.acted : entries.length;
        const written: Entry[] = [];
        for (const entry of entries.slice(0, Math.max(0, room))) {
          written.push({ ...entry, id: await table.add(unnumbered(entry)) });
        }
        for (const row of rows) await transaction.objectStore('queue').delete(row);
        if (run) await runs.put(steppedRun(run, { rows, entries, workedMs }));
        const surplus = (await table.count()) - LIMITS.journalEntries;
        if (surplus > 0) await deleteAll(table, await table.getAllKeys(null, surplus));
        return written;
      },
      'strict',
    ),
  settle: (entries, at) =>
    write(['runs', 'entries'], async (transaction) => {
      const table = transaction.objectStore('entries');
      for (const entry of entries) {
        await table.put(settledEntry(entry, at));
        const undone = entry.undoes === undefined ? undefined : await table.get(entry.undoes);
        if (undone) await table.put(undoneEntry(undone, entry));
        const run = await transaction.objectStore('runs').get(entry.run);
        if (run) await transaction.objectStore('runs').put(settledRun(run, entry));
      }
    }),
  async unconfirmed() {
    return (await open()).getAllFromIndex('entries', 'unconfirmedSince');
  },
  confirm: ({ from, to }) =>
    write(['entries'], async (transaction) => {
      const entries = transaction.objectStore('entries');
      for (const { unconfirmedSince = '', ...entry } of await entries.index('unconfirmedSince').getAll()) {
        if (unconfirmedSince < from.toISOString() || unconfirmedSince > to.toISOString()) await entries.put(entry);
      }
    }),
  async intended() {
    return (await open()).getAllFromIndex('entries', 'state', 'intended');
  },
  async entry(id) {
    return (await open()).get('entries', id);
  },
  async undoable(run, below, most) {
    const found: Entry[] = [];
    const range = IDBKeyRange.bound([run], below === undefined ? [run, []] : [run, below], false, true);
    const index = (await open()).transaction('entries').store.index('run');
    for (let cursor = await index.openCursor(range, 'prev'); cursor; cursor = await cursor.continue()) {
      if (canBeUndone(cursor.value)) found.push(cursor.value);
      if (found.length === most) break;
    }
    return found;
  },
  async wasPutInto(headerMessageId, folderId) {
    const entries = await (await open()).getAllFromIndex('entries', 'headerMessageId', headerMessageId);
    return entries.some(({ state, change }) => state !== 'previewed' && change.moveTo === folderId);
  },
  dropPreviews: () =>
    write(['entries'], async (transaction) => {
      const entries = transaction.objectStore('entries');
      await deleteAll(entries, await entries.index('state').getAllKeys('previewed'));
    }),
};
