/**
 * `npm run bench`: this core, mailauth and the floor side by side on the same messages, in medians and ratios to the floor.
 * docs/performance.md tells the method. `-- --large 2` makes the large messages 2 MB, `-- --only prose` picks samples by name.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { core, floor, mailauth, type Contestant } from './contestants.ts';
import { makeCorpus, MEGABYTE, type Sample } from './corpus.ts';

const { values } = parseArgs({ options: { large: { type: 'string', default: '20' }, only: { type: 'string' } } });

/** Rounds are played by all contestants in turn, so that a slow moment of the machine meets everyone. */
async function measure(contestants: readonly Contestant[], expected: number): Promise<readonly number[]> {
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
    return (spent > 3000 && rounds >= 9) || rounds >= 3000;
  };
  while (!isDone()) for (const [at, contestant] of contestants.entries()) await play(contestant, at);
  return times.map(median);
}

/** Without the first tenth, in which the engine still compiles. */
function median(times: readonly number[]): number {
  const sorted = times.slice(Math.floor(times.length / 10)).toSorted((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? NaN;
}

function shown(milliseconds: number, messages: number): string {
  if (messages > 1) return `${Math.round((messages * 1000) / milliseconds)} a second`;
  return milliseconds < 2 ? `${Math.round(milliseconds * 1000)} µs` : `${milliseconds.toFixed(1)} ms`;
}

async function row(sample: Sample): Promise<readonly string[]> {
  const { name, messages } = sample;
  const [least = NaN, ours = NaN, overlapped = NaN, theirs = NaN] = await measure(
    [await floor(sample), core(sample), core(sample, 8), mailauth(sample)],
    messages.length,
  );
  const against = (time: number): string => `${shown(time, messages.length)} (${(time / least).toFixed(1)})`;
  return [
    name,
    shown(least, messages.length),
    against(ours),
    messages.length > 1 ? against(overlapped) : '',
    against(theirs),
  ];
}

/** Peak memory over the size of the message, in a process of its own that holds the message and nothing else. */
function memory(sample: Sample): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'message.eml');
    writeFileSync(file, sample.messages[0] ?? '');
    writeFileSync(join(folder, 'records.json'), JSON.stringify(sample.records));
    const script = new URL('memory.ts', import.meta.url).pathname;
    const output = execFileSync(process.execPath, ['--import', 'tsx', script, folder], { encoding: 'utf8' });
    return `${sample.name}: ${output.trim()}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const corpus = makeCorpus(Number(values.large) * MEGABYTE).filter(({ name }) => name.includes(values.only ?? ''));
console.log(`Node ${process.version}; medians, in parentheses the ratio to the floor\n`);
const table = [['message', 'floor', 'this core', 'eight at once', 'mailauth']];
for (const sample of corpus) table.push([...(await row(sample))]);
const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
for (const cells of table)
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );

console.log('\npeak memory, in sizes of the message');
for (const sample of corpus) if (sample.name.includes('MB')) console.log(memory(sample));
