/** Text for a terminal: what comes from a message or from DNS can neither move the cursor nor hide. */

/** Terminal escapes, line breaks, invisible and direction-changing characters become visible; nothing else changes. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/** One line of a listing: a name, then what is said under it. */
export function line(name: string, text: string): string {
  return `    ${name.padEnd(12)}${text}`;
}
