/** Messages to sign: every shape of header and body that canonicalization has a rule for. Strings of octets with CRLF line ends. */

const FIELDS = [
  'Received: from client.example.com by mail.example.com with ESMTPS; Mon, 1 Jun 2026 10:00:00 +0000',
  'From: Ann <ann@example.com>',
  'To: bob@example.org,\r\n\tcarol@example.org',
  'Subject: Caf\xc3\xa9  at   noon  ',
  'Date: Mon, 1 Jun 2026 10:00:00 +0000',
  'Message-ID: <1@example.com>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
];

const BODY = 'Dear  Bob, \r\n\r\n\tcaf\xc3\xa9\t at noon?\r\nYours,\r\nAnn\r\n';

function compose(body: string, fields: readonly string[] = FIELDS): string {
  return `${fields.join('\r\n')}\r\n\r\n${body}`;
}

/** FIELDS with some of them replaced, by name. */
function withFields(...replacements: readonly string[]): readonly string[] {
  const name = (field: string) => field.slice(0, field.indexOf(':'));
  return FIELDS.map((field) => replacements.find((other) => name(other) === name(field)) ?? field);
}

/** Lines of prose with runs of blanks, from a fixed seed. */
function prose(octets: number): string {
  const words = ['mail', 'noon ', '  signed', 'by\t', 'whom', 'trace .', 'a'];
  const lines: string[] = [];
  let [state, length] = [5016, 0];
  while (length < octets) {
    const line = Array.from({ length: 11 }, () => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return words[state % words.length] ?? '';
    }).join(' ');
    lines.push(line);
    length += line.length + 2;
  }
  return `${lines.join('\r\n')}\r\n`;
}

export interface Shape {
  readonly message: string;
  /** Damaged in every way; the others only in their bodies. */
  readonly thoroughly?: boolean;
  /** Signed by ours alone: not every other program signs such a message, or as it stands. */
  readonly byOursOnly?: boolean;
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  'a plain message': { message: compose(BODY), thoroughly: true },
  'folded fields': {
    message: compose(
      BODY,
      withFields('Subject: Caf\xc3\xa9\r\n\t \tat\r\n noon', 'To: bob@example.org\t ,\r\n  carol@example.org'),
    ),
    thoroughly: true,
  },
  'repeated fields': {
    message: compose(BODY, [...FIELDS, 'X-Note: one', 'X-Note: two', 'X-Note: three']),
    thoroughly: true,
  },
  'names in capitals': {
    message: compose(
      BODY,
      FIELDS.map((field) => field.replace(/^(?:From|Subject|To)/, (name) => name.toUpperCase())),
    ),
  },
  'an internationalised author': {
    message: compose(
      BODY,
      withFields('From: J\xc3\xb6rg <j\xc3\xb6rg@b\xc3\xbccher.example>', 'Subject: \xe6\x9b\xb8'),
    ),
    byOursOnly: true,
  },
  'an empty body': { message: compose('') },
  'a body of empty lines': { message: compose('\r\n\r\n\r\n') },
  'a body of blanks': { message: compose(' \r\n\t\r\n  \r\n') },
  'empty lines at the end': { message: compose(`${BODY}\r\n \r\n\r\n\r\n`) },
  'lines of a thousand octets': { message: compose(`${'long '.repeat(200)}\r\n${'-'.repeat(998)}\r\nend\r\n`) },
  '20 kB of prose': { message: compose(prose(20_000)) },
  '100 kB of prose': { message: compose(prose(100_000)), byOursOnly: true },
  'no line end at the end': { message: compose(`${BODY}PS: no end`), byOursOnly: true },
  'blanks without a line end': { message: compose(`${BODY}  `), byOursOnly: true },
  'no blank after a colon': { message: compose(BODY, withFields('To:bob@example.org')), byOursOnly: true },
  'a line of blanks after a colon': { message: compose(BODY, withFields('Subject: \r\n noon')), byOursOnly: true },
};

/** What the wrong signatures stand on. */
export const PLAIN = compose(BODY);
