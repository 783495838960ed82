/** SOGo 5, which mailcow is as well; seen with 5.8 (docs/webmail.md). One page; the fragment names account, mailbox and number. */
import type { WebHost } from './types.ts';

/** `#!/Mail/0/INBOX/12`: mailboxes are encoded a level each. */
const ROUTE = /^#!\/Mail\/(\d+)\/([^/?#]+)\/(\d+)(?:$|[/?])/;
/** The path of a reader's part: `/SOGo/so/alice/…`. */
const HOME = /^(.*\/so\/[^/]+)\//;

const idOf = (account: string, mailbox: string, uid: string): string => `${account}/${mailbox}/${uid}`;

/** SOGo writes levels of a mailbox as `folderA/folderB`, and its own route joins them by an encoded slash. */
const folderPath = (mailbox: string): string =>
  decodeURIComponent(decodeURIComponent(mailbox))
    .split('/')
    .map((level) => `folder${encodeURIComponent(level)}`)
    .join('/');

export const sogo: WebHost = {
  name: 'sogo',

  recognises({ document, url }) {
    return HOME.test(url.pathname) && document.querySelector('[ng-app^="SOGo"]') !== null;
  },

  shown({ document, url }) {
    const [, account, mailbox, uid] = ROUTE.exec(url.hash) ?? [];
    if (account === undefined || mailbox === undefined || uid === undefined) return [];
    const view = document.querySelector('[ui-view="message"]');
    const place =
      view?.querySelector('[ng-bind*="from"], [ng-repeat*="from"], [ng-bind*="sender"]') ??
      view?.querySelector('h5, h6');
    return place ? [{ id: idOf(account, mailbox, uid), place }] : [];
  },

  source({ document, url }, id) {
    const [, account = '', mailbox = '', uid = ''] = ROUTE.exec(url.hash) ?? [];
    const [, home] = HOME.exec(url.pathname) ?? [];
    if (home === undefined || idOf(account, mailbox, uid) !== id) return null;
    const token = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1];
    return {
      url: `${url.origin}${home}/Mail/${account}/${folderPath(mailbox)}/${uid}/export`,
      ...(token !== undefined && { headers: { 'X-XSRF-TOKEN': decodeURIComponent(token) } }),
      form: 'code-points',
    };
  },

  listed: () => [],
};
