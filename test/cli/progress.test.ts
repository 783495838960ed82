/** The line that says how far a long run is: seldom, never where nobody watches, and out of the way of what is printed. */
import { describe, expect, it } from 'vitest';
import { createProgressLine } from '../../src/cli/progress.ts';

function onTerminal(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  const line = createProgressLine({ isTTY, write: (text) => written.push(text) }, () => time);
  return { written, line, wait: (ms: number) => (time += ms) };
}

describe('the progress of a run', () => {
  it('shows nothing in the first second, then each state in place of the last', () => {
    const { written, line, wait } = onTerminal(true);
    line.show('1 of 9');
    wait(1_100);
    line.show('2 of 9');
    wait(50);
    line.show('3 of 9');
    wait(200);
    line.show('4 of 9');
    expect(written).toEqual(['\r\u001b[2K2 of 9', '\r\u001b[2K4 of 9']);
  });

  it('makes room once for what is printed', () => {
    const { written, line, wait } = onTerminal(true);
    wait(1_100);
    line.show('2 of 9');
    line.clear();
    line.clear();
    line.show('');
    expect(written).toEqual(['\r\u001b[2K2 of 9', '\r\u001b[2K']);
  });

  it('is silent where no terminal is', () => {
    const { written, line, wait } = onTerminal(false);
    wait(5_000);
    line.show('2 of 9');
    line.show('');
    expect(written).toEqual([]);
  });
});
