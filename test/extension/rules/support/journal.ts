/** A journal in memory. It can be handed to another runner, as a database outlasts the program that wrote it. */
import {
  canBeUndone,
  enlargedRun,
  newRun,
  reopenedRun,
  settledEntry,
  settledRun,
  steppedRun,
  undoneEntry,
} from '../../../../extension/journal/changes.ts';
import type { Entry, Journal, New, QueueRow, Run } from '../../../../extension/journal/types.ts';
import { LIMITS } from '../../../../src/limits.ts';
import type { RuleSet } from '../../../../src/rules/types.ts';

export interface MemoryJournal extends Journal {
  readonly runs: Map<number, Run>;
  readonly entries: Map<number, Entry>;
  readonly queue: Map<number, QueueRow>;
}

export function memoryJournal(): MemoryJournal {
  const runs = new Map<number, Run>();
  const rules = new Map<number, RuleSet>();
  const entries = new Map<number, Entry>();
  const queue = new Map<number, QueueRow>();
  let last = 0;
  const add = <T extends { readonly id: number }>(table: Map<number, T>, value: New<T>): T => {
    last += 1;
    const numbered = { ...value, id: last } as T;
    table.set(last, numbered);
    return numbered;
  };
  const rowsOf = (run: number): QueueRow[] => [...queue.values()].filter((row) => row.run === run);
  const addRows = (run: Run, rows: readonly New<QueueRow>[]): void => {
    for (const row of rows) add(queue, row);
    runs.set(run.id, enlargedRun(run, rows.length));
  };
  const dropOldRuns = (): void => {
    const over = [...runs.values()].filter(({ state }) => state !== 'running' && state !== 'paused');
    for (const { id } of over.slice(0, Math.max(0, runs.size - LIMITS.journalRuns))) {
      runs.delete(id);
      rules.delete(id);
      for (const table of [entries, queue]) {
        for (const row of [...table.values()]) if (row.run === id) table.delete(row.id);
      }
    }
  };
  const now = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);

  return {
    runs,
    entries,
    queue,
    addRun: (run, ruleSet, messages = []) =>
      now(() => {
        const added = add(runs, run);
        addRows(
          added,
          messages.map((message) => ({ ...message, run: added.id })),
        );
        if (ruleSet) rules.set(added.id, ruleSet);
        dropOldRuns();
        return added;
      }),
    run: (id) => now(() => runs.get(id)),
    rulesOf: (run) => now(() => rules.get(run) ?? null),
    running: () => now(() => [...runs.values()].filter(({ state }) => state === 'running')),
    changeRun: (id, change) =>
      now(() => {
        const run = runs.get(id);
        if (run) runs.set(id, { ...run, ...change(run) });
        return runs.get(id);
      }),
    finish: (id, at) =>
      now(() => {
        const run = runs.get(id);
        if (run?.state !== 'running' || rowsOf(id).length > 0) return;
        runs.set(id, { ...run, state: 'finished', endedAt: at.toISOString() });
      }),
    enqueue: (id, rows) =>
      now(() => {
        const run = runs.get(id);
        if (run?.state !== 'running') return false;
        addRows(run, rows);
        return true;
      }),
    enqueueNewMail: (messages, at) =>
      now(() => {
        const day = at.toISOString().slice(0, 10);
        const earlier = [...runs.values()].find(({ origin }) => origin.kind === 'new-mail' && origin.day === day);
        const run = reopenedRun(earlier ?? add(runs, newRun('act', { kind: 'new-mail', day }, 'full', at)));
        addRows(
          run,
          messages.map((message) => ({ ...message, run: run.id })),
        );
      }),
    emptyQueue: (run) =>
      now(() => {
        for (const { id } of rowsOf(run)) queue.delete(id);
      }),
    nextRows: (run, most) => now(() => rowsOf(run).slice(0, most)),
    renumber: (run, pass, messages) =>
      now(() => {
        for (const { headerMessageId, folderId, messageId } of messages) {
          const row = rowsOf(run).find(
            (one) => one.headerMessageId === headerMessageId && one.folderId === folderId && one.pass !== pass,
          );
          if (row) queue.set(row.id, { ...row, messageId, pass });
        }
      }),
    queuedFolders: (run) => now(() => [...new Set(rowsOf(run).map(({ folderId }) => folderId))]),
    record: ({ run: id, rows, entries: fresh, workedMs }) =>
      now(() => {
        const run = runs.get(id);
        if (run) runs.set(id, steppedRun(run, { rows, entries: fresh, workedMs }));
        for (const row of rows) queue.delete(row);
        const room = run?.mode === 'preview' ? Math.max(0, LIMITS.previewEntries - run.counts.acted) : fresh.length;
        const written = fresh.slice(0, room).map((entry) => add(entries, entry));
        for (const id of [...entries.keys()].slice(0, Math.max(0, entries.size - LIMITS.journalEntries)))
          entries.delete(id);
        return written;
      }),
    unconfirmed: () =>
      now(() =>
        [...entries.values()]
          .filter(({ unconfirmedSince }) => unconfirmedSince !== undefined)
          .sort((left, right) => ((left.unconfirmedSince ?? '') < (right.unconfirmedSince ?? '') ? -1 : 1)),
      ),
    confirm: ({ from, to }) =>
      now(() => {
        for (const { unconfirmedSince, ...entry } of [...entries.values()]) {
          if (unconfirmedSince === undefined) continue;
          if (unconfirmedSince < from.toISOString() || unconfirmedSince > to.toISOString())
            entries.set(entry.id, entry);
        }
      }),
    settle: (settled, at) =>
      now(() => {
        for (const entry of settled) {
          entries.set(entry.id, settledEntry(entry, at));
          const undone = entry.undoes === undefined ? undefined : entries.get(entry.undoes);
          if (undone) entries.set(undone.id, undoneEntry(undone, entry));
          const run = runs.get(entry.run);
          if (run) runs.set(run.id, settledRun(run, entry));
        }
      }),
    intended: () => now(() => [...entries.values()].filter(({ state }) => state === 'intended')),
    entry: (id) => now(() => entries.get(id)),
    undoable: (run, below = Infinity, most) =>
      now(() =>
        [...entries.values()]
          .filter((entry) => entry.run === run && entry.id < below && canBeUndone(entry))
          .reverse()
          .slice(0, most),
      ),
    wasPutInto: (headerMessageId, folderId) =>
      now(() =>
        [...entries.values()].some(
          ({ message, state, change }) =>
            message.headerMessageId === headerMessageId && state !== 'previewed' && change.moveTo === folderId,
        ),
      ),
    dropPreviews: () =>
      now(() => {
        for (const { id, state } of entries.values()) if (state === 'previewed') entries.delete(id);
      }),
  };
}
