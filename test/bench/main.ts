/**
 * `npm run bench`: this core, mailauth and the floor side by side on the same messages, in medians and ratios to the floor.
 * docs/performance.md tells the method. `-- --large 2` makes the large messages 2 MB, `-- --only prose` picks samples by name.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mailauth, prepareFloor } from './contestants.ts';
import { makeCorpus, MEGABYTE, type Sample } from './corpus.ts';
import { against, layOut, measure, shown } from './measure.ts';
import { core, floor } from './portable.ts';

const { values } = parseArgs({ options: { large: { type: 'string', default: '20' }, only: { type: 'string' } } });

async function row(sample: Sample): Promise<readonly string[]> {
  const { name, messages } = sample;
  const { key, parts } = prepareFloor(sample);
  const [least = NaN, ours = NaN, overlapped = NaN, theirs = NaN] = await measure(
    [await floor(key, parts), core(sample), core(sample, 8), mailauth(sample)],
    messages.length,
  );
  const ratio = (time: number): string => against(time, least, messages.length);
  return [
    name,
    shown(least, messages.length),
    ratio(ours),
    messages.length > 1 ? ratio(overlapped) : '',
    ratio(theirs),
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
console.log(layOut(table));

console.log('\npeak memory, in sizes of the message');
for (const sample of corpus) if (sample.name.includes('MB')) console.log(memory(sample));
