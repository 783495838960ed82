/** States one after the other, to go back and forth between. */

export interface History<T> {
  /** Earlier states, oldest first. */
  readonly past: readonly T[];
  readonly present: T;
  /** States that were undone, the next one first. */
  readonly future: readonly T[];
}

/** Steps that can be undone. */
export const MOST_STEPS = 100;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** A new state; what was undone before cannot be done again. */
export function advance<T>({ past, present }: History<T>, next: T): History<T> {
  return { past: [...past, present].slice(-MOST_STEPS), present: next, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future };
}
