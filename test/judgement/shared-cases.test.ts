/** Single messages that were judged wrong once (`../shared/cases`): each within what is allowed, without the findings that are false. */
import { describe, expect, it } from 'vitest';
import { judgeAll } from './support/judge.ts';
import { CASES_FOLDER, readCases } from './support/shared.ts';

const cases = readCases();

describe.skipIf(cases === undefined)('cases that were judged wrong', () => {
  it.each((cases ?? []).map((sample) => [sample.name, sample] as const))('%s', async (_, sample) => {
    const [judged] = await judgeAll([sample]);
    expect(judged?.faults).toEqual([]);
  });
});

if (cases === undefined) console.info(`${CASES_FOLDER} is not there: its cases are skipped`);
