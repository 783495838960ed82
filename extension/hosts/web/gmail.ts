/**
 * Gmail, after its own "Show original" (docs/webmail.md). One page with whole conversations in it: each open message carries its number
 * as an attribute, and the path names which of the reader's accounts it is.
 */
import type { WebHost } from './types.ts';

const NUMBER = /^[0-9a-f]{1,20}$/;
const ATTRIBUTE = 'data-legacy-message-id';

export const gmail: WebHost = {
  name: 'gmail',

  recognises: ({ document, url }) =>
    url.pathname.startsWith('/mail/') &&
    document.querySelector('[data-legacy-thread-id], [data-legacy-message-id]') !== null,

  shown: ({ document }) =>
    [...document.querySelectorAll(`[${ATTRIBUTE}]`)].flatMap((message) => {
      const id = message.getAttribute(ATTRIBUTE) ?? '';
      // A message that is folded has a sender too, and no text.
      const place = message.querySelector('[email]');
      return NUMBER.test(id) && place ? [{ id, place }] : [];
    }),

  source({ url }, id) {
    if (!NUMBER.test(id)) return null;
    const query = new URLSearchParams({ view: 'att', th: id, attid: '0', disp: 'comp', safe: '1' });
    return { url: `${url.origin}${url.pathname}?${query}&zw`, form: 'octets' };
  },

  listed: () => [],
};
