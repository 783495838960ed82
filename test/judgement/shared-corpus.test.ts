/** The rates over messages shaped like real mail (`../shared/corpus`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeAll, ratesOf, type Rates } from './support/judge.ts';
import { CORPUS_FOLDER, readCorpus } from './support/shared.ts';

const samples = readCorpus();

/** Each bar, and how it is reached. */
const BARS = {
  'false alarms': ({ falseAlarms, honest }: Rates) => falseAlarms <= 0.005 * honest,
  undeserved: ({ undeservedVerified }: Rates) => undeservedVerified === 0,
  told: ({ told, visible }: Rates) => told >= 0.95 * visible,
};

describe.skipIf(samples === undefined)('messages shaped like real mail', () => {
  let rates: Rates;
  beforeAll(async () => {
    rates = ratesOf(await judgeAll(samples ?? []));
  });

  it.each(['false alarms', 'undeserved', 'told'] as const)('%s', (bar) => {
    expect(BARS[bar](rates), JSON.stringify(rates)).toBe(true);
  });
});

if (samples === undefined) console.info(`${CORPUS_FOLDER} is not there: its rates are skipped`);
