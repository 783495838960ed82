/** Compares solicitation class keywords with what a rule asks for (RFC 3865 §2.2). */
import { asciiLower } from '../bytes/ascii.ts';
import type { KeywordCondition } from './types.ts';

/** A keyword: RFC 3865 §2.2 word. */
export const KEYWORD = /^[A-Za-z][A-Za-z0-9.\-_:]*$/;

/** A pattern: keyword characters and `*`; it begins as a keyword may begin, or with a `*`. */
export const KEYWORD_GLOB = /^[A-Za-z*][A-Za-z0-9.\-_:*]*$/;

/** A test for keywords; made once per evaluation, used for every keyword of a message. Linear in the keyword's length. */
export function keywordMatcher({
  match,
  value,
}: Pick<KeywordCondition, 'match' | 'value'>): (keyword: string) => boolean {
  const wanted = asciiLower(value);
  switch (match) {
    case 'exact':
      return (keyword) => asciiLower(keyword) === wanted;
    case 'prefix':
      return (keyword) => continues(asciiLower(keyword), wanted);
    case 'glob': {
      const parts = wanted.split('*');
      return (keyword) => matchesGlob(asciiLower(keyword), parts);
    }
  }
}

/** `org.example` is continued by `org.example.adv` and `org.example:adv`, not by `org.examples`. */
function continues(keyword: string, prefix: string): boolean {
  const next = keyword[prefix.length];
  return keyword.startsWith(prefix) && (next === undefined || next === '.' || next === ':');
}

/** `parts` are what is between the wildcards. Taking each part at its first place is enough, so nothing is tried twice. */
function matchesGlob(keyword: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return keyword === first;
  if (!keyword.startsWith(first) || keyword.length < first.length + last.length || !keyword.endsWith(last))
    return false;
  const end = keyword.length - last.length;
  let at = first.length;
  for (const part of others) {
    const found = keyword.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
