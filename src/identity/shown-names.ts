/**
 * The addresses and domains that people read in a display name, also where it is no address to a parser: with a full-width `＠`, with
 * invisible characters in it, in quotes or with marks around it, spelled with `[at]` and `[dot]`, or with the full stop of another
 * script, which browsers take for the dot of a domain (UTS 46 §4.5 and RFC 3490 §3.1: U+3002, U+FF0E, U+FF61).
 *
 * A bare word with a dot in it is weak evidence. Names (`Anna.Kim`), titles (`Dipl.Ing.`), files (`Invoice.zip`) and products (`ASP.NET`)
 * have the form of a domain since nearly every word has become a top level domain, so such a word is distinguished from what reads as an
 * address of the web.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain, labelsOf, type DomainName } from '../domain/name.ts';
import { hasKnownSuffix, registeredDomain } from '../domain/public-suffix.ts';
import { LIMITS } from '../limits.ts';
import { boundedName, withoutInvisible } from './shown-text.ts';

export interface ShownName {
  /** `local@domain` or the domain, as people read it. */
  readonly text: string;
  /** `web`: what nobody writes but for a domain: `www.`, `https://`, a disguised dot. `word`: a word with a dot in it. */
  readonly kind: 'address' | 'web' | 'word';
  readonly domain: DomainName;
}

/** Letters, digits, dots and hyphens: a word that may be a domain. The marks of `markDisguises` are part of it. */
const WORD = /[\p{L}\p{M}\p{N}._\-\ue000\ue001]+/gu;

/** Private use characters that stand for a dot and an at sign that somebody disguised. */
const DISGUISED_DOT = '\ue000';
const DISGUISED_AT = '\ue001';

/** Between Latin letters only: behind a Japanese word U+3002 ends a sentence, and full-width text has full-width dots. */
const ODD_DOT = /(?<=[A-Za-z0-9])[\u3002\uff0e\uff61\u2024\ufe52](?=[A-Za-z0-9])/g;
/** `[dot]`, `(dot)`, `{dot}`; `at` likewise. */
const SPELLED_DOT = /[ \t]*(?:\[(?:dot|punkt|\.)\]|\((?:dot|punkt|\.)\)|\{(?:dot|punkt|\.)\})[ \t]*/gi;
const SPELLED_AT = /[ \t]*(?:\[(?:at|ät|@)\]|\((?:at|ät|@)\)|\{(?:at|ät|@)\})[ \t]*/gi;

/** Shorter names are mostly initials and titles: `M.Sc`, `Dr.No`, `e.V`. */
const SHORTEST_NAME = 3;

/** First labels that only hosts have. */
const HOST_LABEL = /^(?:www\d*|login|signin|secure|accounts?|webmail)$/;

/** Everything that reads like an address or a domain, in order. */
export function findShownNames(displayName: string): readonly ShownName[] {
  const text = markDisguises(displayName);
  const found: ShownName[] = [];
  let before = { word: '', end: 0 };
  for (const match of text.matchAll(WORD)) {
    const gap = text.slice(before.end, match.index);
    const end = match.index + match[0].length;
    const [first = '', second] = match[0].split(DISGUISED_AT);
    const [local, word] = second === undefined ? [joinsAddress(gap) ? before.word : '', first] : [first, second];
    const shown = readWord(local, word, gap);
    // In `ann.smith@example.org` the first word is a local part.
    if (shown && (shown.kind === 'address' || text.charAt(end) !== '@')) found.push(shown);
    if (found.length >= LIMITS.shownNames) break;
    before = { word, end };
  }
  return found;
}

/** The name as it reads, with disguised dots and at signs marked. */
function markDisguises(displayName: string): string {
  return withoutInvisible(boundedName(displayName))
    .replace(/[\ue000\ue001]/g, ' ')
    .replace(ODD_DOT, DISGUISED_DOT)
    .replace(SPELLED_DOT, DISGUISED_DOT)
    .replace(SPELLED_AT, DISGUISED_AT)
    .normalize('NFKC');
}

/** An at sign with or without blanks around it; ` @name` is how handles are written. */
function joinsAddress(gap: string): boolean {
  return /^(?:[ \t]*@|[ \t]+@[ \t]+)$/.test(gap) ? !/^[ \t]+@$/.test(gap) : /^@[ \t]+$/.test(gap);
}

function readWord(local: string, written: string, gap: string): ShownName | undefined {
  const disguised = written.includes(DISGUISED_DOT);
  const word = trimMarks(written.replaceAll(DISGUISED_DOT, '.').replaceAll('\u3002', '.'));
  const domain = word.includes('.') ? parseDomain(word) : undefined;
  if (!domain) return undefined;
  if (local !== '') return { kind: 'address', text: `${local.replaceAll(DISGUISED_DOT, '.')}@${word}`, domain };
  if (!isDomain(domain)) return undefined;
  return { kind: disguised || gap.endsWith('://') || isHost(domain) ? 'web' : 'word', text: word, domain };
}

/** A name somebody could have registered (no underscore in it), below a suffix that exists. */
function isDomain(domain: DomainName): boolean {
  const registered = hasKnownSuffix(domain) ? registeredDomain(domain) : undefined;
  return registered !== undefined && registered.indexOf('.') >= SHORTEST_NAME && !registered.includes('_');
}

function isHost(domain: DomainName): boolean {
  return HOST_LABEL.test(labelsOf(domain)[0] ?? '') && registeredDomain(domain) !== domain;
}

/** Whether a word of a name is the local part itself: `Anna.Kim` at anna.kim@example.org, whatever the separators. */
export function repeatsLocalPart(text: string, localPart: string): boolean {
  return lettersOf(text) === lettersOf(localPart.split('+', 1)[0] ?? '');
}

function lettersOf(text: string): string {
  return asciiLower(text.replace(/[^\p{L}\p{N}]/gu, ''));
}

/** Dots and hyphens at the ends belong to the sentence. */
function trimMarks(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && '.-_'.includes(word.charAt(start))) start++;
  while (end > start && '.-_'.includes(word.charAt(end - 1))) end--;
  return word.slice(start, end);
}
