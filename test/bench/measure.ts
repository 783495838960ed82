/** Medians of several contestants, and how they are written down. */
import type { Contestant } from './portable.ts';

/** Rounds are played by all contestants in turn, so that a slow moment of the machine meets everyone. */
export async function measure(contestants: readonly Contestant[], expected: number): Promise<readonly number[]> {
  const times = contestants.map((): number[] => []);
  const play = async (contestant: Contestant, at: number): Promise<void> => {
    const start = performance.now();
    const passed = await contestant();
    times[at]?.push(performance.now() - start);
    if (passed !== expected) throw new Error(`contestant ${at}: ${passed} of ${expected} messages passed`);
  };
  const started = performance.now();
  const isDone = (): boolean => {
    const spent = performance.now() - started;
    const rounds = times[0]?.length ?? 0;
    return (spent > 5000 && rounds >= 9) || rounds >= 10_000;
  };
  while (!isDone()) for (const [at, contestant] of contestants.entries()) await play(contestant, at);
  return times.map(median);
}

/** Without the first half, in which the engine still compiles. */
function median(times: readonly number[]): number {
  const sorted = times.slice(times.length >> 1).toSorted((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** A time, or how many messages go in a second where there are many. */
export function shown(milliseconds: number, messages: number): string {
  if (messages > 1) return `${Math.round((messages * 1000) / milliseconds)} a second`;
  return milliseconds < 2 ? `${Math.round(milliseconds * 1000)} µs` : `${milliseconds.toFixed(1)} ms`;
}

/** A time and, in parentheses, its ratio to the floor's. */
export function against(milliseconds: number, floor: number, messages: number): string {
  return `${shown(milliseconds, messages)} (${(milliseconds / floor).toFixed(1)})`;
}

/** Rows of cells in columns. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
