/**
 * `npm run bench:thunderbird`: how long after a message is displayed the button tells its verdict, in a real Thunderbird with the demo
 * mailbox. Every message is checked once before, so that the answers of the DNS are known; between the measured selections the background
 * forgets what it found about messages, but not those answers. `-- --rounds 5` sets how often each message is selected.
 */
import { parseArgs } from 'node:util';
import { startScene } from '../e2e/support/scene.ts';
import type { Timing } from '../e2e/support/session.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);

const scene = await startScene();
try {
  const { thunderbird, demo, rowOf, judge } = scene;
  const ids = demo.messages.map(({ id }) => id);
  for (const id of ids) await judge(id);
  const timings: (Timing & { readonly id: string })[] = [];
  for (let round = 0; round < rounds; round++) {
    await thunderbird.forgetChecks();
    for (const id of ids) timings.push({ id, ...(await thunderbird.timeSelection(rowOf(id))) });
  }
  const row = (name: string, figures: readonly number[]): void => {
    const sorted = figures.toSorted((left, right) => left - right);
    const at = (share: number): string =>
      `${Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN)} ms`.padStart(8);
    console.log(`${name.padEnd(46)}${at(0.5)}${at(0.9)}${at(1)}`);
  };
  console.log(`${`${timings.length} selections`.padEnd(46)}  median     90 %  longest`);
  row(
    'selection to button cleared',
    timings.map(({ cleared }) => cleared),
  );
  row(
    'selection to header shown',
    timings.map(({ header }) => header),
  );
  row(
    'selection to message displayed',
    timings.map(({ displayed }) => displayed),
  );
  row(
    'header shown to verdict',
    timings.map(({ judged, header }) => judged - header),
  );
  row(
    'message displayed to verdict',
    timings.map(({ judged, displayed }) => judged - displayed),
  );
  const late = timings.filter(({ judged, displayed }) => judged - displayed > 50);
  console.log(
    `later than 50 ms after display: ${late.length}${late.length > 0 ? ` (${[...new Set(late.map(({ id }) => id))].join(', ')})` : ''}`,
  );
  console.log(`"Checking" was to be read: ${timings.filter(({ words }) => words.includes('Checking')).length} times`);
} finally {
  await scene.close();
}
