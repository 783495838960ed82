import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/assessment/types.ts';
import { LEVEL_TAGS, classTag } from '../../src/rules/tags.ts';
import { isTag } from '../../src/rules/text.ts';

describe('ready-made tags', () => {
  it.each(LEVELS)('has a legal tag for %s', (level) => {
    expect(LEVEL_TAGS[level]).toBe(`countersign-${level}`);
    expect(isTag(LEVEL_TAGS[level])).toBe(true);
  });

  it.each([
    ['org.example:ADV', 'class-org.example:adv'],
    ['A-b_c', 'class-a-b_c'],
    ['not a keyword', undefined],
    ['', undefined],
    ['x'.repeat(95), undefined],
  ])('makes of the keyword %j the tag %j', (keyword, tag) => {
    expect(classTag(keyword)).toBe(tag);
  });
});
