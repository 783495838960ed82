import { describe, expect, it } from 'vitest';
import { octetsToString, stringToOctets } from '../../src/bytes/ascii.ts';
import { isMbox, splitMbox } from '../../src/message/mbox.ts';

const LINE = 'From a@x.example Mon Jan  1 00:00:00 2026\n';

function split(octets: string): readonly string[] {
  return splitMbox(stringToOctets(octets)).map(octetsToString);
}

describe('an mbox (RFC 4155)', () => {
  it('is taken apart, its separators and the empty lines before them left out', () => {
    expect(split(`${LINE}A: 1\n\none\n\n${LINE}A: 2\n\ntwo\n`)).toEqual(['A: 1\n\none\n', 'A: 2\n\ntwo\n']);
    const crlf = LINE.replace('\n', '\r\n');
    expect(split(`${crlf}A: 1\r\n\r\none\r\n\r\n${crlf}A: 2\r\n\r\n\r\n`)).toEqual([
      'A: 1\r\n\r\none\r\n',
      'A: 2\r\n\r\n',
    ]);
  });

  it('has a "From " line in the middle of text as text, and one ">" taken off quoted ones', () => {
    expect(split(`${LINE}A: 1\n\nx\nFrom here on\n>From there\n>>From both\n> From none\n`)).toEqual([
      'A: 1\n\nx\nFrom here on\nFrom there\n>From both\n> From none\n',
    ]);
  });

  it('is taken apart where no empty line stands before a separator that cannot be text', () => {
    const dated = [
      LINE,
      LINE.replace('2026', '+0100 2026'),
      LINE.replace('2026', '2026 +0100'),
      LINE.replace('\n', '\r\n'),
    ];
    for (const line of dated)
      expect(split(`${LINE}A: 1\n\none\n${line}A: 2\n\ntwo\n`)).toEqual(['A: 1\n\none\n', 'A: 2\n\ntwo\n']);
    for (const text of [
      `${LINE}no field\n`, // a date, and no header behind it
      'From here on\nA: 2\n',
      'From Mon Jan  1 00:00:00 2026 on\nA: 2\n',
    ]) {
      expect(split(`${LINE}A: 1\n\none\n${text}`)).toHaveLength(1);
    }
  });

  it('is not a single message, even one whose first field is "From :" (RFC 5322 §4.5)', () => {
    for (const message of ['A: 1\n\nx\n', 'From : a@x.example\n\nx\n', 'From: a@x.example\n\nx\n', '']) {
      expect(isMbox(stringToOctets(message))).toBe(false);
      expect(split(message)).toEqual([message]);
    }
  });
});
