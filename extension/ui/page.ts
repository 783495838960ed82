/** What every page does on start: language, title, and the first rendering. */
import { render, type ComponentChild } from 'preact';
import { t } from './words.ts';

export function startPage(titleKey: string, content: ComponentChild): void {
  // The language of our words, which is not the browser's where there are none in that.
  document.documentElement.lang = t('language_tag');
  document.title = t(titleKey);
  const root = document.getElementById('root');
  if (!root) throw new TypeError('the page has no #root');
  render(content, root);
}
