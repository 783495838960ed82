import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsToString, stringToOctets, utf8ToBytes } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { fieldBytes, fieldOctets, fieldText, fieldsNamed, parseMessage } from '../../src/message/parse.ts';
import { growthExponent } from '../support/growth.ts';

/** One character per octet, so that tests can write any bytes. */
function parse(octets: string) {
  const message = parseMessage(stringToOctets(octets));
  return {
    message,
    problems: message.problems,
    fields: message.fields.map((field) => [field.name, fieldOctets(message, field)]),
    body: octetsToString(message.raw.subarray(message.bodyStart)),
  };
}

describe('a well-formed message (RFC 5322 §2.1)', () => {
  it('is split into fields and body without a change', () => {
    const { message, ...read } = parse('From: a@example.com\r\nSubject: Hi\r\n there\r\n\r\nBody\r\n');
    expect(read).toEqual({
      problems: [],
      fields: [
        ['From', ' a@example.com'],
        ['Subject', ' Hi there'],
      ],
      body: 'Body\r\n',
    });
    expect(message.fields.map((field) => octetsToString(fieldBytes(message, field)))).toEqual([
      'From: a@example.com',
      'Subject: Hi\r\n there',
    ]);
  });

  it('has fields that know their place, and lower-case keys', () => {
    const { message } = parse('A: 1\r\nRECEIVED: 2\r\n\r\n');
    expect(message.fields[1]).toEqual({
      index: 1,
      name: 'RECEIVED',
      key: 'received',
      start: 6,
      valueStart: 15,
      end: 17,
    });
  });

  it('lists fields of one name from the top', () => {
    const { message } = parse('Received: 1\r\nX: 2\r\nreceived: 3\r\n\r\n');
    expect(fieldsNamed(message, 'received').map((field) => field.index)).toEqual([0, 2]);
  });

  it('may have an empty body, and empty values', () => {
    expect(parse('A:\r\n\r\n')).toMatchObject({ fields: [['A', '']], body: '', problems: [] });
  });

  it('keeps folding at white space only: the value is unfolded, its octets are not', () => {
    expect(parse('A: 1\r\n\t2\r\n  3\r\n\r\n').fields).toEqual([['A', ' 1\t2  3']]);
  });

  it('takes a line of white space for a continuation, not for the end of the header (RFC 5322 §4.2)', () => {
    expect(parse('A: 1\r\n \r\nB: 2\r\n\r\nbody')).toMatchObject({
      fields: [
        ['A', ' 1 '],
        ['B', ' 2'],
      ],
      body: 'body',
    });
  });
});

describe('line ends', () => {
  it('are accepted as bare LF, and said', () => {
    expect(parse('A: 1\nB: 2\n 3\n\nbody\n')).toMatchObject({
      fields: [
        ['A', ' 1'],
        ['B', ' 2 3'],
      ],
      body: 'body\n',
      problems: ['bare-lf'],
    });
  });

  it('may be mixed', () => {
    expect(parse('A: 1\nB: 2\r\n\nbody\r\n')).toMatchObject({
      body: 'body\r\n',
      problems: ['bare-lf', 'mixed-line-ends'],
    });
  });

  it('are not a lone CR: what follows it is not a field', () => {
    const { fields, problems } = parse('A: 1\rFrom: evil@example.com\r\nB: 2\r\n\r\n');
    expect(fields).toEqual([
      ['A', ' 1\rFrom: evil@example.com'],
      ['B', ' 2'],
    ]);
    expect(problems).toEqual(['bare-cr-in-header']);
  });

  it('do not end the header where a CR stands before the CRLF', () => {
    expect(parse('A: 1\r\n\r\r\nB: 2\r\n\r\nbody')).toMatchObject({
      fields: [
        ['A', ' 1'],
        ['B', ' 2'],
      ],
      problems: ['malformed-header-line', 'bare-cr-in-header'],
    });
  });

  it('of the body are not judged', () => {
    expect(parse('A: 1\r\n\r\na\nb\rc\0').problems).toEqual([]);
  });
});

describe('what is no message', () => {
  it.each([
    ['nothing', '', ['empty-message']],
    ['text without a colon', 'Hello world', ['malformed-header-line', 'no-header-end', 'not-a-message']],
    ['binary', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', ['malformed-header-line', 'no-header-end', 'not-a-message']],
    ['an empty line only', '\r\n', ['not-a-message']],
    ['NULs', '\0\0\0\0', ['malformed-header-line', 'no-header-end', 'not-a-message']],
  ])('is told for %s', (_name, octets, problems) => {
    const read = parse(octets);
    expect(read.fields).toEqual([]);
    for (const problem of problems) expect(read.problems).toContain(problem);
  });
});

describe('a damaged header', () => {
  it('that breaks off has no body', () => {
    expect(parse('From: a@b.example\r\nSubj')).toMatchObject({
      fields: [['From', ' a@b.example']],
      body: '',
      problems: ['malformed-header-line', 'no-header-end'],
    });
    expect(parse('From: a@b.example')).toMatchObject({
      fields: [['From', ' a@b.example']],
      problems: ['no-header-end'],
    });
  });

  it('with a line without colon loses that line only', () => {
    expect(parse('A: 1\r\nnonsense\r\n and more\r\nB: 2\r\n\r\nbody')).toMatchObject({
      fields: [
        ['A', ' 1'],
        ['B', ' 2'],
      ],
      body: 'body',
      problems: ['malformed-header-line'],
    });
  });

  it('may have no From', () => {
    const { message } = parse('To: a@b.example\r\n\r\n');
    expect(fieldsNamed(message, 'from')).toEqual([]);
  });

  it('with NULs is read and said', () => {
    expect(parse('Subject: a\0b\r\n\r\n')).toMatchObject({
      fields: [['Subject', ' a\0b']],
      problems: ['nul-in-header'],
    });
  });

  it('with a NUL in a name has no such field', () => {
    expect(parse('Fr\0om: a@b.example\r\n\r\n').fields).toEqual([]);
  });

  it('with white space before the colon has the field (RFC 5322 §4.5)', () => {
    const { message, fields } = parse('From \t: a@b.example\r\nSubject : x\r\n\r\n');
    expect(fields).toEqual([
      ['From', ' a@b.example'],
      ['Subject', ' x'],
    ]);
    expect(fieldsNamed(message, 'from')).toHaveLength(1);
    expect(message.problems).toEqual([]);
  });

  it.each([
    ['a name with a space in it', 'Subject x: a@b.example'],
    ['no name', ': a@b.example'],
    ['white space for a name', ' : a@b.example'],
    ['an 8-bit name', 'Fr\xf6m: a@b.example'],
    ['a name with a full-width colon', 'From\xef\xbc\x9a a@b.example'],
    ['a first line that continues nothing', ' From: a@b.example'],
  ])('with %s has no such field', (_name, line) => {
    const { fields, problems } = parse(`${line}\r\nZ: 1\r\n\r\n`);
    expect(fields).toEqual([['Z', ' 1']]);
    expect(problems).toEqual(['malformed-header-line']);
  });

  it('with a byte order mark gets no From by it and loses none but that line', () => {
    const smuggled = parse('\xff\xfeFrom: evil@example.com\r\nFrom: a@b.example\r\n\r\n');
    expect(smuggled.fields).toEqual([['From', ' a@b.example']]);
    expect(smuggled.problems).toEqual(['malformed-header-line']);
    const harmless = parse('\xff\xfeReceived: x\r\nFrom: a@b.example\r\n\r\n');
    expect(harmless.fields).toEqual([['From', ' a@b.example']]);
  });

  it('hides no second From behind a byte order mark of UTF-8, which programs skip', () => {
    const both = parse('\xef\xbb\xbfFrom: evil@example.com\r\nFrom: a@b.example\r\n\r\n');
    expect(both.fields).toEqual([
      ['From', ' evil@example.com'],
      ['From', ' a@b.example'],
    ]);
  });
});

describe('what stands above the header', () => {
  const MARK = '\u00EF\u00BB\u00BF';

  it.each([
    ['a byte order mark', MARK],
    ['an empty line', '\r\n'],
    ['empty lines', '\n\r\n\n'],
    ['a banner', 'Microsoft Mail Internet Headers Version 2.0\r\n'],
    ['all of it', `${MARK}\r\nMicrosoft Mail Internet Headers Version 2.0\r\n\r\n`],
  ])('is no field and ends no header: %s', (_what, above) => {
    const message = parse(`${above}From: c@d.example\r\nTo: e@f.example\r\n\r\nbody`);
    expect(message.fields.map(([name]) => name)).toEqual(['From', 'To']);
    expect(message.problems).toContain('text-before-header');
  });

  it('is left out with an mbox line too', () => {
    expect(parse(`${MARK}From a@b.example Mon Jan  1 00:00:00 2026\r\nFrom: c@d.example\r\n\r\n`)).toMatchObject({
      fields: [['From', ' c@d.example']],
      problems: ['mbox-from-line', 'text-before-header'],
    });
  });

  it('is the text itself where no field follows', () => {
    for (const text of ['\r\n\r\nHello there\r\n', '\r\nSee: there\r\n', '\r\n', `${MARK}Hello\r\n`]) {
      const { fields, problems } = parse(text);
      expect(fields).toEqual([]);
      expect(problems).toContain('not-a-message');
      expect(problems).not.toContain('text-before-header');
    }
  });
});

describe('an mbox line on top', () => {
  it.each([
    'From a@b.example Mon Jan  1 00:00:00 2026',
    'From  - Mon Jan  1 00:00:00 2026',
    '>From a@b.example Mon Jan  1',
  ])('is no field and hides none: %s', (line) => {
    expect(parse(`${line}\r\nFrom: c@d.example\r\n\r\n`)).toMatchObject({
      fields: [['From', ' c@d.example']],
      problems: ['mbox-from-line'],
    });
  });

  it('is not the From field of obsolete syntax, which would hide the author (RFC 5322 §4.5)', () => {
    expect(parse('From : evil@example.com\r\nFrom: a@b.example\r\n\r\n').fields).toHaveLength(2);
    expect(parse('From \t : evil@example.com\r\n\r\n')).toMatchObject({
      fields: [['From', ' evil@example.com']],
      problems: [],
    });
  });

  it('counts only at the top', () => {
    expect(parse('A: 1\r\nFrom a@b.example Mon Jan  1 00:00:00 2026\r\n\r\n')).toMatchObject({
      fields: [['A', ' 1']],
      problems: ['malformed-header-line'],
    });
  });
});

describe('text of a value', () => {
  it('is UTF-8 where it is (RFC 6532), marked where it is not', () => {
    const message = parseMessage(utf8ToBytes('Subject: Grüße\r\n aus Köln\r\n\r\n'));
    expect(message.fields.map((field) => fieldText(message, field))).toEqual([' Grüße aus Köln']);
    const latin = parse('Subject: Gr\xfc\xdfe\r\n\r\n').message;
    expect(latin.fields.map((field) => fieldText(latin, field))).toEqual([' Gr\ufffd\ufffde']);
  });

  it('is cut at the limit', () => {
    const { message } = parse(`Subject: ${'x'.repeat(LIMITS.fieldValueBytes + 5)}\r\n\r\n`);
    expect(message.fields.map((field) => fieldText(message, field).length)).toEqual([LIMITS.fieldValueBytes]);
  });
});

describe('limits', () => {
  it('keep a header of 10 MB from being read, and still find the body', () => {
    const line = `X-Filler: ${'x'.repeat(980)}\r\n`;
    const { message, problems, body } = parse(`${line.repeat(10_600)}From: late@example.com\r\n\r\nbody`);
    expect(problems).toContain('header-too-large');
    expect(body).toBe('body');
    expect(message.fields.length).toBeLessThanOrEqual(Math.ceil(LIMITS.headerBytes / line.length));
    expect(fieldsNamed(message, 'from')).toEqual([]);
  });

  it('find the body where the header ends right at the limit', () => {
    const line = `${'X'.repeat(10)}: ${'x'.repeat(LIMITS.headerBytes - 14)}\r\n`;
    expect(line).toHaveLength(LIMITS.headerBytes);
    expect(parse(`${line}\r\nbody\r\n\r\nmore`)).toMatchObject({
      body: 'body\r\n\r\nmore',
      problems: ['header-too-large'],
    });
  });

  it('end with one endless folded field', () => {
    const { message, problems } = parse(`From: a@b.example\r\n${' x\r\n'.repeat(400_000)}\r\nbody`);
    expect(problems).toContain('header-too-large');
    expect(message.fields).toHaveLength(1);
    expect(message.raw.length - message.bodyStart).toBe(4);
  });

  it('hold for the number of fields', () => {
    const { message, problems } = parse(`${'A:\r\n'.repeat(LIMITS.headerFields + 1)}\r\nbody`);
    expect(message.fields).toHaveLength(LIMITS.headerFields);
    expect(problems).toEqual(['too-many-fields']);
  });
});

describe('any bytes', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'From',
      'Sender',
      ':',
      ' ',
      '\t',
      '\r\n',
      '\n',
      '\r',
      '\0',
      'a@b.example',
      '\xef\xbb\xbf',
      'From ',
      '\r\n\r\n',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 8 }),
  );

  it('are read without throwing, into places that are in order and in the message', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const message = parseMessage(stringToOctets(pieces.join('')));
        let last = 0;
        for (const [index, field] of message.fields.entries()) {
          expect(field.index).toBe(index);
          expect(field.start).toBeGreaterThanOrEqual(last);
          expect(field.valueStart).toBeGreaterThan(field.start);
          expect(field.end).toBeGreaterThanOrEqual(field.valueStart);
          expect(field.name).toMatch(/^[!-9;-~]+$/);
          last = field.end;
        }
        expect(message.bodyStart).toBeGreaterThanOrEqual(last);
        expect(message.bodyStart).toBeLessThanOrEqual(message.raw.length);
      }),
    );
  });

  it.each([
    ['fields', 'A: b\r\n'],
    ['foldings', ' x\r\n'],
    ['lines without colon', 'x\n'],
    ['bare CRs', '\r'],
    ['colons', ':'],
  ])('take linear time: many %s', (_name, unit) => {
    const bytes = (size: number) => stringToOctets(`A: 1\r\n${unit.repeat(size)}\r\n\r\n`);
    const inputs = new Map([5_000, 40_000].map((size) => [size, bytes(size)]));
    expect(growthExponent((size) => parseMessage(inputs.get(size) ?? new Uint8Array()), 5_000)).toBeLessThan(1.6);
  });
});
