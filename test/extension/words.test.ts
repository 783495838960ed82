/** The words of the interface: complete in every language, and nothing foreign can hide in a sentence or reorder it. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { fill, keyOf, shortenParams } = await import('../../extension/ui/words.ts');

type Catalogue = Record<string, { readonly message: string }>;
const folder = new URL('../../extension/public/_locales/', import.meta.url);
const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`${locale}/messages.json`, folder), 'utf8')) as Catalogue;
const english = read('en');
const SOURCES = import.meta.glob<string>('../../extension/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const MANIFEST = readFileSync(new URL('../../manifest.json', import.meta.url), 'utf8');

const placeholders = (message: string): string =>
  keysIn(message, /\{([a-zA-Z]+)\}/g)
    .sort()
    .join();

function keysIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, key = '']) => key);
}

/** Plural categories of the language (CLDR); a sentence about a number has a message for each of them. */
const formsOf = (locale: string): readonly string[] => new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
const FORM = /_(?:zero|one|two|few|many|other)$/;

/** What a key asks for, whatever its plural form; `panel_class_owner_other` is none, since English has no `_one` beside it. */
function baseOf(key: string): string {
  const base = key.replace(FORM, '');
  return `${base}_one` in english && `${base}_other` in english ? base : key;
}

const bases = (catalogue: Catalogue): readonly string[] => [...new Set(Object.keys(catalogue).map(baseOf))];

describe('the catalogue', () => {
  it('has every key the pages and the manifest use', () => {
    const texts = Object.values(SOURCES);
    const used = texts.flatMap((text) => keysIn(text, /\bt\(\s*'([a-z]\w+)'\s*[,)]/g));
    const followingNumbers = texts
      .flatMap((text) => keysIn(text, /\bcounted\(\s*t,\s*'([a-z]\w+)'/g))
      .flatMap((key) => formsOf('en').map((form) => `${key}_${form}`));
    const inManifest = keysIn(MANIFEST, /__MSG_(\w+)__/g);
    expect(used.length).toBeGreaterThan(80);
    expect(followingNumbers.length).toBeGreaterThan(10);
    expect([...used, ...followingNumbers, ...inManifest].filter((key) => !(key in english))).toEqual([]);
  });

  it('is sorted, so that changes are easy to read', () => {
    expect(Object.keys(english)).toEqual(Object.keys(english).sort());
  });

  it.each(readdirSync(folder))('has in %s each plural form the language needs, and no other', (locale) => {
    const catalogue = read(locale);
    const forms = formsOf(locale);
    const plurals = Object.keys(catalogue).filter((key) => baseOf(key) !== key);
    const families = [...new Set(plurals.map(baseOf))];
    expect(families.length).toBeGreaterThan(10);
    expect(plurals.toSorted()).toEqual(families.flatMap((key) => forms.map((form) => `${key}_${form}`)).toSorted());
  });

  it.each(readdirSync(folder).filter((locale) => locale !== 'en'))(
    'is complete in %s, with the same placeholders',
    (locale) => {
      const other = read(locale);
      expect(bases(other)).toEqual(bases(english));
      const differing = Object.keys(english).filter(
        (key) => key in other && placeholders(other[key]?.message ?? '') !== placeholders(english[key]?.message ?? ''),
      );
      expect(differing).toEqual([]);
    },
  );

  it('uses no dollar signs, which browsers would read as placeholders of their own', () => {
    expect(Object.values(english).filter(({ message }) => message.includes('$'))).toEqual([]);
  });
});

describe('a sentence', () => {
  it('takes its values by name', () => {
    expect(fill('Signed by {domain}.', { domain: 'a.example' })).toBe('Signed by a.example.');
  });

  it('takes a value literally, whatever it looks like', () => {
    expect(fill('{a} and {b}', { a: '{b}', b: '$&' })).toBe('{b} and $&');
  });

  it('isolates and makes visible what comes from outside', () => {
    expect(fill('From {name}.', { name: '\u202Eevil\u0000' })).toBe('From \\u{202E}evil\\u{0}.');
    expect(fill('From {name}.', { name: 'שלום' })).toBe('From \u2068שלום\u2069.');
  });
});

describe('a value for a sentence', () => {
  it('keeps its beginning and its end where it is long', () => {
    const long = `${'a'.repeat(5000)}@shop.example`;
    const short = shortenParams({ author: long, domain: 'shop.example' });
    expect(short['domain']).toBe('shop.example');
    expect(short['author']).toMatch(/^a{39}…a+@shop\.example$/);
    expect(short['author']?.length).toBeLessThanOrEqual(80);
  });

  it('cuts no character in half', () => {
    for (const shift of ['', 'x']) {
      const { text = '' } = shortenParams({ text: shift + '😀'.repeat(100) });
      expect(text).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

it('makes keys without hyphens', () => {
  expect(keyOf('finding', 'first-party-signature')).toBe('finding_first_party_signature');
});
