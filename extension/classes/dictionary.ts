/**
 * What a keyword means, in words: the reader's own entries first, then the keywords that documents define, then the letters every class
 * of a kind is written with. RFC 3865 §2.2 leaves the meaning of a keyword to the holder of its domain, and no registry lists them, so
 * everything but an own entry is told with where it comes from.
 */
import { asciiEqual } from '../../src/bytes/ascii.ts';
import { keywordMatcher } from '../../src/rules/keyword.ts';
import { ownerOf } from '../../src/solicitation/owner.ts';
import { keyOf, type Translate } from '../ui/words.ts';
import type { OwnClass } from './collection.ts';

export interface Meaning {
  /** The class in a word or two. */
  readonly name: string;
  /** Where that comes from. */
  readonly source: string;
  /** The reader's own note; empty where there is none. */
  readonly note: string;
}

/** A keyword whose meaning a document gives. */
export interface KnownClass {
  readonly keyword: string;
  /** Message key of its words. */
  readonly words: string;
  readonly document: string;
}

export const KNOWN_CLASSES: readonly KnownClass[] = [
  { keyword: 'net.example:ADV', words: 'class_known_adv', document: 'RFC 3865' },
  { keyword: 'org.example:ADV:ADLT', words: 'class_known_adv_adlt', document: 'RFC 3865' },
  { keyword: 'com.example.adv', words: 'class_known_adv', document: 'draft-malamud-subject-line-03 §5' },
  {
    keyword: 'org.example.freedonia.good.spam',
    words: 'class_known_good_spam',
    document: 'draft-malamud-subject-line-03 §5',
  },
];

/** Parts that the documents, and the laws they quote, write for the same thing whoever defines the class. */
const KNOWN_PARTS: readonly string[] = ['adv', 'adlt', 'adult'];

/** The meaning of a keyword; null where nobody told. */
export function meaningOf(keyword: string, own: readonly OwnClass[], t: Translate): Meaning | null {
  const entry = findOwn(keyword, own);
  if (entry) return { name: entry.name, source: t('class_source_own'), note: entry.note };
  const known = KNOWN_CLASSES.find((one) => asciiEqual(one.keyword, keyword));
  if (known)
    return { name: t(known.words), source: t('class_source_document', { document: known.document }), note: '' };
  const parts = lettersOf(keyword).filter((part) => KNOWN_PARTS.includes(part));
  if (parts.length === 0) return null;
  const name = [...new Set(parts)].map((part) => t(keyOf('class_part', part))).join(', ');
  return { name, source: t('class_source_letters'), note: '' };
}

/** The reader's entry for exactly this keyword, else the closest for what it continues: `org.example` is also about `org.example:ADV`. */
function findOwn(keyword: string, own: readonly OwnClass[]): OwnClass | undefined {
  return own
    .filter((entry) => keywordMatcher({ match: 'prefix', value: entry.keyword })(keyword))
    .reduce<OwnClass | undefined>(
      (closest, entry) => (closest && closest.keyword.length >= entry.keyword.length ? closest : entry),
      undefined,
    );
}

/** The parts of a keyword behind the domain of its owner, in lower case. */
function lettersOf(keyword: string): readonly string[] {
  const parts = keyword.toLowerCase().split(/[.:]/);
  const organization = ownerOf(keyword)?.organization;
  return parts.slice(organization === undefined ? 0 : organization.split('.').length);
}
