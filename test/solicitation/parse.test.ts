import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { parseNoSolicit } from '../../src/solicitation/parse.ts';
import { growthExponent } from '../support/growth.ts';

/** Keywords, then malformed words in brackets with the problem. */
function inWords(value: string): string {
  const { keywords, malformed } = parseNoSolicit(value);
  return [...keywords, ...malformed.map(({ text, problem }) => `[${text}: ${problem}]`)].join(' ');
}

describe('Solicitation (RFC 3865 §2.2, §2.5)', () => {
  it.each([
    ['one keyword', 'org.example:ADV:ADLT', 'org.example:ADV:ADLT'],
    ['the keyword of the seed', 'com.example.adv', 'com.example.adv'],
    ['the consortium of the seed', 'org.example.freedonia.good.spam', 'org.example.freedonia.good.spam'],
    ['several keywords', 'net.example:ADV,org.example:ADV:ADLT', 'net.example:ADV org.example:ADV:ADLT'],
    ['white space around commas', ' net.example:ADV ,\torg.example:ADV ', 'net.example:ADV org.example:ADV'],
    ['folding around commas', ' net.example:ADV,\r\n org.example:ADV\r\n', 'net.example:ADV org.example:ADV'],
    ['every character of a word', 'a.B-9_c:D', 'a.B-9_c:D'],
    ['one letter', 'a', 'a'],
    ['case as written', 'Org.Example:Adv', 'Org.Example:Adv'],
    ['duplicates as written', 'a,a', 'a a'],
  ])('reads %s', (_what, value, expected) => {
    expect(inWords(value)).toBe(expected);
  });

  it.each([
    ['a digit first', '1a', '[1a: syntax]'],
    ['a dot first', '.a', '[.a: syntax]'],
    ['white space inside a word', 'a b', '[a b: syntax]'],
    ['a folded word', 'org.example:\r\n ADV', '[org.example: ADV: syntax]'],
    ['other characters', 'a;b', '[a;b: syntax]'],
    ['letters beyond ASCII', 'bücher', '[bücher: syntax]'],
    ['a quoted word', '"a"', '["a": syntax]'],
    ['Sieve quoting', 'a"; discard; #', '[a"; discard; #: syntax]'],
    ['no value', '', '[: empty]'],
    ['nothing between commas', 'a,,b', 'a b [: empty]'],
    ['a comma at the end', 'a,', 'a [: empty]'],
  ])('reports %s and keeps the rest', (_what, value, expected) => {
    expect(inWords(value)).toBe(expected);
  });

  it('puts words beyond 1000 characters out of force (RFC 3865 §2.2)', () => {
    const word = `a${'b'.repeat(498)}`;
    expect(parseNoSolicit(`${word},${word}c`).keywords).toHaveLength(2); // 499 + 1 + 500
    expect(parseNoSolicit(`${word},${word}cc`)).toMatchObject({
      keywords: [word],
      malformed: [{ text: `${word}cc`, problem: 'too-long' }],
    });
    expect(parseNoSolicit(`${word} , ${word}c`).keywords).toHaveLength(2); // white space does not count
  });

  it('keeps what is too long as evidence, but not all of it', () => {
    const { keywords, malformed } = parseNoSolicit('a'.repeat(1 << 20));
    expect(keywords).toEqual([]);
    expect(malformed[0]?.text).toHaveLength(LIMITS.solicitationCharacters);
    expect(parseNoSolicit(','.repeat(10_000)).malformed).toHaveLength(LIMITS.solicitationKeywords);
  });

  it('takes linear time', () => {
    for (const unit of ['a', ',', ' ', 'a,', '\r\n ']) {
      expect(growthExponent((size) => void parseNoSolicit(unit.repeat(size)), 20_000)).toBeLessThan(1.8);
    }
  });

  it('finds every keyword of a well-formed list, and nothing that is none in any text', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.\-_:]{0,20}$/);
    const space = fc.constantFrom('', ' ', '\t', '\r\n ');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), space, (words, gap) => {
        expect(parseNoSolicit(words.join(`${gap},${gap}`))).toEqual({ keywords: words, malformed: [] });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZ9.-_:, \t;"é(')), maxLength: 60 }), (value) => {
        for (const keyword of parseNoSolicit(value).keywords) expect(keyword).toMatch(/^[A-Za-z][A-Za-z0-9.\-_:]*$/);
      }),
    );
  });
});
