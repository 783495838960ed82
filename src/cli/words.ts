/** The English words of the extension, for the terminal: one catalogue for both. */
import catalogue from '../../extension/public/_locales/en/messages.json' with { type: 'json' };
import type { Params } from '../words/translate.ts';

const MESSAGES: Readonly<Record<string, { readonly message: string }>> = catalogue;

/** The message of that key with its placeholders (`{name}`) filled; a key without a message is a programming error. */
export function words(key: string, params: Params = {}): string {
  const entry = MESSAGES[key];
  if (!entry) throw new TypeError(`no message for ${key}`);
  const values = new Map(Object.entries(params));
  return entry.message.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}
