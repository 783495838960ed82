/**
 * Roundcube 1.4 and newer, seen with 1.6 (docs/webmail.md). The message is in a frame or a page of its own whose address names mailbox and
 * number; each message loads it anew.
 */
import { parseUrl } from '../../../src/bytes/url.ts';
import type { PlacedMessage, WebHost, WebPage } from './types.ts';

/** The request token is in a script of the page. It goes into the one request for the source, and nowhere else. */
const TOKEN = /"request_token":"([^"\\]+)"/;
const ROW = /^rcmrow/;

const idOf = (mailbox: string, uid: string): string => `${mailbox}/${uid}`;

/** What the address of a message says; null where it is of no message. */
function placeOf(url: URL): { readonly mailbox: string; readonly uid: string } | null {
  const { searchParams: query } = url;
  const mailbox = query.get('_mbox');
  const uid = query.get('_uid');
  const isMessage = query.get('_task') === 'mail' && /^(?:show|preview)$/.test(query.get('_action') ?? '');
  return isMessage && mailbox !== null && uid !== null && /^[\w.]+$/.test(uid) ? { mailbox, uid } : null;
}

export const roundcube: WebHost = {
  name: 'roundcube',

  recognises({ document, url }) {
    return (
      url.searchParams.has('_task') &&
      [...document.scripts].some(({ textContent: text }) => text.includes('rcube_webmail') || TOKEN.test(text))
    );
  },

  shown({ document, url }) {
    const place = placeOf(url);
    const header = document.querySelector('#message-header, #messageheader');
    if (place === null || header === null) return [];
    return [{ id: idOf(place.mailbox, place.uid), place: header.querySelector('a[href^="mailto:"]') ?? header }];
  },

  source({ document, url }, id) {
    const place = placeOf(url);
    if (place === null || idOf(place.mailbox, place.uid) !== id) return null;
    const token = [...document.scripts].map(({ textContent }) => TOKEN.exec(textContent)?.[1]).find(Boolean);
    // Some installations keep a token in the path, so it stays as it is.
    const query = new URLSearchParams();
    const asked = { _task: 'mail', _action: 'viewsource', _uid: place.uid, _mbox: place.mailbox, _save: '1' };
    for (const [name, value] of Object.entries({ ...asked, ...(token !== undefined && { _token: token }) }))
      query.set(name, value);
    return { url: `${url.origin}${url.pathname}?${query}`, form: 'octets' };
  },

  listed: ({ document }: WebPage): readonly PlacedMessage[] =>
    [...document.querySelectorAll('tr[id], li[id]')].flatMap((row) => {
      if (!ROW.test(row.id)) return [];
      const link = row.querySelector<HTMLAnchorElement>('a[href*="_uid="]');
      const address = parseUrl(link?.href ?? '');
      const place = address && placeOf(address);
      return link === null || !place ? [] : [{ id: idOf(place.mailbox, place.uid), place: link }];
    }),
};
