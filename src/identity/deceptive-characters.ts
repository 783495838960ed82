/**
 * Characters in a name that show nothing, or change the order in which the others are shown, distinguished by what they do to the reader.
 *
 * What languages and emoji need is left out: joiners between letters that join, variation selectors behind what varies, direction marks
 * where there is right-to-left text. So is what changes nothing that anybody sees: direction marks around a whole name, as address books
 * copy them, and the left-to-right mark in left-to-right text.
 */

/**
 * `misleading`: overrides, right-to-left embedding of left-to-right text, and controls, at which some programs end the text. `invisible`:
 * hidden inside a name, or in place of one. `stray`: at the ends of a name, or a soft hyphen; left over from copying or conversion.
 */
export type CharacterEffect = 'misleading' | 'invisible' | 'stray';

export interface DeceptiveCharacters {
  readonly effect: CharacterEffect;
  /** Each once, as `U+202E`. */
  readonly codePoints: readonly string[];
}

/** Unicode's invisible and direction-changing characters, controls other than tab, and the blank that is no space. */
const SUSPECT = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\u2028\u2029\u2800\ufff9-\ufffb]/u;

const JOINER = /[\u200c\u200d]/;
/** Scripts that join letters, where a joiner belongs to the spelling. */
const JOINING_LETTER = /[\p{L}\p{M}]/u;
const NEVER_JOINED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u;
const VARIATION_SELECTOR = /\p{Variation_Selector}/u;
const VARYING = /[\p{Emoji}\p{Script=Han}\p{Script=Mongolian}]/u;
const EMOJI_PART = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;
const EMOJI_TAG = /[\u{e0020}-\u{e007f}]/u;
const BLACK_FLAG = '\u{1f3f4}';
const OVERRIDE = /[\u202d\u202e]/;
/** Address books put these around each part of a name. */
const LEFT_TO_RIGHT_FORMAT = /[\u202a\u202c\u2066\u2068\u2069]/;
const RIGHT_TO_LEFT_START = /[\u202b\u2067]/;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT_MARK = '\u200e';
/** Soft hyphens, direction marks, and C1 controls: what is left of a wrongly named charset (`O\u0092Neil`). */
const HARMLESS_WITHIN = /[\xad\x80-\x9f\u200e\u200f\u061c]/;
/** C0 controls and line separators. */
const TEXT_END = /[\0-\x1f\x7f\u2028\u2029]/;
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\u2800]/u;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;

/** Formatting characters that open at the start of a whole name, with the one that closes them (UAX 9 §2). */
const WRAPPERS = /^([\u202a\u202b]|[\u2066-\u2068])(.*)([\u202c\u2069])$/su;

/** The deceptive characters of a text, the worst first. */
export function deceptiveCharacters(text: string): readonly DeceptiveCharacters[] {
  if (!SUSPECT.test(text)) return [];
  const inner = unwrapped(text);
  const chars = Array.from(inner);
  const rightToLeft = RIGHT_TO_LEFT.test(inner);
  const nothingShown = !VISIBLE.test(inner);
  const found: Record<CharacterEffect, Set<string>> = {
    misleading: new Set(),
    invisible: new Set(),
    stray: new Set(),
  };
  const next = nextVisible(chars);
  let lastVisible = '';
  let before = '';
  let varying = false;
  let inEmojiTag = false;
  for (const [at, char] of chars.entries()) {
    inEmojiTag = EMOJI_TAG.test(char) && (inEmojiTag || before === BLACK_FLAG);
    varying = VARIATION_SELECTOR.test(char) ? varying : VARYING.test(char);
    if (!SUSPECT.test(char) || char === '\t') {
      lastVisible = char;
    } else if (!inEmojiTag && !isNeeded(char, before, { varying, rightToLeft })) {
      const behind = next[at] ?? '';
      const within = WORD_CHARACTER.test(lastVisible) && WORD_CHARACTER.test(behind);
      const effect = effectOf(char, { within, nothingShown, atEdge: lastVisible === '' || behind === '' });
      if (effect) found[effect].add(nameOf(char));
    }
    before = char;
  }
  return (['misleading', 'invisible', 'stray'] as const)
    .map((effect) => ({ effect, codePoints: [...found[effect]] }))
    .filter(({ codePoints }) => codePoints.length > 0);
}

/** The text without a pair of formatting characters around the whole of it. */
function unwrapped(text: string): string {
  const [, opens = '', inner = '', closes = ''] = WRAPPERS.exec(text) ?? [];
  const matches = /[\u202a\u202b]/.test(opens) === (closes === '\u202c');
  return opens !== '' && matches && !/[\u202a-\u202e\u2066-\u2069]/.test(inner) ? inner : text;
}

/** For each place the next character that is not suspect; empty where there is none. */
function nextVisible(chars: readonly string[]): readonly string[] {
  const next = new Array<string>(chars.length).fill('');
  for (let at = chars.length - 2; at >= 0; at--) {
    const behind = chars[at + 1] ?? '';
    next[at] = SUSPECT.test(behind) && behind !== '\t' ? (next[at + 1] ?? '') : behind;
  }
  return next;
}

interface Place {
  /** Between two characters of one word. */
  readonly within: boolean;
  /** The text shows nothing at all. */
  readonly nothingShown: boolean;
  /** Before or behind everything visible. */
  readonly atEdge: boolean;
}

/** Undefined for what changes nothing there. */
function effectOf(char: string, { within, nothingShown, atEdge }: Place): CharacterEffect | undefined {
  if (OVERRIDE.test(char) || RIGHT_TO_LEFT_START.test(char) || char === '\0') return 'misleading';
  if (TEXT_END.test(char) && !atEdge) return 'misleading';
  if (nothingShown) return 'invisible';
  if (char === LEFT_TO_RIGHT_MARK && !within) return undefined;
  if (HARMLESS_WITHIN.test(char)) return 'stray';
  const hidden = LEFT_TO_RIGHT_FORMAT.test(char) ? within : !atEdge;
  return hidden ? 'invisible' : 'stray';
}

function isNeeded(
  char: string,
  before: string,
  { varying, rightToLeft }: { readonly varying: boolean; readonly rightToLeft: boolean },
): boolean {
  if (JOINER.test(char)) {
    return EMOJI_PART.test(before) || (JOINING_LETTER.test(before) && !NEVER_JOINED.test(before));
  }
  if (VARIATION_SELECTOR.test(char)) return varying;
  return rightToLeft && /\p{Bidi_Control}/u.test(char) && !OVERRIDE.test(char);
}

function nameOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
