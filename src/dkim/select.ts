/** Which header fields a signature covers, and which ones it leaves open. Implements RFC 6376 §5.4.2; see §5.4.1, §8.15. */
import { LIMITS } from '../limits.ts';
import type { HeaderField, Message } from '../message/types.ts';

/** The fields of a message by lower-case name, topmost first. */
export type FieldIndex = ReadonlyMap<string, readonly HeaderField[]>;

export function indexFields(message: Message): FieldIndex {
  const index = new Map<string, HeaderField[]>();
  for (const field of message.fields) {
    const known = index.get(field.key);
    if (known) known.push(field);
    else index.set(field.key, [field]);
  }
  return index;
}

/** A signature field's value with its line ends, one character per octet: offsets in it are offsets in the field. */
export function signatureValue({ header }: Message, { valueStart, end }: HeaderField): string {
  return header.slice(valueStart, Math.min(end, valueStart + LIMITS.tagListBytes + 1));
}

/**
 * The fields h= selects, in its order. RFC 6376 §5.4.2: each mention of a name takes the lowest field of that name not yet taken; a
 * mention with none left takes nothing, and so signs that there is no other. The signature itself is never among them: it was
 * not there when it was made.
 */
export function selectFields(
  index: FieldIndex,
  names: readonly string[],
  signature: HeaderField,
): readonly HeaderField[] {
  const left = new Map<string, number>();
  const selected: HeaderField[] = [];
  for (const name of names) {
    const fields = index.get(name);
    if (!fields) continue;
    let at = (left.get(name) ?? fields.length) - 1;
    if (fields[at] === signature) at--;
    left.set(name, Math.max(at, 0));
    const field = fields[at];
    if (field) selected.push(field);
  }
  return selected;
}

/** Fields RFC 5322 §3.6 and RFC 2045 allow once, so that a second one above a signed one is an addition. */
const SINGLE_FIELDS = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
];

/** Fields that decide what a reader sees and whom an answer reaches (a choice from RFC 6376 §5.4.1). */
const IMPORTANT_FIELDS = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'content-type',
  'content-transfer-encoding',
];

/** Positions of fields named in h= that are above the signed ones of their name (RFC 6376 §8.15). */
export function fieldsAddedAbove(index: FieldIndex, names: readonly string[]): readonly number[] {
  const added: number[] = [];
  for (const name of SINGLE_FIELDS) {
    const fields = index.get(name);
    if (!fields || fields.length < 2) continue;
    const mentions = names.filter((one) => one === name).length;
    if (mentions > 0) added.push(...fields.slice(0, -mentions).map((field) => field.index));
  }
  return added;
}

/** Names of important fields that are there and that h= does not name. */
export function unsignedImportantFields(index: FieldIndex, names: readonly string[]): readonly string[] {
  return IMPORTANT_FIELDS.filter((name) => index.has(name) && !names.includes(name));
}

/** Whether h= names From once more than there are From fields, so that none can be added unseen (RFC 6376 §8.15). */
export function oversignsFrom(index: FieldIndex, names: readonly string[]): boolean {
  return names.filter((name) => name === 'from').length > (index.get('from')?.length ?? 0);
}
