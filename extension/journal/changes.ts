/** How runs and entries change from one state to the next. Computed, so that the journal only has to store it. */
import type { Change, Entry, New, Pace, Run, RunMode, RunOrigin, Step } from './types.ts';

export function newRun(mode: RunMode, origin: RunOrigin, pace: Pace, at: Date): New<Run> {
  return {
    mode,
    origin,
    pace,
    state: 'running',
    collected: origin.kind === 'new-mail' || origin.kind === 'messages',
    cut: false,
    startedAt: at.toISOString(),
    counts: { total: 0, done: 0, acted: 0, failed: 0 },
    workedMs: 0,
  };
}

export function enlargedRun(run: Run, by: number): Run {
  return { ...run, counts: { ...run.counts, total: run.counts.total + by } };
}

/** A run after a step was written down. What is only intended is counted when it is settled. */
export function steppedRun(run: Run, { rows, entries, workedMs }: Omit<Step, 'run'>): Run {
  const { total, done, acted, failed } = run.counts;
  const countOf = (wanted: Entry['state']): number => entries.filter(({ state }) => state === wanted).length;
  return {
    ...run,
    counts: {
      total,
      done: done + rows.length,
      acted: acted + countOf('previewed'),
      failed: failed + countOf('failed'),
    },
    workedMs: run.workedMs + workedMs,
  };
}

export function settledRun(run: Run, { state }: Pick<Entry, 'state'>): Run {
  const { acted, failed, ...rest } = run.counts;
  const isDone = state === 'done';
  return { ...run, counts: { ...rest, acted: acted + (isDone ? 1 : 0), failed: failed + (isDone ? 0 : 1) } };
}

/** An entry as it is kept once its outcome is known. */
export function settledEntry(entry: Entry, at: Date): Entry {
  return entry.state === 'done' && hasMarks(entry.change) ? { ...entry, unconfirmedSince: at.toISOString() } : entry;
}

/** A run of new mail that gets more of it, whatever became of it before. */
export function reopenedRun({ endedAt: _ended, error: _error, ...run }: Run): Run {
  return { ...run, state: 'running' };
}

/** An entry after another one undid it. Where that could not reach the message, it can be tried again. */
export function undoneEntry(entry: Entry, by: Entry): Entry {
  const isOver = by.problems.every(({ why }) => why === 'changed-since');
  if (!isOver) return entry;
  const { unconfirmedSince: _since, ...rest } = entry; // its marks are no longer wanted
  return { ...rest, undoneBy: by.id };
}

/** Whether there is anything of an entry to put back. */
export function canBeUndone({ state, change, undoes, undoneBy }: Entry): boolean {
  const isOver = state === 'done' || state === 'failed';
  return isOver && undoneBy === undefined && undoes === undefined && !isNothing(change);
}

export function isNothing(change: Change): boolean {
  return change.moveTo === undefined && !hasMarks(change);
}

export function hasMarks({ addTags, removeTags, read, flagged, junk }: Change): boolean {
  return addTags.length + removeTags.length > 0 || [read, flagged, junk].some((mark) => mark !== undefined);
}
