/**
 * Whom a message is addressed to and which list it names: what tells a Reply-To or Sender that is usual for lists from one that leads away.
 * Claims of the header like the rest of it (RFC 5322 §3.6.3, RFC 2369 §3, RFC 2919 §3).
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { readMailboxes } from '../message/address.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { LIST_FIELDS, LIST_NAMES } from '../message/list-fields.ts';

export interface Addressing {
  /** Addresses of To and Cc, in lower case; none of a field that occurs more often than it may (RFC 5322 §3.6), as one added does. */
  readonly recipients: readonly string[];
  /** Domains that the List-* fields name. */
  readonly listDomains: readonly string[];
  /** A field names the list itself, not only how to leave it. */
  readonly namesList: boolean;
  /** Addresses to post to, in lower case. */
  readonly listPosts: readonly string[];
  /** Authors that a list put elsewhere when it took From for itself, in lower case. */
  readonly originalAuthors: readonly string[];
}

/** Fields in which lists keep the author they took out of From. */
const ORIGINAL_FROM = ['x-original-from', 'x-original-sender', 'original-from'];

const ADDRESS = /[^\s<>(),;:"@]{1,64}@([^\s<>(),;:"?/]{1,255})/g;
const HOST = /https?:\/\/([^\s<>/:?#]{1,255})/g;

export function readAddressing(message: Message): Addressing {
  const domains = new Set<string>();
  const fields = message.fields.filter(({ key }) => LIST_FIELDS.has(key)).slice(0, LIMITS.intermediaries);
  for (const field of fields) {
    const text = fieldText(message, field).slice(0, LIMITS.fieldValueBytes);
    const names = [...text.matchAll(ADDRESS), ...text.matchAll(HOST)].map((match) => match[1] ?? '');
    if (field.key === 'list-id') names.push(/<([^<>]{1,255})>[^<>]*$/.exec(text)?.[1] ?? '');
    for (const name of names) {
      const domain = parseDomain(name);
      if (domain !== undefined && domain.includes('.')) domains.add(domain);
    }
  }
  return {
    recipients: addressesOf(
      message,
      ['to', 'cc'].filter((key) => fieldsNamed(message, key).length === 1),
    ),
    listDomains: [...domains].slice(0, LIMITS.intermediaries),
    namesList: LIST_NAMES.some((name) => fieldsNamed(message, name).length > 0),
    listPosts: fieldsNamed(message, 'list-post').flatMap((field) =>
      [...fieldText(message, field).matchAll(ADDRESS)].map(([address]) => asciiLower(address)),
    ),
    originalAuthors: addressesOf(message, ORIGINAL_FROM),
  };
}

function addressesOf(message: Message, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) =>
    readMailboxes(message, key).mailboxes.flatMap(({ address }) => (address === '' ? [] : [asciiLower(address)])),
  );
}
