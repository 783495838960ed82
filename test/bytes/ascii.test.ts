import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiEqual,
  asciiLower,
  bytesToText,
  isWsp,
  octetsToString,
  stringToOctets,
  trimWsp,
  utf8ToBytes,
} from '../../src/bytes/ascii.ts';

describe('octets and strings', () => {
  it('keeps every octet value apart, also 0x80 to 0x9f, which windows-1252 would change', () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    const text = octetsToString(all);
    expect(Array.from(text, (char) => char.charCodeAt(0))).toEqual([...all]);
    expect(stringToOctets(text)).toEqual(all);
  });

  it('round-trips any bytes, also more than one call can spread', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(stringToOctets(octetsToString(bytes))).toEqual(bytes);
      }),
    );
    const long = new Uint8Array(200_000).fill(0xe9);
    expect(octetsToString(long)).toBe('é'.repeat(200_000));
  });

  it('refuses a character that is no octet', () => {
    expect(() => stringToOctets('a\u0100')).toThrow(RangeError);
  });
});

describe('text for display', () => {
  it('shows what is not UTF-8 as U+FFFD', () => {
    expect(bytesToText(Uint8Array.of(0x61, 0xe9, 0x62))).toBe('a\ufffdb');
  });

  it('keeps a byte order mark, so that it can hide nothing', () => {
    expect(bytesToText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  it('round-trips text as UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => bytesToText(utf8ToBytes(text)) === text));
  });
});

describe('ASCII case (RFC 5234 §2.3)', () => {
  it('folds A to Z and nothing else', () => {
    expect(asciiLower('From-Ü-\u212a-İ')).toBe('from-Ü-\u212a-İ');
  });

  it.each([
    ['From', 'FROM', true],
    ['From', 'Fron', false],
    ['K', '\u212a', false], // the Kelvin sign is "k" to toLowerCase()
    ['a', 'ab', false],
    ['', '', true],
  ])('compares %j and %j', (left, right, equal) => {
    expect(asciiEqual(left, right)).toBe(equal);
  });
});

describe('white space', () => {
  it('is space and tab only', () => {
    const white = Array.from({ length: 256 }, (_, code) => code).filter(isWsp);
    expect(white).toEqual([0x09, 0x20]);
  });

  it('is trimmed at both ends; line ends and Unicode spaces stay', () => {
    expect(trimWsp(' \t a b \t')).toBe('a b');
    expect(trimWsp('\u00a0a\r\n')).toBe('\u00a0a\r\n');
    expect(trimWsp(' \t')).toBe('');
  });
});
