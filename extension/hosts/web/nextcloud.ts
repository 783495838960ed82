/** Mail in Nextcloud, after its published source (docs/webmail.md). One page; the path names mailbox and message. */
import type { WebHost } from './types.ts';

const ROUTE = /^(.*\/apps\/mail)\/box\/[^/]+\/thread\/(\d+)(?:$|\/)/;
const ATTRIBUTE = 'data-envelope-id';

export const nextcloud: WebHost = {
  name: 'nextcloud',

  recognises: ({ url }) => /\/apps\/mail(?:$|\/)/.test(url.pathname),

  shown({ document, url }) {
    const [, , id] = ROUTE.exec(url.pathname) ?? [];
    const place =
      document.querySelector('#mail-message #mail-thread-header') ?? document.querySelector('#mail-message');
    return id !== undefined && place ? [{ id, place }] : [];
  },

  source({ url }, id) {
    const [, app, shown] = ROUTE.exec(url.pathname) ?? [];
    // `export` hands out the octets; `source` and the OCS form hand out JSON, in which they are lost.
    return app !== undefined && shown === id
      ? { url: `${url.origin}${app}/api/messages/${id}/export`, form: 'octets' }
      : null;
  },

  listed: ({ document }) =>
    [...document.querySelectorAll(`[${ATTRIBUTE}]`)].flatMap((row) => {
      const id = row.getAttribute(ATTRIBUTE) ?? '';
      return /^\d+$/.test(id) ? [{ id, place: row.querySelector('a') ?? row }] : [];
    }),
};
