import { describe, expect, it } from 'vitest';
import { deceptiveCharacters } from '../../src/identity/deceptive-characters.ts';
import { findImpersonations } from '../../src/identity/impersonation.ts';

describe('deceptive characters', () => {
  it.each([
    ['right-to-left override', '\u202emoc.lapyap', 'misleading', ['U+202E']],
    ['left-to-right override, even in Hebrew', 'שלום \u202dabc', 'misleading', ['U+202D']],
    ['right-to-left embedding in Latin text', 'Ann \u202bBee', 'misleading', ['U+202B']],
    ['NUL and escape', 'a\0\u001bb', 'misleading', ['U+0000', 'U+001B']],
    ['NUL at the end, where some programs end the text', 'a\0', 'misleading', ['U+0000']],
    ['line separators', 'a\u2028b\u2029c', 'misleading', ['U+2028', 'U+2029']],
    ['line ends', 'a\r\nb', 'misleading', ['U+000D', 'U+000A']],
    ['isolates inside a word', 'P\u2066ay\u2069Pal', 'invisible', ['U+2066', 'U+2069']],
    ['zero width space', 'Pay\u200bPal', 'invisible', ['U+200B']],
    ['zero width space before a blank', 'Your\u200b bank', 'invisible', ['U+200B']],
    ['word joiner', 'Pay\u2060Pal', 'invisible', ['U+2060']],
    ['joiner between Latin letters', 'Pay\u200dPal', 'invisible', ['U+200D']],
    ['non-joiner between Cyrillic letters', 'Ма\u200cма', 'invisible', ['U+200C']],
    ['variation selector behind a letter', 'a\ufe0fb', 'invisible', ['U+FE0F']],
    ['combining grapheme joiner', 'a\u034fb', 'invisible', ['U+034F']],
    ['tag characters inside a word', 'a\u{e0061}b', 'invisible', ['U+E0061']],
    ['a name of a Hangul filler', '\u3164', 'invisible', ['U+3164']],
    ['a name of a braille blank', '\u2800', 'invisible', ['U+2800']],
    ['a name of marks', '\u200e \u200f', 'invisible', ['U+200E', 'U+200F']],
    ['several in a row inside a word', 'a\u200b\u2060\u200bb', 'invisible', ['U+200B', 'U+2060']],
    ['tags behind another emoji than the flag', '😀\u{e0061}', 'stray', ['U+E0061']],
    ['right-to-left mark in Latin text', 'Ann\u200f', 'stray', ['U+200F']],
    ['left-to-right mark inside a word', 'An\u200en', 'stray', ['U+200E']],
    ['byte order mark in front', '\ufeffPayPal', 'stray', ['U+FEFF']],
    ['zero width space at the end of a name', 'Ann Bee\u200b', 'stray', ['U+200B']],
    ['marks around each part of a name', '\u202aAnn\u202c \u202aBee\u202c', 'stray', ['U+202A', 'U+202C']],
    ['soft hyphen', 'Donau\u00addampf', 'stray', ['U+00AD']],
    ['joiner with nothing before it', '\u200da', 'stray', ['U+200D']],
    ['a line end at the end', 'Ann\r\n', 'stray', ['U+000D', 'U+000A']],
    ['half a pair of marks around', '\u202aAnn', 'stray', ['U+202A']],
    ['C1 controls of a wrong charset', 'O\u0092Neil', 'stray', ['U+0092']],
  ])('are found: %s', (_name, text, effect, codePoints) => {
    expect(deceptiveCharacters(text)).toEqual([{ effect, codePoints }]);
  });

  it('are told once each, by what they do, the worst first', () => {
    expect(deceptiveCharacters('a\u200bb\u200bc\u00add \u202ee\u200bf')).toEqual([
      { effect: 'misleading', codePoints: ['U+202E'] },
      { effect: 'invisible', codePoints: ['U+200B'] },
      { effect: 'stray', codePoints: ['U+00AD'] },
    ]);
  });

  it.each([
    ['plain text', "Ann-Marie O'Neil, PhD"],
    ['a tab', 'Ann\tBee'],
    ['marks and letters of any script', 'Ánna Žižková Привет 日本 مرحبا'],
    ['a no-break space', 'Ann\u00a0Bee'],
    ['emoji with a selector', '❤️ 1️⃣'],
    ['emoji with two selectors', '❤\ufe0f\ufe0f Flowers'],
    ['a left-to-right mark between words', 'Ann\u200e Lee'],
    ['an embedding around the whole name', '\u202aJeff Chan\u202c'],
    ['an isolate around the whole name', '\u2068Jeff Chan\u2069'],
    ['emoji that are joined', '👨‍👩‍👧 👩🏽‍💻 🏳️‍🌈'],
    ['a flag made of tags', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['a non-joiner in Persian', 'نام‌خانوادگی'],
    ['a joiner in Sinhala and Hindi', 'ශ්‍රී क्‍ष'],
    ['an ideographic variation', '辻\u{e0100}'],
    ['direction marks with Hebrew', 'שלום\u200f Ann\u200e'],
    ['isolates with Arabic', '\u2067مرحبا\u2069'],
  ])('are not seen in %s', (_name, text) => {
    expect(deceptiveCharacters(text)).toEqual([]);
  });

  it('are told for the name, the comment and the address, where none is merely left over', () => {
    const mailbox = {
      displayName: 'a\u200ba',
      comment: 'b\u200b',
      address: 'c\u200b@x.example',
      localPart: 'c\u200b',
      domain: 'x.example',
    };
    expect(findImpersonations([mailbox])).toEqual([
      { kind: 'deceptive-characters', name: mailbox.displayName, effect: 'invisible', codePoints: ['U+200B'] },
      { kind: 'deceptive-characters', name: mailbox.comment, effect: 'stray', codePoints: ['U+200B'] },
      { kind: 'deceptive-characters', name: mailbox.address, effect: 'invisible', codePoints: ['U+200B'] },
    ]);
  });
});
