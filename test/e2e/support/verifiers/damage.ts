/** What may happen to a signed message on its way, and what every verifier has to say of it. */
import type { Verdict } from './peer.ts';

/** A message and the signature somebody put on top of it; strings of octets. */
export interface Signed {
  /** The DKIM-Signature field with its line end. */
  readonly signature: string;
  readonly message: string;
}

export interface Damage {
  readonly name: string;
  /** The damaged message; undefined where there is nothing to damage in this way. */
  readonly apply: (signed: Signed) => string | undefined;
  readonly expected: (signed: Signed) => Verdict;
}

/** The value of a tag without white space. */
function tag({ signature }: Signed, name: string): string | undefined {
  const value = new RegExp(`[;:][ \\t\\r\\n]*${name}[ \\t]*=([^;]*)`).exec(signature)?.[1];
  return value?.replace(/[ \t\r\n]+/g, '');
}

function mentions(signed: Signed, field: string): number {
  const names = tag(signed, 'h')?.toLowerCase().split(':') ?? [];
  return names.filter((name) => name === field).length;
}

function occurrences({ message }: Signed, field: string): number {
  return splitHeader(message).fields.filter((each) => each.toLowerCase().startsWith(`${field}:`)).length;
}

/** Whether one more field of the name would be taken by a mention in h= that found none (RFC 6376 §5.4.2). */
function isOversigned(signed: Signed, field: string): boolean {
  return mentions(signed, field) > occurrences(signed, field);
}

const isRelaxed = (signed: Signed, half: 0 | 1) => tag(signed, 'c')?.split('/')[half] === 'relaxed';
const hasLength = (signed: Signed) => tag(signed, 'l') !== undefined;

function splitHeader(message: string): { readonly fields: readonly string[]; readonly body: string } {
  const end = message.indexOf('\r\n\r\n') + 2;
  return { fields: message.slice(0, end).match(/.+\r\n(?:[ \t].*\r\n)*/g) ?? [], body: message.slice(end + 2) };
}

/** Changes the fields below the signature. */
function onFields(change: (fields: readonly string[]) => readonly string[]): Damage['apply'] {
  return ({ signature, message }) => {
    const { fields, body } = splitHeader(message);
    const changed = change(fields);
    return changed.join('') === fields.join('') ? undefined : `${signature}${changed.join('')}\r\n${body}`;
  };
}

/** Changes each field of the name, or takes it away. */
function onField(name: string, change: (field: string) => string): Damage['apply'] {
  const isMeant = (field: string) => field.toLowerCase().startsWith(`${name}:`);
  return onFields((fields) => fields.map((field) => (isMeant(field) ? change(field) : field)));
}

function onBody(change: (body: string) => string): Damage['apply'] {
  return ({ signature, message }) => {
    const { fields, body } = splitHeader(message);
    const changed = change(body);
    return changed === body ? undefined : `${signature}${fields.join('')}\r\n${changed}`;
  };
}

function onSignature(change: (signature: string) => string): Damage['apply'] {
  return ({ signature, message }) => {
    const changed = change(signature);
    return changed === signature ? undefined : changed + message;
  };
}

function flip(octet: string): string {
  return String.fromCharCode(octet.charCodeAt(0) ^ 2);
}

/** Another character of the base64 alphabet in place of the one at `at`. */
function respell(base64: string, at: number): string {
  return base64.slice(0, at) + (base64[at] === 'A' ? 'B' : 'A') + base64.slice(at + 1);
}

const always = (verdict: Verdict) => () => verdict;
/** `pass` where the header or body form takes no notice. */
const unlessRelaxed = (half: 0 | 1, verdict: Verdict) => (signed: Signed) =>
  isRelaxed(signed, half) ? 'pass' : verdict;
const ifSigned = (field: string) => (signed: Signed) => (mentions(signed, field) > 0 ? 'signature' : 'pass');
const ifOversigned = (field: string) => (signed: Signed) => (isOversigned(signed, field) ? 'signature' : 'pass');

/** Of the body, which is hashed by itself. */
export const BODY_DAMAGES: readonly Damage[] = [
  { name: 'nothing', apply: ({ signature, message }) => signature + message, expected: always('pass') },

  { name: 'a bit of the body', apply: onBody((body) => body.replace(/[A-Za-z]/, flip)), expected: always('body') },
  {
    name: 'the last letter of the body',
    apply: onBody((body) => body.replace(/[A-Za-z](?=[^A-Za-z]*$)/, flip)),
    expected: always('body'),
  },
  { name: 'a letter put in', apply: onBody((body) => body.replace(/o/, 'oo')), expected: always('body') },
  {
    name: 'two lines joined',
    apply: onBody((body) => body.replace(/(\w,?)\r\n(?=\w)/, '$1 ')),
    expected: always('body'),
  },
  { name: 'the last line cut off', apply: onBody((body) => body.replace(/\w.*\s*$/, '')), expected: always('body') },
  {
    name: 'a footer',
    apply: onBody((body) => (body === '' || body.endsWith('\n') ? `${body}-- \r\nlist\r\n` : `${body}\r\nlist\r\n`)),
    expected: (signed) => (hasLength(signed) ? 'pass' : 'body'),
  },
  {
    name: 'an empty line at the end',
    apply: onBody((body) => (body.endsWith('\n') ? `${body}\r\n` : `${body}\r\n\r\n`)),
    expected: always('pass'),
  },
  {
    name: 'fewer blanks in the body',
    apply: onBody((body) => body.replace(/(\S)[ \t]{2,}(\S)/, '$1 $2')),
    expected: unlessRelaxed(1, 'body'),
  },
  {
    name: 'blanks at a line end',
    apply: onBody((body) => body.replace(/(\w[.,?]?)\r\n/, '$1 \t\r\n')),
    expected: unlessRelaxed(1, 'body'),
  },
];

/** Of the header, the signature included. */
export const HEADER_DAMAGES: readonly Damage[] = [
  {
    name: 'a bit of the Subject',
    apply: onField('subject', (field) => field.replace('noon', 'soon')),
    expected: ifSigned('subject'),
  },
  {
    name: 'a bit of From',
    apply: onField('from', (field) => field.replace(/(?<=: ?)[A-Z]/, flip)),
    expected: always('signature'),
  },
  {
    name: 'a tag in the Subject',
    apply: onField('subject', (field) => field.replace(/:\s*/, ': [list] ')),
    expected: ifSigned('subject'),
  },
  { name: 'no Date', apply: onField('date', () => ''), expected: ifSigned('date') },
  { name: 'another name for To', apply: onField('to', (field) => `X-${field}`), expected: ifSigned('to') },
  {
    name: 'a second From on top',
    apply: onFields((fields) => ['From: Eve <eve@example.org>\r\n', ...fields]),
    expected: ifOversigned('from'),
  },
  {
    name: 'a second Subject on top',
    apply: onFields((fields) => ['Subject: Another\r\n', ...fields]),
    expected: ifOversigned('subject'),
  },
  {
    name: 'a second Subject at the bottom',
    apply: onFields((fields) => [...fields, 'Subject: Another\r\n']),
    expected: ifSigned('subject'),
  },
  {
    name: 'a Reply-To',
    apply: onFields((fields) => [...fields, 'Reply-To: eve@example.org\r\n']),
    expected: ifOversigned('reply-to'),
  },
  {
    name: 'a field nobody signs',
    apply: onFields((fields) => ['X-Scanner: clean\r\n', ...fields, 'X-Other: 1\r\n']),
    expected: always('pass'),
  },
  {
    name: 'fields in another order',
    apply: onFields((fields) => {
      const isFirst = (field: string) => /^(?:subject|date):/i.test(field);
      return [...fields.filter(isFirst), ...fields.filter((field) => !isFirst(field))];
    }),
    expected: always('pass'),
  },
  {
    name: 'repeated fields in another order',
    apply: onFields((fields) => {
      const isNote = (field: string) => field.startsWith('X-Note:');
      return [...fields.filter((field) => !isNote(field)), ...fields.filter(isNote).toReversed()];
    }),
    expected: ifSigned('x-note'),
  },
  {
    name: 'another folding of To',
    apply: onField('to', (field) => field.replace(/,\s+/, ', ')),
    expected: (signed) => (mentions(signed, 'to') > 0 && !isRelaxed(signed, 0) ? 'signature' : 'pass'),
  },
  {
    name: 'the case of a field name',
    apply: onField('date', (field) => field.replace(/^Date/, 'DATE')),
    expected: (signed) => (mentions(signed, 'date') > 0 && !isRelaxed(signed, 0) ? 'signature' : 'pass'),
  },

  {
    name: 'a character of b=',
    apply: onSignature((signature) =>
      signature.replace(/([;\s]b=[ \t\r\n]*)(.*)/s, (_, start: string, value: string) => start + respell(value, 20)),
    ),
    expected: always('signature'),
  },
  {
    name: 'a character of bh=',
    apply: onSignature((signature) =>
      signature.replace(/(bh=[ \t\r\n]*)([^;]*)/, (_, start: string, value: string) => start + respell(value, 5)),
    ),
    expected: always('fail'), // both hashes differ, and the order of looking at them is free
  },
  {
    name: 'a name less in h=',
    apply: onSignature((signature) => signature.replace(/([;\s]h=[^;]*?)[ \t\r\n]*:[ \t\r\n]*date/i, '$1')),
    expected: always('signature'),
  },
  {
    name: 'a tag more',
    apply: onSignature((signature) => signature.replace(/([;\s])b=/, '$1n=note; b=')),
    expected: always('signature'),
  },
  {
    name: 'blanks in b=',
    apply: onSignature((signature) => signature.replace(/([;\s]b=[ \t\r\n]*\w{20})/, '$1 \r\n\t ')),
    expected: always('pass'),
  },
  {
    name: 'another folding of the signature',
    apply: onSignature((signature) => signature.replace(/;[ \t\r\n]+d=/, ';\r\n\t  d=')),
    expected: unlessRelaxed(0, 'signature'),
  },
];
