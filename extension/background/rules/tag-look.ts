/** How the tags of rules look in the list of messages, where they have to be made first. */
import type { Level } from '../../../src/assessment/types.ts';
import type { TagLook } from '../../hosts/thunderbird-store.ts';
import { levelOfTag, tagName } from '../../ui/tag-name.ts';
import type { Translate } from '../../ui/words.ts';

/** Legible on light and on dark lists; the words tell levels apart, not the colours alone. */
const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  verified: '#1B7F4B',
  signed: '#2F6FB2',
  unsigned: '#6B7280',
  unchecked: '#7A6A9B',
  caution: '#B36B00',
  warning: '#C0392B',
};

const OTHER_COLOUR = '#4B6B88';

export function tagLook(tag: string, t: Translate): TagLook {
  const level = levelOfTag(tag);
  return { name: tagName(tag, t), colour: level === undefined ? OTHER_COLOUR : LEVEL_COLOURS[level] };
}
