/**
 * "Please send it again, unadapted": a letter from the reader to the author, with the bypass request they could add
 * (draft-ietf-opes-smtp-security-02 §3.2). Only ever opened in an ordinary compose window: the reader edits it, sends it, or does not.
 */
import { decodeEncodedWords } from '../../src/message/encoded-word.ts';
import type { Mailbox } from '../../src/message/types.ts';
import type { Report } from '../../src/report/types.ts';
import type { ShownField } from '../judging/checked-message.ts';
import type { Translate } from '../ui/words.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly header: { readonly name: string; readonly value: string };
}

/**
 * The field of RFC 4236 §5 under a name that mail programs let a reader set: Thunderbird takes names beginning with `X-` only. The
 * proper name and value are in the letter, for the author to put into what he sends.
 */
const REQUEST_FIELD = 'X-OPES-Bypass';

/** Systems asked to be bypassed by name; more are asked for as all. */
const MOST_SYSTEMS = 5;
const LONGEST_TEXT = 200;

type Asked = Pick<Report, 'identities' | 'intermediaries'>;

/** Whether an intermediary can be shown to have changed the message, or an OPES system says to have handled it. */
export function isAdapted({ intermediaries }: Pick<Report, 'intermediaries'>): boolean {
  return intermediaries.some(({ kind, changed }) => kind === 'opes' || changed.length > 0);
}

/** Null where the message names nobody to write to. */
export function writeLetter(report: Asked, header: readonly ShownField[], t: Translate): Letter | null {
  const to = addressee(report);
  if (to === undefined) return null;
  const value = bypassRequest(report);
  const subject = textOf(header, 'subject');
  const lines = [
    t('bypass_letter_greeting'),
    t('bypass_letter_which', {
      subject: subject || t('panel_none'),
      date: textOf(header, 'date') || t('panel_none'),
      id: textOf(header, 'message-id') || t('panel_none'),
    }),
    [t('bypass_letter_why'), ...namesOf(report).map((name) => t('bypass_letter_system', { name }))].join('\n'),
    t('bypass_letter_please'),
    `OPES-Bypass: ${value}`,
    t('bypass_letter_thanks'),
  ];
  return {
    to,
    subject: plain(t('bypass_letter_subject', { subject })),
    body: plain(`${lines.join('\n\n')}\n`),
    header: { name: REQUEST_FIELD, value },
  };
}

/**
 * The author; where answers go only if that is in the author's own domain, since lists and forgers name their own address there.
 */
function addressee({ identities: { from, replyTo } }: Asked): string | undefined {
  const [author] = from;
  const [answers, ...others] = replyTo;
  const chosen = answers && others.length === 0 && answers.domain === author?.domain ? answers : author;
  return chosen && isPlainAddress(chosen) ? chosen.address : undefined;
}

/** No quotes, commas or anything else that a mail program could read as more than one address. */
function isPlainAddress({ address, domain }: Mailbox): boolean {
  return domain !== null && /^[^\s<>()[\]:;,\\"@\p{Cc}]+@[^\s<>()[\]:;,\\"@\p{Cc}]+$/u.test(address);
}

/** RFC 4236 §5: the systems by their URIs, or `*` for every one. */
function bypassRequest({ intermediaries }: Asked): string {
  const systems = intermediaries.filter(({ kind }) => kind === 'opes').map(({ name }) => name);
  const usable = systems.length > 0 && systems.length <= MOST_SYSTEMS && systems.every(isPlainUri);
  return usable ? systems.join(', ') : '*';
}

function isPlainUri(name: string): boolean {
  return name.length <= LONGEST_TEXT && /^https?:\/\/[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(name); // no comma, no semicolon
}

function namesOf({ intermediaries }: Asked): readonly string[] {
  const named = intermediaries.filter(({ kind, changed }) => kind === 'opes' || changed.length > 0);
  return named.slice(0, MOST_SYSTEMS).map(({ name }) => name.slice(0, LONGEST_TEXT));
}

function textOf(header: readonly ShownField[], name: string): string {
  const value = header.find((field) => field.name.toLowerCase() === name)?.value ?? '';
  return decodeEncodedWords(value.replace(/\r?\n(?=[ \t])/g, '').trim()).slice(0, LONGEST_TEXT);
}

/** Without the isolates that foreign words have on our own pages: they are characters that a recipient may see. */
function plain(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}
