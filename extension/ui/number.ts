/** Numbers and counted things as the reader's language writes them. */
import type { Params, Translate } from './words.ts';

export function numberText(value: number, t: Translate): string {
  return new Intl.NumberFormat(t('language_tag')).format(value);
}

/**
 * A sentence about a number of things, from the key of the number's plural category (`key_one`, `key_other`); the number fills
 * `{count}`.
 */
export function counted(key: string, count: number, t: Translate, params: Params = {}): string {
  const category = new Intl.PluralRules(t('language_tag')).select(count);
  const filled = { ...params, count: numberText(count, t) };
  // A catalogue has the categories of its own language, and always `other`.
  return t(`${key}_${category}`, filled) || t(`${key}_other`, filled);
}
