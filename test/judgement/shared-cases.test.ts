/** Single messages that were judged wrong once (`../shared/cases`): each within what is allowed, without the findings that are false. */
import { describe, expect, it } from 'vitest';
import { CASES_NOT_YET } from './not-yet.ts';
import { judgeAll } from './support/judge.ts';
import { CASES_FOLDER, readCases } from './support/shared.ts';

const cases = readCases();

describe.skipIf(cases === undefined)('cases that were judged wrong', () => {
  it.each((cases ?? []).map((sample) => [sample.name, sample] as const))('%s', async (name, sample) => {
    const [judged] = await judgeAll([sample]);
    if (!CASES_NOT_YET.includes(name)) expect(judged?.faults).toEqual([]);
    else expect(judged?.faults, `${name} is judged right now: take it from CASES_NOT_YET`).not.toEqual([]);
  });

  it('are all there that are listed as not yet right', () => {
    expect(CASES_NOT_YET.filter((name) => !cases?.some((sample) => sample.name === name))).toEqual([]);
  });
});

if (cases === undefined) console.info(`${CASES_FOLDER} is not there: its cases are skipped`);
