/**
 * What domain names look like. Implements the skeleton of Unicode Technical Standard 39 §4 and its restriction levels (§5.2).
 *
 * Known differences: the skeleton is for domains in lower case, only maps what looks like ASCII, and drops marks, since `pâypal` misleads
 * as well; a label in one of the scripts of UAX 31 Table 5 and Table 7 passes, also where UTS 39 asks for allowed characters only.
 */
import { isAscii } from '../bytes/ascii.ts';
import { displayDomain, type DomainName } from '../domain/name.ts';
import { CONFUSABLES } from './confusables-data.ts';

const LOOKS_LIKE = new Map(
  CONFUSABLES.trim()
    .split('\n')
    .flatMap((row) => {
      const [ascii = '', chars = ''] = row.split(' ');
      return Array.from(chars, (char) => [char, ascii] as const);
    }),
);

/** The ASCII letters that a letter of another script is drawn like, marks aside; undefined for one that can be distinguished. */
export function asciiTwinOf(char: string): string | undefined {
  return LOOKS_LIKE.get(char);
}

/** Two domains whose skeletons are equal can be mistaken for each other (UTS 39 §4). */
export function skeletonOf(domain: DomainName): string {
  return Array.from(displayDomain(domain).normalize('NFD'), (char) => LOOKS_LIKE.get(char) ?? char)
    .join('')
    .replace(/\p{M}+/gu, '');
}

/** Scripts in which all letters of a word can look like Latin ones. */
const TWIN_SCRIPTS = [/^[\p{scx=Cyrillic}\d-]+$/u, /^[\p{scx=Greek}\d-]+$/u, /^[\p{scx=Armenian}\d-]+$/u];

/**
 * The ASCII domain that a domain in another script is drawn like (UTS 39 §4.2, whole-script confusables): `аррӏе.com` in Cyrillic gives
 * `apple.com`. Undefined where any letter tells it apart, and below a top level domain of another script, where nobody expects Latin.
 *
 * Known differences: a real word can consist of such letters only (`роса.com`); browsers show that one undecoded for the same reason.
 */
export function latinTwinOf(domain: DomainName): string | undefined {
  const labels = displayDomain(domain).split('.');
  if (!isAscii(labels.at(-1) ?? '')) return undefined;
  let twins = 0;
  for (const [at, label] of labels.entries()) {
    if (isAscii(label)) continue;
    if (!TWIN_SCRIPTS.some((script) => script.test(label))) return undefined;
    const twin = Array.from(label, (char) => (isAscii(char) ? char : (LOOKS_LIKE.get(char) ?? char))).join('');
    if (!isAscii(twin)) return undefined;
    labels[at] = twin;
    twins++;
  }
  return twins > 0 ? labels.join('.') : undefined;
}

/** UTS 39 §5.2, "highly restrictive": Latin may stand with the scripts of Japanese, Korean or Chinese, every other one alone. */
const MIXABLE = ['Latin Han Hiragana Katakana', 'Latin Han Hangul', 'Latin Han Bopomofo'];

/** UAX 31 Table 5 (recommended scripts), and those of Table 7 (limited use) that registries offer. */
const ALONE = (
  'Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao Malayalam ' +
  'Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan Canadian_Aboriginal Mongolian Nko Syriac Tifinagh Yi'
).split(' ');

const SCRIPT_SETS = [...MIXABLE, ...ALONE].map((scripts) => {
  const classes = `${scripts} Common Inherited`.split(' ').map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join('')}]*$`, 'u');
});

/** Whether a label mixes scripts in a way that no language does, or is in a script without registrations. */
export function hasMixedScripts(domain: DomainName): boolean {
  return displayDomain(domain)
    .split('.')
    .some((label) => !SCRIPT_SETS.some((set) => set.test(label)));
}
