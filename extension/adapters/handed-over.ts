/** A text one part of the extension hands to the page that opens next. It is taken once, and never reaches the disk. */
import browser from 'webextension-polyfill';

const KEY = 'handedOver';
/** Characters of a selection. */
const LONGEST = 4 << 20;

export async function handOver(text: string): Promise<void> {
  await browser.storage.session.set({ [KEY]: text.slice(0, LONGEST) });
}

/** Null where nothing was handed over, or it was taken already. */
export async function takeOver(): Promise<string | null> {
  const { [KEY]: text } = await browser.storage.session.get(KEY);
  await browser.storage.session.remove(KEY);
  return typeof text === 'string' ? text : null;
}
