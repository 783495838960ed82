/**
 * Subject labels as patterns for a server. Servers decode encoded words (RFC 5228 §2.7.2), but have no notion of full-width letters, of
 * parts that make up one letter, or of what is a letter beyond ASCII. The first two are spelled out in the pattern. Where the third
 * would decide, the pattern is an uncertain one, and the script leaves the message alone.
 */
import { SUBJECT_LABELS } from '../solicitation/subject-labels.ts';
import { foldLabel } from './match.ts';
import { escapeRegex } from './sieve-text.ts';
import type { SubjectLabelCondition } from './types.ts';

export interface SubjectPatterns {
  /** One of these matches the Subject: the label is there. */
  readonly certain: readonly string[];
  /** One of these matches and no certain one: only the reader's own machine can tell. */
  readonly uncertain: readonly string[];
}

/** Patterns for the labels a condition asks for; undefined where none of the known labels is meant. */
export function subjectPatterns({ label, law }: SubjectLabelCondition): SubjectPatterns | undefined {
  const start = foldLabel(label ?? '');
  const wanted = SUBJECT_LABELS.filter(
    (one) => one.label.startsWith(start) && (law === undefined || one.law === law),
  ).map((one) => patternsOf(one.label));
  if (wanted.length === 0) return undefined;
  // The Korean `@` counts after another label, whichever that is.
  const atSign = law === 'korea' && start === '' ? [spell('@')] : [];
  return {
    certain: wanted.flatMap(({ certain }) => certain),
    uncertain: [...wanted.flatMap(({ uncertain }) => uncertain), ...atSign],
  };
}

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;
/** ASCII that is neither letter, digit nor underscore. */
const NO_WORD = '[ -/:-@[-^`{-~\t]';
/** Beyond ASCII, whether the server counts characters or octets. */
const BEYOND_ASCII = '[^ -~\t]';

function patternsOf(label: string): SubjectPatterns {
  const spelled = Array.from(label, spell).join('');
  const startsWord = WORD_CHARACTER.test(label[0] ?? '');
  const endsWord = WORD_CHARACTER.test(label.at(-1) ?? '');
  return {
    certain: [`${startsWord ? `(^|${NO_WORD})` : ''}${spelled}${endsWord ? `(${NO_WORD}|$)` : ''}`],
    uncertain: [...(startsWord ? [BEYOND_ASCII + spelled] : []), ...(endsWord ? [spelled + BEYOND_ASCII] : [])],
  };
}

/** All ways a character of a label can be written in a Subject; ASCII case is the comparator's. */
function spell(character: string): string {
  if (character === ' ') return '[ \t]';
  const others = /[!-~]/.test(character) ? fullWidth(character) : equivalents(character);
  const ways = [escapeRegex(character), ...others];
  return ways.length === 1 ? ways.join('') : `(${ways.join('|')})`;
}

/** U+FF01 to U+FF5E stand for U+0021 to U+007E. */
function fullWidth(character: string): readonly string[] {
  const forms = new Set([character, character.toUpperCase()]);
  return [...forms].map((form) => String.fromCharCode(form.charCodeAt(0) + 0xfee0));
}

/** Other code points that are the same character (UAX 15): the parts of a Korean syllable, compatibility ideographs. */
function equivalents(character: string): readonly string[] {
  const parts = character.normalize('NFD');
  const [lead = '', vowel = '', ...tail] = parts;
  const halves = tail.length > 0 ? [`${(lead + vowel).normalize('NFC')}${tail.join('')}`] : [];
  const ways = new Set([
    parts,
    ...halves,
    ...COMPATIBILITY_IDEOGRAPHS.filter((one) => one.normalize('NFC') === character),
  ]);
  ways.delete(character);
  return [...ways];
}

const COMPATIBILITY_IDEOGRAPHS: readonly string[] = [range(0xf900, 0xfaff), range(0x2f800, 0x2fa1f)].flat();

function range(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}
