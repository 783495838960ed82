/** SnappyMail and its like, after its published source (docs/webmail.md). One page; a menu of the open message links to its source. */
import { parseUrl } from '../../../src/bytes/url.ts';
import type { PlacedMessage, WebHost, WebPage } from './types.ts';

/** `?/Raw/&q[]=/0/Download/&q[]=/HASH`: the hash names account, mailbox and number. */
const SOURCE = /\?\/Raw\/.*\/Download\/&q\[\]=\/([^/&]{1,2000})$/;

function open({ document, url }: WebPage): { readonly message: PlacedMessage; readonly source: string } | null {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="/Download/"]')) {
    const source = parseUrl(link.href);
    const [, id] = SOURCE.exec(source?.search.replaceAll('%5B', '[').replaceAll('%5D', ']') ?? '') ?? [];
    const view = link.closest('#V-MailMessageView, #rl-right') ?? document.body;
    const place =
      view.querySelector('[data-bind*="from"], [data-bind*="sender"]') ?? view.querySelector('header, h1, h2');
    if (id !== undefined && source?.origin === url.origin && place)
      return { message: { id, place }, source: source.href };
  }
  return null;
}

export const snappymail: WebHost = {
  name: 'snappymail',

  recognises: ({ document }) => document.querySelector('#rl-app') !== null,

  shown(page) {
    const found = open(page);
    return found ? [found.message] : [];
  },

  source(page, id) {
    const found = open(page);
    return found?.message.id === id ? { url: found.source, form: 'octets' } : null;
  },

  listed: () => [],
};
