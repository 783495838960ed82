/**
 * Who says to have handled a message on its way, besides the servers of the Received fields: mailing lists (RFC 2919 §2, RFC 2369 §3),
 * resenders (RFC 5322 §3.6.6), forwarders, OPES systems (draft-ietf-opes-smtp-security-02 §3.1 with the fields of RFC 4236 §4), gateways
 * and scanners, and the sealers of an ARC chain that validates (RFC 8617 §4.1.3).
 *
 * All of it is what these fields say: anyone can write them. What of it can be shown is the business of changes.ts.
 */
import { parseUrl } from '../bytes/url.ts';
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import type { ArcReport } from '../arc/types.ts';
import { LIMITS } from '../limits.ts';
import { parseMailboxes } from '../message/address.ts';
import { decodeEncodedWords } from '../message/encoded-word.ts';
import { LIST_FIELDS, LIST_NAMES } from '../message/list-fields.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import { skipCfws } from '../syntax/cfws.ts';
import { isGateway, scannerOf } from './marks.ts';
import type { Intermediary, IntermediaryKind, IntermediaryStatement } from './types.ts';

/** The intermediaries, lists first, at most `LIMITS.intermediaries`; `arc` where the chain has been looked at. */
export function readIntermediaries(message: Message, arc?: ArcReport): readonly Intermediary[] {
  const found = [
    ...readLists(message),
    ...readResenders(message),
    ...readForwarders(message),
    ...readOpes(message),
    ...readScanners(message),
    ...readSealers(message, arc),
  ];
  return found.slice(0, LIMITS.intermediaries);
}

interface Parts {
  /** Positions of its fields. */
  readonly fields: readonly number[];
  /** Positions of those that say what it did, where not all of them. */
  readonly saying?: readonly number[];
  readonly policy?: string | null;
}

function intermediary(message: Message, kind: IntermediaryKind, name: string, parts: Parts): Intermediary {
  const { fields, saying = fields, policy = null } = parts;
  const says = saying.slice(0, LIMITS.intermediaryStatements).flatMap((index) => statementAt(message, index));
  return { kind, name, fields, says, changed: [], policy };
}

function statementAt(message: Message, index: number): readonly IntermediaryStatement[] {
  const field = message.fields[index];
  if (field === undefined) return [];
  const text = decodeEncodedWords(trimWsp(fieldText(message, field)).slice(0, LIMITS.intermediaryCharacters));
  return [{ field: index, name: field.name, text: text.slice(0, LIMITS.intermediaryCharacters) }];
}

function readLists(message: Message): readonly Intermediary[] {
  const key = LIST_NAMES.find((name) => fieldsNamed(message, name).length > 0);
  if (key === undefined) return [];
  const naming = fieldsNamed(message, key);
  const others = message.fields.filter((field) => LIST_FIELDS.has(field.key) && field.key !== key).map(indexOf);
  // Where several lists passed it on, nothing says whose the other fields are.
  const policy = listPolicy(message);
  return naming.slice(0, LIMITS.intermediaries).map((field, at) =>
    intermediary(message, 'list', listName(fieldText(message, field)), {
      fields: at === 0 ? [field.index, ...others].sort((left, right) => left - right) : [field.index],
      saying: [field.index],
      policy: at === 0 ? policy : null,
    }),
  );
}

/** RFC 2369 §3.1, §3.5: where help and whoever runs the list are found, the first that a browser can open. */
function listPolicy(message: Message): string | null {
  const uris = ['list-help', 'list-owner'].flatMap((name) =>
    fieldsNamed(message, name).flatMap(
      (field) => /<[ \t]*(https?:[^\s<>]{1,2000})>/i.exec(fieldText(message, field))?.[1] ?? [],
    ),
  );
  return uris.find(isWebAddress) ?? null;
}

function isWebAddress(uri: string): boolean {
  return /^https?:\/\/[!-~]+$/i.test(uri) && parseUrl(uri) !== undefined;
}

/** RFC 2919 §3: an identifier has no spaces. A text that has could read like a sentence of ours, so it is in quotes. */
function listName(value: string): string {
  const name = listText(value);
  return /\s/.test(name) ? JSON.stringify(name) : name;
}

/** The identifier in angle brackets; else the whole text (`list NAME; contact …`, an address). */
function listText(value: string): string {
  const close = value.lastIndexOf('>');
  const open = close < 0 ? -1 : value.lastIndexOf('<', close);
  if (open >= 0) return trimWsp(value.slice(open + 1, close)).replace(/^mailto:/i, '');
  return trimWsp(value.slice(skipCfws(value, 0).end));
}

/** RFC 5322 §3.6.6: each Resent-From or Resent-Sender field is one introduction by its author. */
const RESENT = ['resent-from', 'resent-sender'];

function readResenders(message: Message): readonly Intermediary[] {
  return fieldsAmong(message, RESENT).map((field) => {
    const text = fieldText(message, field);
    const name = parseMailboxes(text).mailboxes[0]?.address;
    return intermediary(message, 'resender', name === undefined || name === '' ? trimWsp(text) : name, {
      fields: [field.index],
    });
  });
}

/** Marks of services that pass mail on by themselves. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-to'];

/** An envelope sender that was rewritten so that a report comes back: the SRS scheme, and Gmail's. */
const REWRITTEN_SENDER = /^<?(?:SRS[01][=+-]|[^@\s]{1,64}\+caf_=)[^@\s]*@([^@\s>]+)>?$/i;

function readForwarders(message: Message): readonly Intermediary[] {
  const marked = fieldsAmong(message, FORWARDED).map((field) => ({ name: trimWsp(fieldText(message, field)), field }));
  // The topmost is the reader's own mailbox; one below it is a mailbox that passed the message on.
  const [own, ...earlier] = fieldsNamed(message, 'delivered-to')
    .slice(0, LIMITS.intermediaries)
    .map((field) => ({ name: trimWsp(fieldText(message, field)), field }));
  const delivered = earlier.filter(({ name }) => asciiLower(name) !== asciiLower(own?.name ?? ''));
  const rewritten = fieldsNamed(message, 'return-path')
    .slice(0, 1)
    .flatMap((field) => {
      const name = REWRITTEN_SENDER.exec(
        trimWsp(fieldText(message, field)).slice(0, LIMITS.intermediaryCharacters),
      )?.[1];
      return name === undefined ? [] : [{ name, field }];
    });
  return [...marked, ...delivered, ...rewritten].map(({ name, field }) =>
    intermediary(message, 'forwarder', name, { fields: [field.index] }),
  );
}

function fieldsAmong(message: Message, names: readonly string[]): readonly HeaderField[] {
  return message.fields.filter((field) => names.includes(field.key)).slice(0, LIMITS.intermediaries);
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
  return [...fieldsByUri].map(([name, fields]) =>
    intermediary(message, 'opes', name, { fields, policy: isWebAddress(name) ? name : null }),
  );
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
  return [...fieldsByProduct].map(([name, fields]) =>
    intermediary(message, isGateway(name) ? 'gateway' : 'scanner', name, { fields }),
  );
}

/** Who sealed a chain that validates: each received the message, wrote down what it found, and passed it on. */
function readSealers(message: Message, arc: ArcReport | undefined): readonly Intermediary[] {
  if (arc?.result !== 'pass') return [];
  return arc.instances.flatMap(({ seal, authenticationResults }) =>
    seal?.domain
      ? [
          intermediary(message, 'sealer', seal.domain, {
            fields: [seal.field],
            saying: authenticationResults ? [authenticationResults.field] : [],
          }),
        ]
      : [],
  );
}

function indexOf(field: HeaderField): number {
  return field.index;
}
