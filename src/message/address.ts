/**
 * Mailboxes of an address field. Implements RFC 5322 §3.4 with the obsolete forms of §4.4 (routes, empty list elements, white space
 * and comments around dots), RFC 6854 (groups in From) and RFC 6532 (UTF-8); encoded words are decoded in display names only.
 *
 * `malformed` means that readers may disagree about which addresses the value names. Then every address that can be made out anywhere
 * in it is listed, not only the one that this grammar would have picked.
 *
 * Known differences: what senders get wrong without naming another address is not malformed: specials in an unquoted display name
 * (`Info@Shop <info@shop.example>`, `[List] Ann <ann@example.org>`), dots at odd places in a local part, unencoded commas in an encoded
 * word. Encoded words in quoted strings are decoded (against RFC 2047 §5), because mail programs do.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { findAddresses, isAt, readAddrSpec, type AddrSpec, type Address } from './addr-spec.ts';
import { tokenizeAddresses, type Token } from './address-tokens.ts';
import { decodeEncodedWords } from './encoded-word.ts';
import { fieldText, fieldsNamed } from './parse.ts';
import type { Mailbox, Message } from './types.ts';

export interface MailboxList {
  /** In the order they are in, duplicates kept; members of groups included. */
  readonly mailboxes: readonly Mailbox[];
  /** Readers may disagree about which addresses are named, or there were more than `LIMITS.addresses`. */
  readonly malformed: boolean;
  /** Groups, which may be empty (`Undisclosed recipients:;`). */
  readonly groups: number;
  /** Their names, decoded: some mail programs show them in place of the members. */
  readonly groupNames: readonly string[];
}

/** Reads an unfolded address list. Never throws for content. */
export function parseMailboxes(value: string): MailboxList {
  const text = value.slice(0, LIMITS.fieldValueBytes);
  const read = readAddressList(text);
  if (!read.malformed && text.length === value.length) return read;
  return { ...read, mailboxes: withCandidates(read.mailboxes, text), malformed: true };
}

/** All mailboxes of the fields of that (lower-case) name, topmost field first. */
export function readMailboxes(message: Message, key: string): MailboxList {
  const mailboxes: Mailbox[] = [];
  let malformed = false;
  let groups = 0;
  const groupNames: string[] = [];
  for (const field of fieldsNamed(message, key)) {
    const list = parseMailboxes(fieldText(message, field));
    const room = LIMITS.addresses - mailboxes.length;
    mailboxes.push(...list.mailboxes.slice(0, room));
    groups += list.groups;
    groupNames.push(...list.groupNames.slice(0, LIMITS.addresses - groupNames.length));
    malformed ||= list.malformed || list.mailboxes.length > room;
    malformed ||= field.end - field.valueStart > LIMITS.fieldValueBytes;
  }
  return { mailboxes, malformed, groups, groupNames };
}

/** The mailboxes of every From field (RFC 5322 §3.6.2), each once: more than one means that there is no single author. */
export function authorMailboxes(message: Message): readonly Mailbox[] {
  return readAuthors(message).mailboxes;
}

/** The same, with what was odd about the fields. */
export function readAuthors(message: Message): MailboxList {
  const list = readMailboxes(message, 'from');
  if (list.mailboxes.length < 2) return list;
  const distinct = new Map(list.mailboxes.map((mailbox) => [JSON.stringify(mailbox), mailbox]));
  return { ...list, mailboxes: [...distinct.values()] };
}

/** One list element while it is read: what stood before, inside and after the angle brackets. */
interface Element {
  readonly words: Token[];
  readonly comments: string[];
  angle: readonly Token[] | undefined;
  clean: boolean;
}

function readAddressList(text: string): MailboxList {
  const { tokens, malformed: unreadable } = tokenizeAddresses(text);
  const mailboxes: Mailbox[] = [];
  let malformed = unreadable;
  let groups = 0;
  const groupNames: string[] = [];
  let inGroup = false;
  let element = newElement();

  const finish = (): void => {
    if (element.words.length > 0 || element.angle) {
      const { mailbox, clean } = readElement(element);
      mailboxes.push(mailbox);
      malformed ||= !clean;
    }
    element = newElement();
  };

  for (let at = 0; at < tokens.length && mailboxes.length <= LIMITS.addresses; at++) {
    const token = tokens[at];
    if (!token) break;
    if (token.kind === 'comment') {
      element.comments.push(token.value);
    } else if (token.kind !== 'special' || token.raw === '@') {
      if (element.angle) element.clean = false;
      element.words.push(token);
    } else if (token.raw === '<') {
      if (element.angle) {
        element.clean = false;
        if (!opensTwice(tokens, at)) finish(); // `"Ann"<<>>` is one author, whatever is wrong with it
      }
      const angle = readAngle(tokens, at + 1);
      element.angle = angle.content;
      if (!angle.closed) element.clean = false;
      at = angle.end;
    } else if (token.raw === ',') {
      finish();
    } else if (token.raw === ':') {
      // RFC 5322 §3.4: a group opens with a display name, and groups do not nest.
      if (inGroup || element.angle || element.words.length === 0 || element.words.some(holdsAt)) malformed = true;
      inGroup = true;
      groups++;
      if (groupNames.length < LIMITS.addresses) groupNames.push(phrase(element.words));
      element = newElement();
    } else if (token.raw === ';' && inGroup) {
      finish();
      inGroup = false;
    } else {
      malformed = true; // a stray ">" or ";"; the latter separates addresses in some programs
      finish();
    }
  }
  finish();
  if (inGroup || mailboxes.length > LIMITS.addresses || (mailboxes.length === 0 && groups === 0)) malformed = true;
  return { mailboxes: mailboxes.slice(0, LIMITS.addresses), malformed, groups, groupNames };
}

/** Whether the bracket opens directly behind another one. */
function opensTwice(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before?.kind === 'special' && before.raw === '<';
}

function newElement(): Element {
  return { words: [], comments: [], angle: undefined, clean: true };
}

interface Angle {
  /** The tokens of the addr-spec, comments and route left out. */
  readonly content: readonly Token[];
  readonly closed: boolean;
  /** Index of the last token that belongs to the brackets. */
  readonly end: number;
}

/** Reads the content of the angle brackets that opened before `start`. */
function readAngle(tokens: readonly Token[], start: number): Angle {
  let content: Token[] = [];
  let route = false;
  for (let at = start; ; at++) {
    const token = tokens[at];
    if (!token) return { content, closed: false, end: at };
    if (token.kind === 'comment') continue;
    if (token.kind !== 'special' || isAt(token)) {
      route ||= content.length === 0 && isAt(token);
      content.push(token);
    } else if (token.raw === '>') {
      return { content, closed: true, end: at };
    } else if (route && token.raw === ':' && isRoute(content)) {
      content = []; // RFC 5322 §4.4: obs-route is read and means nothing
      route = false;
    } else if (!route || token.raw !== ',') {
      return { content, closed: false, end: at - 1 };
    }
  }
}

/** RFC 5322 §4.4 obs-route: `@domain` one after the other (the commas are gone here), so that no address hides in it. */
function isRoute(content: readonly Token[]): boolean {
  return content.length % 2 === 0 && content.every((token, index) => (index % 2 === 0 ? isAt(token) : !holdsAt(token)));
}

/** Whether an address may be seen in it: an "@", also inside brackets, but not in a quoted string. */
function holdsAt({ kind, raw }: Token): boolean {
  return kind !== 'quoted' && raw.includes('@');
}

function readElement({ words, comments, angle, clean }: Element): {
  readonly mailbox: Mailbox;
  readonly clean: boolean;
} {
  const spec = readAddrSpec(angle ?? words);
  const name = angle || !spec ? phrase(words) : '';
  const comment = decoded(comments.join(' '));
  // By an old custom the name is in a comment behind the address (RFC 5322 §3.4).
  const shown = name === '' ? { displayName: comment } : { displayName: name, ...(comment === '' ? {} : { comment }) };
  if (!spec) {
    // `<root>`: an address without domain, as programs of the same machine write it.
    const [local] = angle?.length === 1 ? angle : [];
    const localPart = local?.kind === 'atom' ? local.raw : '';
    return { mailbox: { ...shown, address: localPart, localPart, domain: null }, clean: false };
  }
  const ambiguous = angle !== undefined && words.some(holdsAt) && namesAnother(words, spec);
  return { mailbox: { ...shown, ...mailboxOf(spec) }, clean: clean && spec.clean && !ambiguous };
}

function mailboxOf({ localPart, domain }: Address): Omit<Mailbox, 'displayName'> {
  return { address: `${localPart}@${domain}`, localPart, domain: parseDomain(domain) ?? null };
}

/** The display name for people: words with single spaces where white space or comments stood, encoded words decoded. */
function phrase(words: readonly Token[]): string {
  return decoded(joinWords(words, ({ kind, value, raw }) => (kind === 'quoted' ? value : raw)));
}

function decoded(text: string): string {
  return trimWsp(decodeEncodedWords(text));
}

function joinWords(words: readonly Token[], textOf: (word: Token) => string): string {
  return words.map((word, index) => (word.spaced && index > 0 ? ' ' : '') + textOf(word)).join('');
}

/** Whether an unquoted display name holds a full address other than the one in the brackets. */
function namesAnother(words: readonly Token[], spec: AddrSpec): boolean {
  const raw = joinWords(words, (word) => word.raw);
  return findAddresses(raw, LIMITS.addresses).some(
    ({ localPart, domain }) =>
      domain.includes('.') && asciiLower(`${localPart}@${domain}`) !== asciiLower(`${spec.localPart}@${spec.domain}`),
  );
}

/** What was read, and every address besides that can be made out in the text. */
function withCandidates(read: readonly Mailbox[], text: string): readonly Mailbox[] {
  const addressed = read.filter(({ address }) => address !== '');
  const known = new Set(addressed.map(({ address }) => asciiLower(address)));
  for (const found of findAddresses(text, LIMITS.addresses)) {
    const mailbox: Mailbox = { displayName: '', ...mailboxOf(found), conjectured: true };
    if (known.has(asciiLower(mailbox.address))) continue;
    known.add(asciiLower(mailbox.address));
    addressed.push(mailbox);
  }
  const [only] = addressed;
  if (!only) return read;
  // A lone candidate keeps the text that was shown with it, as in an unclosed `"Ann <ann@example.org>`.
  if (addressed.length === 1 && only.displayName === '') return [{ ...only, displayName: read[0]?.displayName ?? '' }];
  return addressed.slice(0, LIMITS.addresses);
}
