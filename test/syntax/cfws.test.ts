import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { growthExponent } from '../support/growth.ts';
import {
  isAtext,
  isSpecial,
  readAtom,
  readComment,
  readDomainLiteral,
  readDotAtom,
  readQuotedString,
  skipCfws,
  skipFws,
  unfoldValue,
} from '../../src/syntax/cfws.ts';

describe('white space and comments (RFC 5322 §3.2.2)', () => {
  it.each([
    ['nothing', 'x', 0, []],
    ['blanks and tabs', ' \t x', 3, []],
    ['a comment', '(a) x', 4, ['a']],
    ['several comments', ' (a)(b) (c)x', 11, ['a', 'b', 'c']],
    ['a nested comment as one', '(a (b) c)x', 9, ['a (b) c']],
    ['quoted pairs in a comment', '(a\\)b\\(c)x', 9, ['a)b(c']],
    ['a quote mark in a comment as text', '(")x', 3, ['"']],
  ])('passes %s', (_name, text, end, comments) => {
    expect(skipCfws(text, 0)).toEqual({ end, comments, problem: null });
  });

  it('does not take a Unicode space or a line end for white space', () => {
    expect(skipFws('\u00a0x', 0)).toBe(0);
    expect(skipFws('\rx', 0)).toBe(0);
  });

  it('reads an unclosed comment to the end of the value', () => {
    expect(skipCfws('(a (b) x', 0)).toEqual({ end: 8, comments: ['a (b) x'], problem: 'comment-unclosed' });
    expect(skipCfws('(a\\', 0).problem).toBe('comment-unclosed');
  });

  it('follows comments to the limit of nesting and no further', () => {
    const depth = LIMITS.commentDepth;
    expect(readComment(`${'('.repeat(depth)}x${')'.repeat(depth)}`, 0).problem).toBeNull();
    const deeper = `${'('.repeat(depth + 1)}x${')'.repeat(depth + 1)} y`;
    expect(readComment(deeper, 0)).toMatchObject({ end: deeper.length, problem: 'comment-too-deep' });
  });

  it('throws for a position where no token of that kind opens, which is a mistake of the caller', () => {
    expect(() => readComment('x', 0)).toThrow(RangeError);
    expect(() => readQuotedString('x', 0)).toThrow(RangeError);
    expect(() => readDomainLiteral('', 0)).toThrow(RangeError);
  });
});

describe('quoted strings and domain literals (RFC 5322 §3.2.4, §3.4.1)', () => {
  it.each([
    ['plain', '"a b"c', 'a b', 5],
    ['empty', '""', '', 2],
    ['quoted pairs', '"a\\"b\\\\"', 'a"b\\', 8],
    ['parentheses as text', '"(a"', '(a', 4],
  ])('reads a quoted string: %s', (_name, text, value, end) => {
    expect(readQuotedString(text, 0)).toEqual({ value, end, problem: null });
  });

  it('reads an unclosed quoted string to the end and says so', () => {
    expect(readQuotedString('"a; b', 0)).toEqual({ value: 'a; b', end: 5, problem: 'quoted-string-unclosed' });
    expect(readQuotedString('"a\\', 0).end).toBe(3);
  });

  it('reads a domain literal without its brackets', () => {
    expect(readDomainLiteral('[IPv6:2001:db8::1] x', 0)).toEqual({ value: 'IPv6:2001:db8::1', end: 18, problem: null });
    expect(readDomainLiteral('[1', 0).problem).toBe('domain-literal-unclosed');
  });
});

describe('atoms (RFC 5322 §3.2.3, RFC 6532 §3.2)', () => {
  it('knows every printable ASCII character as atext or special', () => {
    const marks = "!#$%&'*+-/=?^_`{|}~";
    for (let code = 0x21; code < 0x7f; code++) {
      const character = String.fromCharCode(code);
      expect([character, isAtext(code)]).toEqual([
        character,
        /[A-Za-z0-9]/.test(character) || marks.includes(character),
      ]);
      expect(isSpecial(code)).toBe(!isAtext(code));
    }
    expect([0, 9, 32, 127].some(isAtext)).toBe(false);
    expect(isAtext(0xe4)).toBe(true);
  });

  it.each([
    ['a.b.c', 'a.b.c'],
    ['a.b. c', 'a.b'],
    ['a..b', 'a'],
    ['.a', ''],
    ['a(b)', 'a'],
    ['bücher.example>', 'bücher.example'],
  ])('reads the dot-atom of %s', (text, value) => {
    expect(readDotAtom(text, 0)).toEqual({ value, end: value.length, problem: null });
  });

  it('ends an atom at a dot', () => {
    expect(readAtom('a.b', 0)).toEqual({ value: 'a', end: 1, problem: null });
  });
});

describe('unfolding (RFC 5322 §2.2.3)', () => {
  it('drops line ends before white space and at the end, and no others', () => {
    expect(unfoldValue('a\r\n b\n\tc\r\n')).toBe('a b\tc');
    expect(unfoldValue('a\rb\nc')).toBe('a\rb\nc');
  });
});

describe('any text', () => {
  it('moves forward, ends within the text, and never throws', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from('()"\\[]a. \t;ä')), maxLength: 200 });
    fc.assert(
      fc.property(noise, fc.nat(50), (text, at) => {
        for (const read of [skipCfws, readAtom, readDotAtom]) {
          const { end } = read(text, at);
          expect(end >= at && end <= Math.max(at, text.length)).toBe(true);
        }
        for (const [open, read] of [
          ['(', readComment],
          ['"', readQuotedString],
          ['[', readDomainLiteral],
        ] as const) {
          const { end, value } = read(open + text, 0);
          expect(end > 0 && end <= text.length + 1).toBe(true);
          expect(value.length <= text.length).toBe(true);
        }
      }),
    );
  });

  it('reads back any content written as a quoted string', () => {
    fc.assert(
      fc.property(fc.string(), (content) => {
        const written = `"${content.replace(/[\\"]/g, '\\$&')}"`;
        expect(readQuotedString(`${written}x`, 0)).toEqual({ value: content, end: written.length, problem: null });
      }),
    );
  });

  it('takes linear time', () => {
    for (const unit of ['()', '(', '\\', ' ', '(a) ', 'a', 'a.']) {
      const run = (size: number): void => {
        const text = unit.repeat(Math.ceil(size / unit.length));
        skipCfws(text, 0);
        readDotAtom(text, 0);
        readQuotedString(`"${text}`, 0);
        readComment(`(${text}`, 0);
      };
      expect(growthExponent(run, 30_000)).toBeLessThan(1.8);
    }
  });
});
