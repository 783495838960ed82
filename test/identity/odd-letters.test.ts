import { describe, expect, it } from 'vitest';
import { isOddlyWritten, mixedWordsIn, oddLettersReading } from '../../src/identity/odd-letters.ts';

describe('words of mixed alphabets', () => {
  it.each([
    ['Cyrillic in Latin', 'Cl\u043Eudb\u043Ex Support', ['Cl\u043Eudb\u043Ex']],
    ['a Cyrillic capital that only looks alike as one', '\u0412ANK', ['\u0412ANK']],
    ['Greek in Latin', 'g\u03BF\u03BFgle', ['g\u03BF\u03BFgle']],
    ['Latin in Cyrillic', '\u041F\u0440\u0438\u0432eт', ['\u041F\u0440\u0438\u0432eт']],
    ['hidden behind an invisible character', 'Cl\u200b\u043Eud', ['Cl\u043Eud']],
    ['each once', 'P\u0430y P\u0430y', ['P\u0430y']],
  ])('are found: %s', (_name, text, words) => {
    expect(mixedWordsIn(text)).toEqual(words);
  });

  it.each([
    ['Latin', 'Žižková & Søn'],
    ['Cyrillic', 'Анна Петрова'],
    ['a word of each', 'Яндекс Support'],
    ['letters that nobody takes for others', 'Ωmega ЯndeX'],
    ['a micro sign', '\u00b5Torrent'],
    ['Greek letters joined by a hyphen', 'α-Team'],
    ['Japanese with Latin', 'ソニーSony株式会社'],
  ])('are not seen in %s', (_name, text) => {
    expect(mixedWordsIn(text)).toEqual([]);
  });
});

describe('odd letters of a name', () => {
  it.each([
    ['𝗖𝗹𝗼𝘂𝗱𝗯𝗼𝘅 Support', 'Cloudbox Support'],
    ['ⓟⓐⓨ', 'pay'],
    ['P\u0336a\u0336y', 'Pay'],
  ])('%s reads %s', (name, reads) => {
    expect(oddLettersReading(name)).toBe(reads);
  });

  it.each(['Ⓐ Team', 'ＳＯＮＹ 株式会社', 'Łódź Øst Đồng', 'x² ½ №1 ™', '❤️ 🅱️'])('%s is no such name', (name) => {
    expect(oddLettersReading(name)).toBeUndefined();
  });
});

describe('the way a domain is written', () => {
  it.each(['𝗸𝗶𝗻𝗱𝗲𝗿.example', 'bank。example', 'bank．example', 'ｂａｎｋ.example'])('%s is odd', (domain) => {
    expect(isOddlyWritten(domain)).toBe(true);
  });

  it.each(['Example.COM', 'bücher.example', 'bu\u0308cher.example', 'пример.рф', '例え.jp', 'xn--bcher-kva.example'])(
    '%s is not',
    (domain) => {
      expect(isOddlyWritten(domain)).toBe(false);
    },
  );
});
