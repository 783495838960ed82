import { describe, expect, it } from 'vitest';
import { deceptiveCharacters } from '../../src/identity/deceptive-characters.ts';
import { findImpersonations } from '../../src/identity/impersonation.ts';

describe('deceptive characters', () => {
  it.each([
    ['right-to-left override', '\u202emoc.lapyap', ['U+202E']],
    ['left-to-right override, even in Hebrew', 'שלום \u202dabc', ['U+202D']],
    ['embedding and its end', '\u202aAnn\u202c', ['U+202A', 'U+202C']],
    ['isolates', '\u2068Ann\u2069', ['U+2068', 'U+2069']],
    ['direction mark in Latin text', 'Ann\u200f', ['U+200F']],
    ['zero width space', 'Pay\u200bPal', ['U+200B']],
    ['byte order mark', '\ufeffPayPal', ['U+FEFF']],
    ['soft hyphen', 'Pay\u00adPal', ['U+00AD']],
    ['word joiner', 'Pay\u2060Pal', ['U+2060']],
    ['joiner between Latin letters', 'Pay\u200dPal', ['U+200D']],
    ['non-joiner between Cyrillic letters', 'Ма\u200cма', ['U+200C']],
    ['joiner with nothing before it', '\u200da', ['U+200D']],
    ['variation selector behind a letter', 'a\ufe0fb', ['U+FE0F']],
    ['combining grapheme joiner', 'a\u034fb', ['U+034F']],
    ['Hangul filler', '\u3164', ['U+3164']],
    ['braille blank', '\u2800', ['U+2800']],
    ['tag characters', 'a\u{e0061}', ['U+E0061']],
    ['tags behind another emoji than the flag', '😀\u{e0061}', ['U+E0061']],
    ['line separators', 'a\u2028b\u2029', ['U+2028', 'U+2029']],
    ['line ends', 'a\r\nb', ['U+000D', 'U+000A']],
    ['NUL and escape', 'a\0\u001b', ['U+0000', 'U+001B']],
    ['C1 controls', 'a\u0085', ['U+0085']],
    ['each once', '\u200b\u200b\u202e\u200b', ['U+200B', 'U+202E']],
  ])('are found: %s', (_name, text, codePoints) => {
    expect(deceptiveCharacters(text)).toEqual(codePoints);
  });

  it.each([
    ['plain text', "Ann-Marie O'Neil, PhD"],
    ['a tab', 'Ann\tBee'],
    ['marks and letters of any script', 'Ánna Žižková Привет 日本 مرحبا'],
    ['a no-break space', 'Ann\u00a0Bee'],
    ['emoji with a selector', '❤️ 1️⃣'],
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

  it('are told for the name, the comment and the address', () => {
    const mailbox = {
      displayName: 'a\u200b',
      comment: 'b\u200b',
      address: 'c\u200b@x.example',
      localPart: 'c\u200b',
      domain: 'x.example',
    };
    expect(findImpersonations([mailbox], [])).toEqual(
      [mailbox.displayName, mailbox.comment, mailbox.address].map((name) => ({
        kind: 'deceptive-characters',
        name,
        codePoints: ['U+200B'],
      })),
    );
  });
});
