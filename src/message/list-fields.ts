/** Header fields of mailing lists (RFC 2919, RFC 2369, RFC 8058, RFC 5064) and those that list managers write besides. */

/** Fields that name a list, most reliable first; the others only add to the one that was named. */
export const LIST_NAMES = ['list-id', 'mailing-list', 'x-mailing-list', 'list-post', 'x-beenthere'];

/** List-Unsubscribe, List-Unsubscribe-Post and Precedence occur on any bulk mail, so they alone make no list. */
export const LIST_FIELDS: ReadonlySet<string> = new Set([
  ...LIST_NAMES,
  'list-help',
  'list-subscribe',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-owner',
  'list-archive',
  'archived-at',
  'x-mailman-version',
]);
