/**
 * Who says to have handled a message on its way, besides the servers of the Received fields: mailing lists (RFC 2919 §2, RFC 2369 §3),
 * resenders (RFC 5322 §3.6.6), OPES systems (draft-ietf-opes-smtp-security-02 §3.1 with the fields of RFC 4236 §4) and scanners.
 *
 * All of it is what these fields say: anyone can write them. ARC sealers come from the ARC chain (src/arc), which can be checked.
 */
import { trimWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { parseMailboxes } from '../message/address.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import { skipCfws } from '../syntax/cfws.ts';
import { scannerOf } from './marks.ts';
import type { Intermediary } from './types.ts';

/** The intermediaries, lists first, at most `LIMITS.intermediaries`. */
export function readIntermediaries(message: Message): readonly Intermediary[] {
  const found = [...readLists(message), ...readResenders(message), ...readOpes(message), ...readScanners(message)];
  return found.slice(0, LIMITS.intermediaries);
}

/** Fields that name a list, most reliable first; the others only add to the one that was named. */
export const LIST_NAMES = ['list-id', 'mailing-list', 'x-mailing-list', 'list-post', 'x-beenthere'];
/** List-Unsubscribe, List-Unsubscribe-Post and Precedence stand on any bulk mail, so they alone make no list. */
const LIST_FIELDS: ReadonlySet<string> = new Set([
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

function readLists(message: Message): readonly Intermediary[] {
  const key = LIST_NAMES.find((name) => fieldsNamed(message, name).length > 0);
  if (key === undefined) return [];
  const naming = fieldsNamed(message, key);
  const others = message.fields.filter((field) => LIST_FIELDS.has(field.key) && field.key !== key).map(indexOf);
  // Where several lists passed it on, nothing says whose the other fields are.
  return naming.map((field, at) => ({
    kind: 'list',
    name: listName(fieldText(message, field)),
    fields: at === 0 ? [field.index, ...others].sort((left, right) => left - right) : [field.index],
  }));
}

/** RFC 2919 §3: the identifier in angle brackets; else the whole text (`list NAME; contact …`, an address). */
function listName(value: string): string {
  const close = value.lastIndexOf('>');
  const open = close < 0 ? -1 : value.lastIndexOf('<', close);
  if (open >= 0) return trimWsp(value.slice(open + 1, close)).replace(/^mailto:/i, '');
  return trimWsp(value.slice(skipCfws(value, 0).end));
}

/** RFC 5322 §3.6.6: each Resent-From or Resent-Sender field is one introduction by its author; and the marks of forwarding services. */
const RESENT = ['resent-from', 'resent-sender'];
const FORWARDED = ['x-forwarded-for', 'x-forwarded-to'];

function readResenders(message: Message): readonly Intermediary[] {
  return message.fields
    .filter((field) => RESENT.includes(field.key) || FORWARDED.includes(field.key))
    .slice(0, LIMITS.intermediaries)
    .map((field) => ({ kind: 'resender', name: resenderName(message, field), fields: [field.index] }));
}

function resenderName(message: Message, field: HeaderField): string {
  const text = fieldText(message, field);
  return (RESENT.includes(field.key) && parseMailboxes(text).mailboxes[0]?.address) || trimWsp(text);
}

/** RFC 4236 §4: a comma list of trace entries, each the URI of a system (which leads to its policy) and parameters. */
function readOpes(message: Message): readonly Intermediary[] {
  const fieldsByUri = new Map<string, number[]>();
  for (const field of [...fieldsNamed(message, 'opes-system'), ...fieldsNamed(message, 'opes-via')]) {
    for (const entry of fieldText(message, field).split(',', LIMITS.intermediaries)) {
      const uri = trimWsp(entry.split(';', 1)[0] ?? '');
      if (uri === '' || fieldsByUri.size >= LIMITS.intermediaries) continue;
      const fields = fieldsByUri.get(uri) ?? [];
      if (fields.at(-1) !== field.index) fields.push(field.index);
      fieldsByUri.set(uri, fields);
    }
  }
  return [...fieldsByUri].map(([name, fields]) => ({ kind: 'opes', name, fields }));
}

function readScanners(message: Message): readonly Intermediary[] {
  const fieldsByProduct = new Map<string, number[]>();
  for (const field of message.fields) {
    const product = scannerOf(field.key);
    if (product === undefined) continue;
    const fields = fieldsByProduct.get(product);
    if (fields) fields.push(field.index);
    else fieldsByProduct.set(product, [field.index]);
  }
  return [...fieldsByProduct].map(([name, fields]) => ({ kind: 'scanner', name, fields }));
}

function indexOf(field: HeaderField): number {
  return field.index;
}
