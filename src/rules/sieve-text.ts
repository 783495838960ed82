/** Pieces of Sieve text. Whatever a rule holds goes through here, so nothing in it can end a string or a comment (RFC 5228 §2.3, §2.4). */
import { toWritable } from './text.ts';

/** A quoted string (RFC 5228 §2.4.2): a backslash before each quote and backslash. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** One string by itself, several as a list (RFC 5228 §2.4.2.1). */
export function quoteList(texts: readonly string[]): string {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? quote(only) : `[${texts.map(quote).join(', ')}]`;
}

/** A comment that ends with its line (RFC 5228 §2.3). */
export function comment(text: string): string {
  return `# ${toWritable(text)}`;
}

/**
 * A string in a script that requires "variables": there `${name}` stands for a variable's value (RFC 5229 §3), and only a variable
 * that holds the dollar sign can say otherwise.
 */
export function quoteAgainstVariables(text: string): string {
  return quote(text.replaceAll('${', '${dollar}{'));
}

/** Text as a regular expression that matches just it; escapes no more than POSIX allows (IEEE 1003.1 §9.4.3). */
export function escapeRegex(text: string): string {
  return text.replace(/[.[()*+?{|^$\\]/g, '\\$&');
}
