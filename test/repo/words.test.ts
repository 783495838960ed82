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

describe('the English words', () => {
  const english = Object.entries(catalogues.get('en') ?? {});
  const using = (pattern: RegExp): readonly string[] =>
    english.filter(([, { message }]) => pattern.test(message)).map(([key, { message }]) => `${key}: ${message}`);

  it('are many', () => {
    expect(english.length).toBeGreaterThan(1000);
  });

  it('never call anything safe', () => {
    expect(
      using(/\b(?:safe|secure|trustworthy|trusted sender|genuine|legitimate|harmless|clean|protected)\b/i),
    ).toEqual([]);
  });

  it('speak of messages, never of bad people', () => {
    expect(using(/\b(?:spammers?|forgers?|phish\w*|scam\w*|frauds?|hackers?|hacked)\b/i)).toEqual([]);
  });

  it('are the current ones, and each thing has one name', () => {
    expect(using(FORMER_WORDS)).toEqual([]);
  });

  it('use contractions, straight quotes and no space before an ellipsis', () => {
    expect(using(/\b(?:could|can|is|was|were|do|have|are) ?not\b|\w …|[“”‘’]|\(s\)/i)).toEqual([]);
  });

  it('hold no words of programs', () => {
    expect(using(/\b(?:servfail|nxdomain|signature-mismatch|unlike-all)\b|\b\d+ ms\b/i)).toEqual([]);
  });
});

/** What the interface used to say, or calls something else now. */
const FORMER_WORDS = new RegExp(
  [
    'vouch\\w*',
    'told (?:as|of|apart|above)',
    'stands? (?:below|above|in|beside|behind|under|twice|there|here|at)',
    'stay(?:ed)? behind',
    'take (?:them|it) over',
    '(?:he|him|his|himself)',
    '(?:own|my|your) side',
    't(?:ook|aken) in',
    'look(?:ed)? at',
    'found out',
    'nobody (?:was|is) (?:asked|believed)',
    'believe[ds]?',
    'counts? for nothing',
    'begun',
    'done again',
    'erased?',
    'is to (?:happen|ask)',
    'this is no(?:ne)?',
    'no cause for alarm',
    'untidy',
    'on the wire',
    'practices?',
    'very wrong',
    'look-ups?',
    'resolvers?',
    'authors?(?! of)(?<!\\{author)',
    'this machine',
    'well formed',
    'the way it came',
  ]
    .map((words) => `\\b${words}\\b`)
    .join('|'),
  'i',
);

const HEADLINE = { en: 60, de: 70 } as const;

describe.each(Object.entries(HEADLINE))('headlines in %s', (locale, longest) => {
  it('are short, and end without a period', () => {
    const leading = FINDING_IDS.filter((id) => FINDINGS[id].level !== 'note');
    const titles = leading
      .flatMap((id) =>
        [undefined, ...(FINDING_VARIANTS[id] ?? [])].map((variant) => findingTextKey(id, 'title', variant)),
      )
      .flatMap((key) => (key in COUNTED ? formsOf(locale).map((form) => `${key}_${form}`) : [key]))
      .map((key) => catalogues.get(locale)?.[key]?.message ?? '');
    expect(titles.length).toBeGreaterThan(50);
    expect(titles.filter((title) => title.length > longest || title.endsWith('.'))).toEqual([]);
  });
});
