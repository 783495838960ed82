import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYWORD, KEYWORD_GLOB, keywordMatcher } from '../../src/rules/keyword.ts';
import type { KeywordMatch } from '../../src/rules/types.ts';
import { preparedGrowthExponent } from '../support/growth.ts';

describe('keywordMatcher', () => {
  it.each<[KeywordMatch, string, string, boolean]>([
    ['exact', 'org.example:ADV', 'ORG.example:adv', true],
    ['exact', 'org.example:ADV', 'org.example:ADV:ADLT', false],
    ['exact', 'org.example', 'org.example.', false],
    ['prefix', 'org.example', 'org.example', true],
    ['prefix', 'org.example', 'org.example.shop', true],
    ['prefix', 'org.example', 'Org.Example:ADV', true],
    ['prefix', 'org.example', 'org.examples', false],
    ['prefix', 'org.example', 'org.example-shop', false],
    ['prefix', 'org.example', 'org.exampl', false],
    ['glob', 'org.example:*', 'org.example:ADV', true],
    ['glob', 'org.example:*', 'org.example:', true],
    ['glob', 'org.example:*', 'org.example', false],
    ['glob', '*', 'a', true],
    ['glob', '*:adv', 'org.example:ADV', true],
    ['glob', '*:adv', 'org.example:ADV:ADLT', false],
    ['glob', 'a*a', 'a', false],
    ['glob', 'a*a', 'aa', true],
    ['glob', 'a**b', 'ab', true],
    ['glob', 'a*b*b', 'ab', false],
    ['glob', '*.*:*', 'org.example:x', true],
  ])('%s %s on %s is %s', (match, value, keyword, expected) => {
    expect(keywordMatcher({ match, value })(keyword)).toBe(expected);
  });

  it('does not read the Kelvin sign as k: only ASCII case is folded', () => {
    expect(keywordMatcher({ match: 'exact', value: 'k' })('\u212a')).toBe(false);
  });

  it('matches a glob like the regular expression it stands for', () => {
    const characters = fc.constantFrom('a', 'B', '.', ':');
    const text = fc.array(characters, { maxLength: 8 }).map((all) => all.join(''));
    const pattern = fc.array(fc.oneof(characters, fc.constant('*')), { maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, text, (value, keyword) => {
        const oracle = new RegExp(`^${value.replaceAll('.', '[.]').replaceAll('*', '.*')}$`, 'i');
        expect(keywordMatcher({ match: 'glob', value })(keyword)).toBe(oracle.test(keyword));
      }),
    );
  });

  it('takes linear time on a pattern that almost matches everywhere', () => {
    const matches = keywordMatcher({ match: 'glob', value: '*a*a*a*a*a*a*a*b' });
    const grow = preparedGrowthExponent((size) => {
      const keyword = `${'a'.repeat(size)}c`;
      return () => matches(keyword);
    }, 100_000);
    expect(grow).toBeLessThan(1.5);
  });
});

describe('the grammar of RFC 3865 §2.2', () => {
  it.each(['a', 'org.example:ADV', 'A-_.:9'])('accepts %s', (word) => {
    expect(KEYWORD.test(word) && KEYWORD_GLOB.test(word)).toBe(true);
  });
  it.each(['', '1a', '.a', 'a b', 'a,b', 'a"', 'é', 'a\n', '*'])('does not take %j for a keyword', (word) => {
    expect(KEYWORD.test(word)).toBe(false);
  });
  it('allows wildcards in patterns alone', () => {
    expect(KEYWORD_GLOB.test('*.b*')).toBe(true);
    expect(KEYWORD_GLOB.test('.b*')).toBe(false);
  });
});
