/** What every page does on start: language, direction, title, and the first rendering. */
import { render, type ComponentChild } from 'preact';
import browser from 'webextension-polyfill';
import { t } from './words.ts';

export function startPage(title: string, content: ComponentChild): void {
  // The language of our words, which is not the browser's where there are none in that.
  document.documentElement.lang = t('language_tag');
  document.documentElement.dir = browser.i18n.getMessage('@@bidi_dir');
  document.title = title;
  const root = document.getElementById('root');
  if (!root) throw new TypeError('the page has no #root');
  render(content, root);
}
