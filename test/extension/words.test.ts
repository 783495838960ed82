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

const placeholders = (message: string): string[] =>
  [...message.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name = '']) => name).sort();

describe('the catalogue', () => {
  it('has every key the pages and the manifest use', () => {
    const used = Object.values(SOURCES).flatMap((text) =>
      [...text.matchAll(/\bt\(\s*'([a-z]\w+)'\s*[,)]/g)].map(([, key = '']) => key),
    );
    const inManifest = [...MANIFEST.matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => key);
    expect(used.length).toBeGreaterThan(80);
    expect([...used, ...inManifest].filter((key) => !(key in english))).toEqual([]);
  });

  it('is sorted, so that changes are easy to read', () => {
    expect(Object.keys(english)).toEqual(Object.keys(english).sort());
  });

  it.each(readdirSync(folder).filter((locale) => locale !== 'en'))(
    'is complete in %s, with the same placeholders',
    (locale) => {
      const other = read(locale);
      expect(Object.keys(other)).toEqual(Object.keys(english));
      const differing = Object.keys(english).filter(
        (key) => placeholders(other[key]?.message ?? '').join() !== placeholders(english[key]?.message ?? '').join(),
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
