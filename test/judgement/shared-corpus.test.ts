/** The rates over messages shaped like real mail (`../shared/corpus`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { RATES_NOT_YET } from './not-yet.ts';
import { judgeAll, ratesOf, type Rates } from './support/judge.ts';
import { CORPUS_FOLDER, readCorpus } from './support/shared.ts';

const samples = readCorpus();

/** Each bar, and how it is missed. */
const BARS = {
  'false alarms': ({ falseAlarms, honest }: Rates) => falseAlarms > 0.005 * honest,
  undeserved: ({ undeservedVerified }: Rates) => undeservedVerified > 0,
  told: ({ told, visible }: Rates) => told < 0.9 * visible,
};

describe.skipIf(samples === undefined)('messages shaped like real mail', () => {
  let rates: Rates;
  beforeAll(async () => {
    rates = ratesOf(await judgeAll(samples ?? []));
  });

  it.each(['false alarms', 'undeserved', 'told'] as const)('%s', (bar) => {
    const expected = RATES_NOT_YET.includes(bar);
    const note = expected ? `the bar is met now: take "${bar}" from RATES_NOT_YET` : JSON.stringify(rates);
    expect(BARS[bar](rates), note).toBe(expected);
  });
});

if (samples === undefined) console.info(`${CORPUS_FOLDER} is not there: its rates are skipped`);
