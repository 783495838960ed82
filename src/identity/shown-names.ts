/**
 * The addresses and domains that people read in a display name, also where it is no address to a parser: with a full-width `＠`, with
 * invisible characters in it, in quotes or with marks around it.
 */
import { parseDomain, type DomainName } from '../domain/name.ts';
import { hasKnownSuffix, registeredDomain } from '../domain/public-suffix.ts';
import { LIMITS } from '../limits.ts';

export interface ShownName {
  /** `local@domain` or the domain, as people read it. */
  readonly text: string;
  readonly kind: 'address' | 'domain';
  readonly domain: DomainName;
}

/** Letters, digits, dots and hyphens: a word that may be a domain. */
const WORD = /[\p{L}\p{M}\p{N}._-]+/gu;

/** Shorter names are mostly initials and titles: `M.Sc`, `Dr.No`, `e.V`. */
const SHORTEST_NAME = 3;

/** Everything that reads like an address or a domain, in order. */
export function findShownNames(displayName: string): readonly ShownName[] {
  // Compatibility forms (full-width letters, dots and at signs) read like the plain ones.
  const text = displayName.replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]+/gu, '').normalize('NFKC');
  const found: ShownName[] = [];
  let before = { word: '', end: 0 };
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const gap = text.slice(before.end, match.index);
    const isAddress = before.word !== '' && /^[ \t]*@[ \t]*$/.test(gap);
    const domain = word.includes('.') ? parseDomain(trimMarks(word)) : undefined;
    if (domain && isAddress) {
      found.push({ kind: 'address', text: `${before.word}@${trimMarks(word)}`, domain });
    } else if (domain && isDomain(domain) && !startsAddress(text, match.index + word.length)) {
      found.push({ kind: 'domain', text: trimMarks(word), domain });
    }
    if (found.length >= LIMITS.shownNames) break;
    before = { word, end: match.index + word.length };
  }
  return found;
}

/** In `ann.smith@example.org` the first word is a local part. */
function startsAddress(text: string, end: number): boolean {
  return text.charAt(end) === '@';
}

function isDomain(domain: DomainName): boolean {
  const registered = hasKnownSuffix(domain) ? registeredDomain(domain) : undefined;
  return registered !== undefined && registered.indexOf('.') >= SHORTEST_NAME;
}

/** Dots and hyphens at the ends belong to the sentence. */
function trimMarks(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && '.-_'.includes(word.charAt(start))) start++;
  while (end > start && '.-_'.includes(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}
