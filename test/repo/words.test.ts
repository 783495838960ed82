/** Every id that a reader can meet has its words in every shipped language. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FINDING_IDS, FINDINGS } from '../../src/assessment/table.ts';
import { COUNTED, FINDING_VARIANTS, findingTextKey } from '../../src/words/finding.ts';

type Catalogue = Record<string, { readonly message: string }>;

const root = new URL('../../', import.meta.url);
const locales = readdirSync(new URL('extension/public/_locales/', root));
const catalogues = new Map(
  locales.map((locale) => [
    locale,
    JSON.parse(readFileSync(new URL(`extension/public/_locales/${locale}/messages.json`, root), 'utf8')) as Catalogue,
  ]),
);
/** The plural categories a language has (CLDR), each of which needs its message. */
const formsOf = (locale: string): readonly string[] => new Intl.PluralRules(locale).resolvedOptions().pluralCategories;

/** Every text a finding can be told in, by its case; with a form for each plural category where it follows a number. */
function keysOfFindings(locale: string): readonly string[] {
  return FINDING_IDS.flatMap((id) => {
    const texts =
      FINDINGS[id].level === 'note' ? (['title', 'detail'] as const) : (['title', 'detail', 'advice'] as const);
    const cases = [undefined, ...(FINDING_VARIANTS[id] ?? [])];
    return cases.flatMap((variant) => texts.map((text) => findingTextKey(id, text, variant)));
  }).flatMap((key) => (key in COUNTED ? formsOf(locale).map((form) => `${key}_${form}`) : [key]));
}

describe.each([...catalogues])('the words of the findings in %s', (locale, catalogue) => {
  it('say what was found, what it means and, unless it is a note, what to do', () => {
    expect(keysOfFindings(locale).filter((key) => !catalogue[key])).toEqual([]);
  });

  it('are all of findings that exist', () => {
    const known = new Set(keysOfFindings(locale));
    expect(Object.keys(catalogue).filter((key) => key.startsWith('finding_') && !known.has(key))).toEqual([]);
  });

  it('name in every plural form the number it follows', () => {
    const numberless = Object.entries(COUNTED).filter(
      ([key, placeholder]) => !catalogue[`${key}_other`]?.message.includes(`{${placeholder}}`),
    );
    expect(numberless).toEqual([]);
  });
});

it('never calls anything safe', () => {
  const english = Object.values(catalogues.get('en') ?? {});
  expect(english.length).toBeGreaterThan(50);
  expect(english.filter(({ message }) => /\b(?:safe|secure|trustworthy|genuine)\b/i.test(message))).toEqual([]);
});
