/** Tags have names that people can read: those of levels and of classes. */
import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../../src/assessment/types.ts';
import { classTag, LEVEL_TAGS } from '../../../src/rules/tags.ts';
import { levelOfTag, tagName } from '../../../extension/ui/tag-name.ts';

const t = (key: string): string => `words of ${key}`;

describe('the name of a tag', () => {
  it.each(LEVELS)('of the level %s is the name of the level', (level) => {
    expect(levelOfTag(LEVEL_TAGS[level])).toBe(level);
    expect(tagName(LEVEL_TAGS[level], t)).toBe(`words of level_${level}`);
  });

  it('of a class is the class', () => {
    expect(tagName(classTag('org.example:ADV') ?? '', t)).toBe('org.example:adv');
  });

  it.each(['newsletter', 'class-', 'countersign-other', '$label1'])('%s stays as it is', (tag) => {
    expect(levelOfTag(tag)).toBeUndefined();
    expect(tagName(tag, t)).toBe(tag);
  });
});
