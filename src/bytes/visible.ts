/** Text of a message or of DNS, made fit to be shown: nothing in it can move a cursor, change the direction of text, or hide. */

/**
 * An isolate that holds plain text (UAX #9 §2.4), or one character that controls, formats or separates. The former keeps text from
 * reordering what surrounds it, so it may stay; the interface puts it around foreign words itself.
 */
const CONTROLS = /\u2068(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[\u200c\u200d])*\u2069|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Joiners are part of ordinary words in Arabic and Indic scripts, and of emoji. */
const JOINERS = '\u200c\u200d';

/** Control, format and separator characters become `\u{…}`; everything else stays, so that text made visible once stays the same. */
export function visibleText(text: string): string {
  return text.replace(CONTROLS, (found) =>
    (found.startsWith('\u2068') && found.length > 1) || JOINERS.includes(found)
      ? found
      : `\\u{${(found.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}
