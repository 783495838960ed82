/** Every kind of message of this project's corpus is judged as a careful expert would judge it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCorpus, KINDS } from './support/corpus.ts';
import { judgeAll, type Judged } from './support/judge.ts';

describe('the corpus', () => {
  it('holds enough of both sides, each kind once', () => {
    const count = (label: string): number =>
      KINDS.filter((kind) => kind.label === label).reduce((sum, kind) => sum + kind.count, 0);
    expect(count('honest')).toBeGreaterThanOrEqual(300);
    expect(count('deceptive')).toBeGreaterThanOrEqual(200);
    expect(new Set(KINDS.map(({ id }) => id)).size).toBe(KINDS.length);
  });

  it('is built alike each time, and no message of it twice', () => {
    const [kinds, text] = [KINDS.filter((_, at) => at % 10 === 0), ({ raw }: { raw: Uint8Array }) => String(raw)];
    const once = buildCorpus(kinds).map(text);
    expect(buildCorpus(kinds).map(text)).toEqual(once);
    expect(new Set(once).size).toBe(once.length);
  });
});

describe('a message', () => {
  let judged: readonly Judged[] = [];
  beforeAll(async () => {
    judged = await judgeAll(buildCorpus());
  });

  it.each(KINDS.map(({ id }) => id))('of kind %s', (id) => {
    const faults = judged
      .filter(({ sample }) => sample.kind === id)
      .flatMap(({ sample, faults: of }) => of.map((fault) => `${sample.name}: ${fault}`));
    expect(faults).toEqual([]);
  });
});
