/** What differs by language beyond the words: plurals, numbers, dates, durations. Oracles are texts as people write them. */
import { describe, expect, it } from 'vitest';
import {
  counted,
  dayText,
  durationText,
  localeOf,
  numberText,
  timeText,
  type Translate,
} from '../../src/words/translate.ts';

/** Shows which message was asked for, and with what. */
const asking =
  (language: string): Translate =>
  (key, params = {}) =>
    key === 'language_tag' ? language : `${key}(${Object.values(params).join()})`;
const english = asking('en');
const german = asking('de');

describe('a sentence about a number', () => {
  it('takes the form that the number needs', () => {
    expect([0, 1, 2, 21].map((count) => counted(english, 'rules', count))).toEqual([
      'rules_other(0)',
      'rules_one(1)',
      'rules_other(2)',
      'rules_other(21)',
    ]);
  });

  it('follows languages with more forms than two', () => {
    expect([1, 2, 5, 22].map((count) => counted(asking('pl'), 'rules', count).replace(/\(.*/, ''))).toEqual([
      'rules_one',
      'rules_few',
      'rules_many',
      'rules_few',
    ]);
  });

  it('puts the number where the sentence has it, beside other values', () => {
    expect(counted(german, 'read', 1234, { name: 'x' }, 'messages')).toBe('read_other(x,1.234)');
  });
});

it('writes numbers as the language does', () => {
  expect(numberText(english, 12_345)).toBe('12,345');
  expect(numberText(german, 12_345)).toBe('12.345');
});

describe('a time', () => {
  it('is a day in the words of the language', () => {
    expect(dayText(german, '2026-03-01')).toBe('01.03.2026');
    expect(dayText(asking('fr'), '2026-03-01')).toBe('1 mars 2026');
  });

  it('is that day in every time zone where no time is given', () => {
    const written = ['2026-01-01', '2026-12-31'].map((day) => dayText(german, day));
    expect(written).toEqual(['01.01.2026', '31.12.2026']);
  });

  it('has no seconds and no ISO form', () => {
    const text = timeText(german, '2026-11-30T18:49:12.327Z');
    expect(text).toMatch(/^\d\d\.\d\d\.2026, \d\d:\d\d$/);
  });

  it('is shown as it is where it is none', () => {
    expect(dayText(english, 'yesterday')).toBe('yesterday');
    expect(timeText(english, '')).toBe('');
  });
});

describe('a length of time', () => {
  it('is told in one unit', () => {
    expect([1, 2, 59, 60, 90, 7200, 172_800].map((seconds) => durationText(german, seconds, 'long'))).toEqual([
      '1 Sekunde',
      '2 Sekunden',
      '59 Sekunden',
      '1 Minute',
      '2 Minuten',
      '2 Stunden',
      '2 Tage',
    ]);
  });

  it('is short in tables', () => {
    expect(durationText(german, 120, 'short')).toBe('2 Min.');
  });
});

it('uses the language of the words, never another language of the machine', () => {
  const own = new Intl.DateTimeFormat().resolvedOptions().locale;
  expect(localeOf(asking(own.split('-')[0] ?? ''))).toBe(own);
  expect(localeOf(asking('fi'))).toBe('fi');
});
