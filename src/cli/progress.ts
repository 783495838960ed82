/** One line on a terminal that says how far a long run is, and makes room for what is printed. */

export interface ProgressLine {
  /** Replaces the line; nothing while a run is short, and nothing where no terminal is. An empty text takes the line away. */
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

/** A short run needs no line; a long one no more than a few a second. */
const QUIET_MS = 1_000;
const EVERY_MS = 200;

/** Back to the start of the line, and erase it (ECMA-48 EL). */
const ERASE = '\r\u001b[2K';

export function createProgressLine(
  terminal: { readonly isTTY: boolean; readonly write: (text: string) => unknown },
  now: () => number,
): ProgressLine {
  const started = now();
  let last = -Infinity;
  let shown = false;
  const clear = (): void => {
    if (shown) terminal.write(ERASE);
    shown = false;
  };
  return {
    clear,
    show: (text) => {
      if (text === '') clear();
      const time = now();
      if (text === '' || !terminal.isTTY || time - started < QUIET_MS || time - last < EVERY_MS) return;
      terminal.write(`${ERASE}${text}`);
      last = time;
      shown = true;
    },
  };
}
