/** Characters in a name that show nothing, or change the order in which the others are shown. */

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
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * The deceptive characters of a text as `U+202E`, each once. What languages and emoji need is left out: joiners between letters that
 * join, variation selectors behind what varies, direction marks where there is right-to-left text. Overrides are never needed.
 */
export function deceptiveCharacters(text: string): readonly string[] {
  if (!SUSPECT.test(text)) return [];
  const rightToLeft = RIGHT_TO_LEFT.test(text);
  const found = new Set<string>();
  let before = '';
  let inEmojiTag = false;
  for (const char of text) {
    inEmojiTag = EMOJI_TAG.test(char) && (inEmojiTag || before === BLACK_FLAG);
    if (char !== '\t' && SUSPECT.test(char) && !inEmojiTag && !isNeeded(char, before, rightToLeft)) {
      found.add(`U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
    }
    before = char;
  }
  return [...found];
}

function isNeeded(char: string, before: string, rightToLeft: boolean): boolean {
  if (JOINER.test(char)) {
    return EMOJI_PART.test(before) || (JOINING_LETTER.test(before) && !NEVER_JOINED.test(before));
  }
  if (VARIATION_SELECTOR.test(char)) return VARYING.test(before);
  return rightToLeft && /\p{Bidi_Control}/u.test(char) && !OVERRIDE.test(char);
}
