/**
 * `npm run bench:untrusted -- --runs 100000`: random additions to messages at places that a sender can reach, and every one that made a
 * level better, with as few lines as do it. `-- --seed x` makes others.
 */
import { parseArgs } from 'node:util';
import { buildCorpus } from '../judgement/support/corpus.ts';
import { Random } from '../judgement/support/random.ts';
import { improvable, tryAdditions, type Improvement } from '../judgement/support/untrusted.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: 'bench' },
    show: { type: 'string', default: '20' },
  },
});

/** What was added, without what is random about it. */
function signature({ sample, before, after, additions, byDesign }: Improvement): string {
  const names = additions.map(({ lines }) =>
    /^[ \t]/.test(lines[0] ?? '') ? '(continuation)' : (lines[0] ?? '').replace(/:.*$/su, ''),
  );
  return `${sample.kind}: ${before} became ${after} by ${names.join(' and ')}${byDesign ? ', by design' : ''}`;
}

const random = new Random(values.seed);
const samples = await improvable(buildCorpus());
const found = new Map<string, { count: number; readonly first: Improvement }>();
const runs = Number(values.runs);
for (let run = 1; run <= runs; run++) {
  const sample = samples[random.int(0, samples.length - 1)];
  const improvement = sample && (await tryAdditions(sample, random));
  if (improvement) {
    const known = found.get(signature(improvement));
    if (known) known.count++;
    else found.set(signature(improvement), { count: 1, first: improvement });
  }
  if (run % 10_000 === 0) console.error(`${run} of ${runs}`);
}

console.log(`${runs} additions to ${samples.length} messages`);
for (const [what, { count, first }] of [...found].sort(([, left], [, right]) => right.count - left.count)) {
  console.log(`${count} times ${what}`);
  if (found.size > Number(values.show)) continue;
  console.log(`  ${first.sample.name}, trust ${JSON.stringify(first.trust)}`);
  for (const { place, lines, zone } of first.additions) {
    console.log(`  at ${place} of ${first.sample.ownOctets}+ ${JSON.stringify(zone)}\n    ${lines.join('\n    ')}`);
  }
}
const all = [...found.values()];
const total = (counted: typeof all): number => counted.reduce((sum, { count }) => sum + count, 0);
const improved = total(all.filter(({ first }) => !first.byDesign));
const byDesign = total(all) - improved;
console.log(`${improved} of ${runs} made a level better; ${byDesign} more by design, as docs/judgement.md says`);
process.exitCode = improved > 0 ? 1 : 0;
