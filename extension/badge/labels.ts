/**
 * Thunderbird makes its button as wide as its label, so that a toolbar would jump with every message. Short words are therefore followed
 * by hair spaces up to the width of the widest word of the language.
 */

/** U+200A, the narrowest space there is: about a tenth of a letter. */
const HAIR_SPACE = '\u200a';
/** Spaces at the end of a line take no room (CSS Text 3 §4.1.2); before a word joiner (U+2060) they are not at its end. */
const END = '\u2060';
/** More than any word needs. */
const MOST_SPACES = 200;

/** The width of a text, in whatever unit. */
export type Measure = (text: string) => number;

/** Makes labels of about equal width out of words, all of which are given beforehand. */
export function createLabels(words: readonly string[], measure: Measure): (word: string) => string {
  const widest = Math.max(...words.map(measure));
  const space = measure(HAIR_SPACE.repeat(20)) / 20;
  return (word) => {
    const missing = space > 0 ? Math.round((widest - measure(word)) / space) : 0;
    return missing > 0 ? `${word}${HAIR_SPACE.repeat(Math.min(missing, MOST_SPACES))}${END}` : word;
  };
}
