/** Which texts a rule may hold. What is shown only (a rule's name) may hold anything; what is acted with may not. */
import { asciiLower } from '../bytes/ascii.ts';

/** C0 and C1 controls, line and paragraph separators, and halves of surrogate pairs, which no UTF-8 file can hold. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Whether a text is on one line and can be written to a file as it is. */
export function isWritable(text: string): boolean {
  return !UNWRITABLE.test(text);
}

/** A text for one line of a file: what cannot be written shows as U+FFFD. */
export function toWritable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '\u{fffd}');
}

/**
 * An IMAP keyword (RFC 9051 §9: an atom), and no system flag, which begin with a backslash. Narrower than the RFC by what Thunderbird
 * does not allow in the key of a tag: `<`, `>`, `/` and upper case, which compares as lower case anyway.
 */
export function isTag(text: string): boolean {
  return /^[a-z0-9$_.:+&#@!=~-]{1,100}$/.test(text);
}

/** Names joined by `/`, none of them empty, or a step up or in place where names become a path. */
export function isFolder(text: string): boolean {
  return isWritable(text) && text.split('/').every((name) => !['', '.', '..'].includes(name));
}

/** RFC 9051 §5.1: the inbox is `INBOX` in any case. */
export function isInbox(folder: string): boolean {
  return asciiLower(folder) === 'inbox';
}

/** A folder in the form folders are compared in. */
export function comparableFolder(folder: string): string {
  const [root = '', ...rest] = folder.split('/');
  return [isInbox(root) ? 'INBOX' : root, ...rest].join('/');
}
