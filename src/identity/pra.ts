/** The Purported Responsible Address: who the header says handed the message in last. Implements RFC 4407 §2. */
import { parseMailboxes } from '../message/address.ts';
import { fieldText, fieldsNamed, messageOf } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import type { PraField, PraResult } from './types.ts';

/** Reads the address out of a message, or says why there is none. Never throws for content. */
export function purportedResponsibleAddress(message: Message | Uint8Array): PraResult {
  return choose(messageOf(message));
}

function choose(message: Message): PraResult {
  const [resentSender] = nonEmpty(message, 'resent-sender');
  const [resentFrom] = nonEmpty(message, 'resent-from');
  // RFC 4407 §2 step 1: a trace field between them says that Resent-Sender belongs to an earlier resending.
  if (resentSender && !(resentFrom && hasTraceBetween(message, resentFrom, resentSender))) {
    return mailboxIn(message, resentSender, 'Resent-Sender');
  }
  if (resentFrom) return mailboxIn(message, resentFrom, 'Resent-From'); // step 2

  const [sender, ...otherSenders] = nonEmpty(message, 'sender');
  if (otherSenders.length > 0) return { illFormed: 'several-sender' }; // step 3
  if (sender) return mailboxIn(message, sender, 'Sender');

  const [from, ...otherFroms] = nonEmpty(message, 'from');
  if (otherFroms.length > 0) return { illFormed: 'several-from' }; // step 4
  return from ? mailboxIn(message, from, 'From') : { illFormed: 'no-from' };
}

/** RFC 4407 §2: a field that holds nothing but white space counts as not present. */
function nonEmpty(message: Message, key: string): readonly HeaderField[] {
  return fieldsNamed(message, key).filter((field) => /[^ \t\r\n]/.test(fieldText(message, field)));
}

function hasTraceBetween(message: Message, above: HeaderField, below: HeaderField): boolean {
  return message.fields
    .slice(above.index + 1, below.index)
    .some((field) => field.key === 'received' || field.key === 'return-path');
}

/** RFC 4407 §2 step 5: the field must hold a single mailbox, well formed and with a domain. */
function mailboxIn(message: Message, field: HeaderField, name: PraField): PraResult {
  const { mailboxes, malformed, groups } = parseMailboxes(fieldText(message, field));
  const [mailbox] = mailboxes;
  if (!mailbox || mailboxes.length > 1 || groups > 0) return { illFormed: 'not-one-mailbox' };
  if (mailbox.domain === null) return { illFormed: 'no-domain' };
  if (malformed) return { illFormed: 'not-one-mailbox' };
  return { field: name, index: field.index, address: mailbox.address, domain: mailbox.domain };
}
