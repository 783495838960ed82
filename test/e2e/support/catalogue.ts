/** The shipped words of a language, filled as the pages fill them. The importing test mocks `webextension-polyfill`. */
import { readFileSync } from 'node:fs';
import { fill, type Params } from '../../../extension/ui/words.ts';

export type Catalogue = Readonly<Record<string, string>>;

export function readCatalogue(language: string): Catalogue {
  const file = new URL(`../../../extension/public/_locales/${language}/messages.json`, import.meta.url);
  const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly message: string }>;
  return Object.fromEntries(Object.entries(found).map(([key, { message }]) => [key, message]));
}

/** @throws {Error} where the language has no such words */
export function wordsOf(catalogue: Catalogue): (key: string, params?: Params) => string {
  return (key, params = {}) => {
    const message = catalogue[key];
    if (message === undefined) throw new Error(`no message for ${key}`);
    return fill(message, params);
  };
}
