import fc from 'fast-check';
import { decodeWords } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { decodeEncodedWords, hasUnreadableWords } from '../../src/message/encoded-word.ts';
import { growthExponent } from '../support/growth.ts';

describe('the examples of RFC 2047 §8', () => {
  it.each([
    ['(=?ISO-8859-1?Q?a?=)', '(a)'],
    ['(=?ISO-8859-1?Q?a?= b)', '(a b)'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=)', '(ab)'],
    ['(=?ISO-8859-1?Q?a_b?=)', '(a b)'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)', '(a b)'],
    ['=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>', 'Keith Moore <moore@cs.utk.edu>'],
    ['=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>', 'Keld Jørn Simonsen <keld@dkuug.dk>'],
    ['=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>', 'André Pirard <PIRARD@vm1.ulg.ac.be>'],
    [
      '=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=',
      'If you can read this you understand the example.',
    ],
    ['(=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=)', '(םולש ןב ילטפנ)'],
  ])('%s', (encoded, text) => {
    expect(decodeEncodedWords(encoded)).toBe(text);
  });
});

describe('encoded words', () => {
  it.each([
    ['a language (RFC 2231 §5)', '=?US-ASCII*EN?Q?Keith_Moore?=', 'Keith Moore'],
    ['any case of charset and encoding', '=?Utf-8?q?=c3=A4?= =?UTF-8?b?w6Q=?=', 'ää'],
    ['UTF-8', '=?UTF-8?B?8J+YgA==?=', '😀'],
    ['Shift_JIS', '=?Shift_JIS?B?k/qWew==?=', '日本'],
    ['ISO-2022-JP', '=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['EUC-KR', '=?euc-kr?B?KLGksO0p?=', '(광고)'],
    ['KOI8-R', '=?koi8-r?Q?=F0=D2=C9=D7=C5=D4?=', 'Привет'],
    ['GB2312', '=?gb2312?B?1tDOxA==?=', '中文'],
    ['a word next to text, as mail programs show it', 'Re:=?utf-8?Q?=C3=A4?=!', 'Re:ä!'],
    ['spaces in a word, as mail programs show it', '=?utf-8?Q?a =C3=A4?=', 'a ä'],
    ['words that touch', '=?utf-8?Q?a?==?utf-8?Q?b?=', 'ab'],
    ['8-bit text in a word', '=?utf-8?Q?ä?=', 'ä'],
    ['padding that is missing', '=?utf-8?B?w6Q?=', 'ä'],
    ['padding too much', '=?utf-8?B?w6Q==?=', 'ä'],
    ['an empty word', 'a =?utf-8?Q??= b', 'a  b'],
    ['underscores as octet 20 in any charset (§4.2)', '=?utf-16le?Q?a=00_=00?=', 'a '],
    ['an equals sign and a question mark', '=?utf-8?Q?=3D=3F=5F?=', '=?_'],
    ['a byte order mark, which stays', '=?utf-8?Q?=EF=BB=BFa?=', '\ufeffa'],
    ['octets that are no text, marked', '=?utf-8?Q?a=FFb?=', 'a\ufffdb'],
  ])('may hold %s', (_name, encoded, text) => {
    expect(decodeEncodedWords(encoded)).toBe(text);
  });

  it.each([
    ['an unknown charset', '=?x-unknown?Q?a?='],
    ['a charset that browsers refuse', '=?iso-2022-cn?Q?a?='],
    ['no charset', '=??Q?a?='],
    ['an unknown encoding', '=?utf-8?X?a?='],
    ['no base64', '=?utf-8?B?w6!k?='],
    ['a broken base64 group', '=?utf-8?B?w6Qxx?='],
    ['an escape that is none', '=?utf-8?Q?100=%?='],
    ['an escape that breaks off', '=?utf-8?Q?a=C?='],
    ['no end', '=?utf-8?Q?abc'],
    ['white space in the charset', '=?utf -8?Q?a?='],
    ['only a beginning', '=?'],
    ['a question mark inside', '=?utf-8?Q?a?b?='],
  ])('with %s stay as they are', (_name, text) => {
    expect(decodeEncodedWords(text)).toBe(text);
    expect(decodeEncodedWords(`a ${text} =?utf-8?Q?=C3=A4?= b`)).toContain(text);
  });

  it('join a character that a sender split, whatever the encoding or the name of the charset', () => {
    expect(decodeEncodedWords('=?utf-8?Q?=C3?= =?utf-8?Q?=A4?=')).toBe('ä');
    expect(decodeEncodedWords('=?utf-8?Q?=C3?=\r\n\t=?UTF8?B?pA==?=')).toBe('ä');
    expect(decodeEncodedWords('=?utf-8?B?8J8=?= =?utf-8?B?mIA=?=')).toBe('😀');
  });

  it('do not join across text or another charset', () => {
    expect(decodeEncodedWords('=?utf-8?Q?=C3?= x =?utf-8?Q?=A4?=')).toBe('\ufffd x \ufffd');
    expect(decodeEncodedWords('=?utf-8?Q?=C3?= =?koi8-r?Q?=C1?= =?utf-8?Q?=A4?=')).toBe('\ufffdа\ufffd');
  });

  it('keep the white space next to text and to words that are not legal', () => {
    expect(decodeEncodedWords('a =?utf-8?Q?b?=  c')).toBe('a b  c');
    expect(decodeEncodedWords('=?utf-8?Q?b?= =?x?Q?c?= =?utf-8?Q?d?=')).toBe('b =?x?Q?c?= d');
  });

  it('are decoded once: what they hold is text', () => {
    const inner = '=?utf-8?Q?evil?=';
    const outer = `=?utf-8?B?${Buffer.from(inner).toString('base64')}?=`;
    expect(decodeEncodedWords(outer)).toBe(inner);
  });
});

describe('words nobody can read', () => {
  it.each([
    ['=?x-unknown?Q?ADV:?= x', true],
    ['=?utf-8?B?!!!?=', true],
    ['=?utf-8?Q?ADV:?= =?x-unknown?Q?x?=', true],
    ['=?iso-8859-8?Q?=F1=F4=E0=EE:?=', false],
    ['ADV: x', false],
    ['', false],
  ])('in %s: %s', (text, expected) => expect(hasUnreadableWords(text)).toBe(expected));
});

describe('any text', () => {
  it('without words stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => text.includes('=?') || decodeEncodedWords(text) === text),
    );
  });

  it('survives being encoded and cut anywhere between octets', () => {
    const split = fc.tuple(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(split, ([text, size, base64]) => {
        const octets = Buffer.from(text);
        const words: string[] = [];
        for (let at = 0; at < octets.length; at += size) {
          const chunk = octets.subarray(at, at + size);
          const hex = Array.from(chunk, (octet) => `=${octet.toString(16).padStart(2, '0')}`).join('');
          words.push(base64 ? `=?utf-8?B?${chunk.toString('base64')}?=` : `=?utf-8?Q?${hex}?=`);
        }
        expect(decodeEncodedWords(words.join('\r\n '))).toBe(text);
      }),
    );
  });

  it('of whole words reads as another decoder reads it', () => {
    const charset = fc.constantFrom('utf-8', 'iso-8859-1', 'koi8-r', 'windows-1251');
    const content = fc.stringMatching(/^[A-Za-z0-9_]{0,10}$/);
    const word = fc.tuple(charset, content).map(([label, text]) => `=?${label}?Q?${text}?=`);
    const between = fc.constantFrom(' ', '\t', ' and ', '  ');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, between), { maxLength: 6 }), (parts) => {
        const text = parts.flat().join('');
        expect(decodeEncodedWords(text)).toBe(decodeWords(text));
      }),
    );
  });

  it('never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom('=?', '?=', '?', '=', 'utf-8', 'Q', 'B', '*en', ' ', '\r\n '),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        (parts) => typeof decodeEncodedWords(parts.join('')) === 'string',
      ),
    );
  });

  it.each([
    '=?',
    '=?a',
    '=?utf-8?Q?',
    '=?utf-8?Q?a?= ',
    '=?utf-8?B?YWJj?= ',
    '=?utf-8?B?=',
    '?=',
    '=',
    '=?a?q',
    '=?utf-8*',
    '=?utf-8?Q?a?=x',
  ])('takes linear time for many %j', (unit) => {
    expect(growthExponent((size) => decodeEncodedWords(unit.repeat(size)), 2_000)).toBeLessThan(1.6);
  });

  it('looks up no more charsets than the limit says', () => {
    const words = Array.from({ length: LIMITS.charsets + 1 }, (_, at) => `=?x-${at}?Q?a?=`).join(' ');
    expect(decodeEncodedWords(`${words} =?utf-8?Q?b?=`)).toBe(`${words} =?utf-8?Q?b?=`);
    expect(decodeEncodedWords(`=?utf-8?Q?b?= ${words}`)).toBe(`b ${words}`);
  });
});
