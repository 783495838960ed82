/** What a keyword means: the reader's words first, then documents, then its letters. */
import { describe, expect, it, vi } from 'vitest';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../e2e/support/catalogue.ts');
const { KNOWN_CLASSES, meaningOf } = await import('../../../extension/classes/dictionary.ts');

const t = wordsOf(readCatalogue('en'));
const own = [
  { keyword: 'org.example', name: 'Example club', note: '' },
  { keyword: 'org.example:news', name: 'Club news', note: 'monthly' },
];

describe('the meaning of a keyword', () => {
  it.each([
    ['ORG.example:News', 'Club news'],
    ['org.example:news:extra', 'Club news'],
    ['org.example:other', 'Example club'],
    ['org.example.sub', 'Example club'],
  ])('is what the reader calls %s, or the closest he names: %s', (keyword, name) => {
    expect(meaningOf(keyword, own, t)).toMatchObject({ name, source: t('class_source_own') });
  });

  it.each(KNOWN_CLASSES)('is known from a document for $keyword', ({ keyword, words, document }) => {
    expect(meaningOf(keyword.toUpperCase(), [], t)).toEqual({
      name: t(words),
      source: t('class_source_document', { document }),
      note: '',
    });
  });

  it.each([
    ['de.shop:ADV', 'advertisement'],
    ['de.shop:ADV:ADLT', 'advertisement, adult content'],
    ['de.shop.adv', 'advertisement'],
    ['ADV:ADULT', 'advertisement, adult content'],
  ])('is read from the letters of %s: %s', (keyword, name) => {
    expect(meaningOf(keyword, [], t)).toMatchObject({ name, source: t('class_source_letters') });
  });

  it.each(['org.examples:x', 'org.adv:news', 'de.shop:advice', 'net.example:newsletter', '__proto__', 'a:constructor'])(
    'is told by nobody for %s',
    (keyword) => {
      expect(meaningOf(keyword, own, t)).toBeNull();
    },
  );
});
