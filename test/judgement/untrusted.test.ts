/** Nothing untrusted improves a level: whatever a sender adds below what the reader's servers wrote. */
import { expect, it } from 'vitest';
import { octetsToString } from '../../src/bytes/ascii.ts';
import { buildCorpus, KINDS } from './support/corpus.ts';
import { Random } from './support/random.ts';
import { improvable, tryAdditions, withAdditions } from './support/untrusted.ts';

/** `npm run bench:untrusted` makes many more. */
const RUNS = 500;

it('random additions never improve a level', async () => {
  const random = new Random('untrusted');
  const samples = await improvable(buildCorpus(KINDS.map((kind) => ({ ...kind, count: 1 }))));
  const improved: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const sample = samples[random.int(0, samples.length - 1)];
    const found = sample && (await tryAdditions(sample, random));
    if (found && !found.byDesign)
      improved.push(
        `${found.sample.name}: ${found.before} became ${found.after} by ${JSON.stringify(found.additions)}`,
      );
  }
  expect(improved).toEqual([]);
});

it('additions stand where they should', () => {
  const raw = new TextEncoder().encode('A: 1\r\nB: 2\r\n\r\nbody');
  const added = withAdditions(raw, [
    { place: 6, lines: ['X: 3'], zone: {} },
    { place: 12, lines: ['Y: 4', ' 5'], zone: {} },
  ]);
  expect(octetsToString(added)).toBe('A: 1\r\nX: 3\r\nB: 2\r\nY: 4\r\n 5\r\n\r\nbody');
});
