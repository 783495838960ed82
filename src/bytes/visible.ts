/** Text of a message or of DNS, made fit to be shown: nothing in it can move a cursor, change the direction of text, or hide. */

/** Joiners are part of ordinary words in Arabic and Indic scripts, and of emoji. */
const JOINERS = '\u200c\u200d';

/** Control, format and separator characters become `\u{…}`; everything else, the joiners included, stays. */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    JOINERS.includes(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}
