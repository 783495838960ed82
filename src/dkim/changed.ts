/**
 * Which part of a message is no longer what was signed, from what verifying a signature found: the body hash speaks for the body, the
 * signature itself for the header (RFC 6376 §3.7), z= for single fields (§3.5), and a change that was undone for what it touched.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { fieldOctets } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import type { DkimSignatureReport } from './types.ts';

export interface ChangedParts {
  readonly body: boolean;
  readonly header: boolean;
  /** Lower-case names of the fields known to differ; empty where only that some signed field does is known. */
  readonly headerFields: readonly string[];
}

/** What differs for a signature that does not verify; nothing where its digests are right, or could not be looked at. */
export function changedParts(message: Message, signature: DkimSignatureReport): ChangedParts {
  const { facts, explainedBy = [] } = signature;
  const header = facts.signature === 'bad';
  const fields = new Set(header ? fieldsUnlikeCopies(message, signature) : []);
  if (header && explainedBy.includes('subject-tag')) fields.add('subject');
  return { body: facts.bodyHash === 'bad', header, headerFields: [...fields] };
}

/** RFC 6376 §3.5 z=: the fields as the signer saw them. Only a field that occurs once, there and here, can be compared. */
function fieldsUnlikeCopies(message: Message, { copiedHeaders = [], signedHeaders }: DkimSignatureReport): string[] {
  const here = valuesByName(message.fields.map((field) => [field.key, () => fieldOctets(message, field)]));
  const there = valuesByName(copiedHeaders.map(({ name, value }) => [asciiLower(name), () => value]));
  return [...there].flatMap(([name, copies]) => {
    const found = here.get(name) ?? [];
    const [copy, field] = [copies[0], found[0]];
    if (!signedHeaders.includes(name) || copies.length > 1 || found.length > 1 || !copy) return [];
    return field && relaxed(field()) === relaxed(copy()) ? [] : [name];
  });
}

type Value = () => string;

function valuesByName(pairs: readonly (readonly [string, Value])[]): ReadonlyMap<string, readonly Value[]> {
  const values = new Map<string, Value[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return values;
}

function relaxed(value: string): string {
  return value
    .split(/[ \t\r\n]/)
    .filter((word) => word !== '')
    .join(' ');
}
