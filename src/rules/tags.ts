/** Ready-made tags, so that a message list shows levels and classes without anybody having to think up names. */
import { LEVELS } from '../assessment/types.ts';
import type { Level } from '../assessment/types.ts';
import { asciiLower } from '../bytes/ascii.ts';
import { KEYWORD } from './keyword.ts';
import { isTag } from './text.ts';

/** The tag of each level: `countersign-verified`. */
export const LEVEL_TAGS = Object.fromEntries(LEVELS.map((level) => [level, `countersign-${level}`])) as Readonly<
  Record<Level, string>
>;

/** The tag of a solicitation class: `class-org.example:adv`; undefined for what is no keyword, or too long for a tag. */
export function classTag(keyword: string): string | undefined {
  const tag = `class-${asciiLower(keyword)}`;
  return KEYWORD.test(keyword) && isTag(tag) ? tag : undefined;
}
