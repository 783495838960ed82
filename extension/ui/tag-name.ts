/** What a tag is called: those of levels and classes have names that people can read. */
import { LEVELS, type Level } from '../../src/assessment/types.ts';
import { LEVEL_TAGS } from '../../src/rules/tags.ts';
import type { Translate } from './words.ts';

const CLASS = 'class-';

/** The level whose ready-made tag this is. */
export function levelOfTag(tag: string): Level | undefined {
  return LEVELS.find((level) => LEVEL_TAGS[level] === tag);
}

export function tagName(tag: string, t: Translate): string {
  const level = levelOfTag(tag);
  if (level !== undefined) return t(`level_${level}`);
  return tag.startsWith(CLASS) && tag !== CLASS ? tag.slice(CLASS.length) : tag;
}
