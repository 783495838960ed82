/** Who a message shows and names. Implements the originator fields of RFC 5322 §3.6.2 and Return-Path of RFC 5321 §4.4. */
import { readAuthors, readMailboxes } from '../message/address.ts';
import { fieldsNamed, firstText } from '../message/parse.ts';
import { parseReturnPath } from '../message/return-path.ts';
import type { Message } from '../message/types.ts';
import type { Circle } from './circle.ts';
import { findImpersonations } from './impersonation.ts';
import { purportedResponsibleAddress } from './pra.ts';
import type { IdentitiesReport } from './types.ts';

/** `circle` are people and domains the reader has dealt with: authors that look like one of them are told. */
export function readIdentities(message: Message, circle?: Circle, brands = true): IdentitiesReport {
  const { mailboxes: from, malformed, groupNames } = readAuthors(message);
  const fromFields = fieldsNamed(message, 'from').length;
  const replyTo = readMailboxes(message, 'reply-to').mailboxes.filter(({ address }) => address !== '');
  return {
    from,
    fromFields,
    fromMalformed: malformed,
    sender: readMailboxes(message, 'sender').mailboxes[0] ?? null,
    replyTo,
    returnPath: readReturnPath(message),
    pra: purportedResponsibleAddress(message),
    impersonations: findImpersonations(from, circle, { replyTo, groupNames, brands }),
  };
}

/** The topmost Return-Path, whoever wrote it: what counts as the envelope sender is for src/trace/envelope.ts to say. */
function readReturnPath(message: Message): string | null {
  const value = firstText(message, 'return-path');
  return value === undefined ? null : parseReturnPath(value);
}
