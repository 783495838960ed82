import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText, utf8ToBytes } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { allParts, bodyOf, decodedBodyOf, readStructure, type Part } from '../../src/message/structure.ts';
import { growthExponent } from '../support/growth.ts';

function structureOf(text: string): Part {
  return readStructure(parseMessage(utf8ToBytes(text)));
}

function lines(...all: readonly string[]): string {
  return all.join('\r\n');
}

const outline = (part: Part): readonly string[] => allParts(part).map(({ place, type }) => `${place} ${type}`);
const textOf = (part: Part | undefined): string => (part ? bytesToText(bodyOf(part)) : '');

/** RFC 2046 §5.1.1, the example, with a preamble and an epilogue that are to be ignored. */
const EXAMPLE = lines(
  'From: Nathaniel Borenstein <nsb@bellcore.com>',
  'MIME-Version: 1.0',
  'Content-type: multipart/mixed; boundary="simple boundary"',
  '',
  'This is the preamble.',
  '',
  '--simple boundary',
  '',
  'This is implicitly typed plain US-ASCII text.',
  'It does NOT end with a linebreak.',
  '--simple boundary',
  'Content-type: text/plain; charset=us-ascii',
  '',
  'This is explicitly typed plain US-ASCII text.',
  'It DOES end with a linebreak.',
  '',
  '--simple boundary--',
  '',
  'This is the epilogue.',
  '',
);

describe('the parts of a message', () => {
  it('are what stands between its delimiters (RFC 2046 §5.1.1)', () => {
    const root = structureOf(EXAMPLE);
    expect(outline(root)).toEqual([' multipart/mixed', '1 text/plain', '2 text/plain']);
    expect(root.parts.map(textOf)).toEqual([
      'This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.',
      'This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n',
    ]);
  });

  it('are the same where the store keeps bare LF', () => {
    const root = structureOf(EXAMPLE.replaceAll('\r\n', '\n'));
    expect(textOf(root.parts[1])).toBe(
      'This is explicitly typed plain US-ASCII text.\nIt DOES end with a linebreak.\n',
    );
  });

  it('nest, and are counted as IMAP counts them', () => {
    const inner = ['Content-Type: multipart/alternative; boundary=in', '', '--in', '', 'a', '--in', '', 'b', '--in--'];
    const root = structureOf(
      lines('Content-Type: multipart/mixed; boundary=out', '', '--out', ...inner, '--out', '', 'c', '--out--'),
    );
    expect(outline(root)).toEqual([
      ' multipart/mixed',
      '1 multipart/alternative',
      '1.1 text/plain',
      '1.2 text/plain',
      '2 text/plain',
    ]);
  });

  it('are messages in a digest (RFC 2046 §5.1.5)', () => {
    expect(
      outline(structureOf(lines('Content-Type: multipart/digest; boundary=x', '', '--x', '', 'From: a', '--x--'))),
    ).toEqual([' multipart/digest', '1 message/rfc822']);
  });

  it('are told by whole lines: longer boundaries and text after them do not count', () => {
    const root = structureOf(
      lines(
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        '',
        '--xy',
        '--x y',
        ' --x',
        '--x \t',
        '',
        'b',
        '--x--',
      ),
    );
    expect(root.parts.map(textOf)).toEqual(['--xy\r\n--x y\r\n --x', 'b']);
  });

  it('of a message that was cut short are those that are there', () => {
    expect(
      structureOf(lines('Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'a')).parts.map(textOf),
    ).toEqual(['a']);
  });

  it.each([
    ['no boundary', 'Content-Type: multipart/mixed'],
    ['an empty one', 'Content-Type: multipart/mixed; boundary=""'],
    ['another type', 'Content-Type: text/plain; boundary=x'],
    ['no type', 'Subject: x'],
  ])('are none with %s', (_, field) => {
    expect(structureOf(lines(field, '', '--x', '', 'a', '--x--')).parts).toEqual([]);
  });

  it('are not looked for deeper or in greater number than the limits say', () => {
    let text = 'x';
    for (let depth = LIMITS.structureDepth + 2; depth > 0; depth--) {
      text = lines(`Content-Type: multipart/mixed; boundary=b${depth}.`, '', `--b${depth}.`, text, `--b${depth}.--`);
    }
    expect(allParts(structureOf(text))).toHaveLength(LIMITS.structureDepth + 1);
    const many = '--x\r\n\r\na\r\n'.repeat(LIMITS.structureParts + 5);
    expect(structureOf(lines('Content-Type: multipart/mixed; boundary=x', '', many)).parts).toHaveLength(
      LIMITS.structureParts,
    );
  });

  it('take linear work', () => {
    const delimiters = (size: number): Part =>
      structureOf(`Content-Type: multipart/mixed; boundary=x\n\n${'--y\n'.repeat(size)}`);
    expect(growthExponent(delimiters, 20_000)).toBeLessThan(1.6);
  });

  it('are read of anything, and lie within it', () => {
    const piece = fc.constantFrom(
      '--x',
      '--x--',
      '\r\n',
      '\n',
      'Content-Type: multipart/mixed; boundary=x',
      'a',
      ' ',
      ';',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const all = allParts(structureOf(`Content-Type: multipart/mixed; boundary=x\n\n${pieces.join('')}`));
        expect(all.length).toBeLessThanOrEqual(LIMITS.structureParts + 1);
        for (const { message } of all) expect(message.bodyStart).toBeLessThanOrEqual(message.raw.length);
      }),
    );
  });
});

describe('what a part holds', () => {
  it.each<[string, string, string]>([
    ['message/delivery-status', 'base64', 'U3RhdHVzOiA1LjEuMQ=='],
    ['message/rfc822', 'base64', 'U3RhdHVzOiA1LjEuMQ=='],
    ['text/rfc822-headers', 'quoted-printable', 'Status: =\r\n5.1=2E1'],
    ['text/plain', 'Quoted-Printable', 'Status: 5=2E1.1'],
    ['text/plain', '7bit', 'Status: 5.1.1'],
  ])('is decoded: %s in %s', async (type, encoding, body) => {
    const part = structureOf(lines(`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', body));
    expect(bytesToText(await decodedBodyOf(part)).trimEnd()).toBe('Status: 5.1.1');
  });
});
