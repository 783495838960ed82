/**
 * URLs from text of unknown origin, in the one place that calls the URL parser. Not by `URL.canParse`: in Node 20 its optimized form
 * may say yes to what `new URL` then throws at, after some ten thousand calls.
 */

/** The URL, or undefined where the text is none. Never throws. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
