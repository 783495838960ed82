/** The words of the interface, from the browser's message catalogue. Placeholders are named: `{domain}`. */
import browser from 'webextension-polyfill';
import { visibleText } from '../../src/bytes/visible.ts';
import type { Params, Translate } from '../../src/words/translate.ts';

export { findingTitleKey, findingWords, headlineWords, type FindingWords } from '../../src/words/finding.ts';
export {
  counted,
  dayText,
  durationText,
  keyOf,
  numberText,
  shortenParams,
  timeText,
  type Params,
  type Translate,
} from '../../src/words/translate.ts';

export const t: Translate = (key, params = {}) => fill(browser.i18n.getMessage(key), params);

/** Fills the placeholders of a message. Values come from mail and DNS, so what could hide in them is made visible. */
export function fill(message: string, params: Params): string {
  const values = new Map(Object.entries(params));
  return message.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : isolate(visibleText(value));
  });
}

/** First strong isolate … pop directional isolate (UAX #9 §2.4): foreign text cannot reorder the sentence around it. */
function isolate(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `\u2068${text}\u2069`;
}
