/** The words of the interface, from the browser's message catalogue. Placeholders are named: `{domain}`. */
import browser from 'webextension-polyfill';
import { visibleText } from '../../src/bytes/visible.ts';

export type Params = Readonly<Record<string, string>>;
export type Translate = (key: string, params?: Params) => string;

export const t: Translate = (key, params = {}) => fill(browser.i18n.getMessage(key), params);

/** Fills the placeholders of a message. Values come from mail and DNS, so what could hide in them is made visible. */
export function fill(message: string, params: Params): string {
  const values = new Map(Object.entries(params));
  return message.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : isolate(visibleText(value));
  });
}

/** Characters of a value that a sentence bears. */
const LONGEST_VALUE = 80;

/** Values fit for a sentence: of a longer one its beginning and its end, where domains show whose they are. */
export function shortenParams(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shorten(value)]));
}

function shorten(text: string): string {
  if (text.length <= LONGEST_VALUE) return text;
  const half = LONGEST_VALUE / 2 - 1;
  // No half of a character that takes two units.
  return `${text.slice(0, half).replace(/[\ud800-\udbff]$/, '')}…${text.slice(-half).replace(/^[\udc00-\udfff]/, '')}`;
}

/** First strong isolate … pop directional isolate (UAX #9 §2.4): foreign text cannot reorder the sentence around it. */
function isolate(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `\u2068${text}\u2069`;
}

/** Message keys hold no hyphens. */
export function keyOf(prefix: string, id: string): string {
  return `${prefix}_${id.replaceAll('-', '_')}`;
}

export function findingKey(id: string): string {
  return keyOf('finding', id);
}
