/** Every id that a reader can meet has its words in every shipped language. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FINDING_IDS } from '../../src/assessment/table.ts';

type Catalogue = Record<string, { readonly message: string }>;

const root = new URL('../../', import.meta.url);
const locales = readdirSync(new URL('extension/public/_locales/', root));
const catalogues = new Map(
  locales.map((locale) => [
    locale,
    JSON.parse(readFileSync(new URL(`extension/public/_locales/${locale}/messages.json`, root), 'utf8')) as Catalogue,
  ]),
);
const keyOf = (id: string): string => `finding_${id.replaceAll('-', '_')}`;

describe.each([...catalogues])('the words of the findings in %s', (_locale, catalogue) => {
  it('has a sentence and an explanation for each', () => {
    const missing = FINDING_IDS.flatMap((id) => [keyOf(id), `${keyOf(id)}_detail`]).filter((key) => !catalogue[key]);
    expect(missing).toEqual([]);
  });

  it('has no words for a finding that does not exist', () => {
    const known = new Set(FINDING_IDS.flatMap((id) => [keyOf(id), `${keyOf(id)}_detail`]));
    expect(Object.keys(catalogue).filter((key) => key.startsWith('finding_') && !known.has(key))).toEqual([]);
  });
});

it('never calls anything safe', () => {
  const english = Object.values(catalogues.get('en') ?? {});
  expect(english.length).toBeGreaterThan(50);
  expect(english.filter(({ message }) => /\b(?:safe|secure|trustworthy|genuine)\b/i.test(message))).toEqual([]);
});
