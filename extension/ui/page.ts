/** What every page does on start: language, title, and the first rendering. */
import browser from 'webextension-polyfill';
import { render, type ComponentChild } from 'preact';
import { t } from './words.ts';

export function startPage(titleKey: string, content: ComponentChild): void {
  document.documentElement.lang = browser.i18n.getUILanguage();
  document.title = t(titleKey);
  const root = document.getElementById('root');
  if (!root) throw new TypeError('the page has no #root');
  render(content, root);
}
