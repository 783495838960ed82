/** Lines of text for a terminal. */

/** One line of a listing: a name, then what is said under it. */
export function line(name: string, text: string): string {
  return `    ${name.padEnd(12)}${text}`;
}
