/** Reads Return-Path. Implements the path of RFC 5321 §4.4, and addresses without angle brackets, as some servers write them. */
import { parseMailboxes } from './address.ts';

/** The address in a Return-Path value: "" for `<>`, null where there is none to be read. */
export function parseReturnPath(value: string): string | null {
  if (/^[ \t]*<[ \t]*>[ \t]*$/.test(value)) return '';
  const { mailboxes } = parseMailboxes(value);
  const [mailbox] = mailboxes;
  return mailbox && mailboxes.length === 1 && mailbox.address !== '' ? mailbox.address : null;
}
