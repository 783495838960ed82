/**
 * What the reader keeps about solicitation classes: entries of their own for the dictionary, and the pass keys they gave out
 * (draft-malamud-subject-line-03 §5). Stored as plain data with a version; what is found in storage is repaired, never trusted. Pure.
 */
import { asciiEqual } from '../../src/bytes/ascii.ts';
import { LIMITS } from '../../src/limits.ts';
import { KEYWORD } from '../../src/rules/keyword.ts';
import { isWritable } from '../../src/rules/text.ts';

/** What a keyword means to the reader. */
export interface OwnClass {
  readonly keyword: string;
  readonly name: string;
  /** Empty where there is none. */
  readonly note: string;
}

export interface PassKey {
  readonly keyword: string;
  /** The correspondent it was given to. */
  readonly name: string;
  /** ISO time. */
  readonly createdAt: string;
  /** ISO time; null while it is in force. */
  readonly revokedAt: string | null;
}

export interface ClassCollection {
  readonly version: 1;
  readonly classes: readonly OwnClass[];
  readonly passKeys: readonly PassKey[];
}

export const EMPTY_COLLECTION: ClassCollection = { version: 1, classes: [], passKeys: [] };

export const MOST_CLASSES = 500;
export const LONGEST_NAME = 200;
export const LONGEST_NOTE = 1000;

/** A collection out of whatever storage held. */
export function repairCollection(stored: unknown): ClassCollection {
  return {
    version: 1,
    classes: uniqueByKeyword(listIn(stored, 'classes').flatMap(repairClass)).slice(0, MOST_CLASSES),
    passKeys: uniqueByKeyword(listIn(stored, 'passKeys').flatMap(repairPassKey)).slice(0, LIMITS.passKeys),
  };
}

function repairClass(stored: unknown): readonly OwnClass[] {
  const [keyword, name, note] = textsIn(stored, ['keyword', 'name', 'note']);
  if (!isKeyword(keyword) || !isName(name)) return [];
  return [{ keyword, name, note: isNote(note) ? note : '' }];
}

function repairPassKey(stored: unknown): readonly PassKey[] {
  const [keyword, name, createdAt, revokedAt] = textsIn(stored, ['keyword', 'name', 'createdAt', 'revokedAt']);
  if (!isKeyword(keyword) || !isName(name) || !isTime(createdAt)) return [];
  return [{ keyword, name, createdAt, revokedAt: isTime(revokedAt) ? revokedAt : null }];
}

/** The keys in force: what a message is compared with. */
export function activeKeys({ passKeys }: ClassCollection): readonly string[] {
  return passKeys.filter(({ revokedAt }) => revokedAt === null).map(({ keyword }) => keyword);
}

export function findPassKey({ passKeys }: ClassCollection, keyword: string): PassKey | undefined {
  return passKeys.find((key) => asciiEqual(key.keyword, keyword));
}

/** Adds an entry, in place of the one with the same keyword if there is one; changes nothing where there is no room for it. */
export function putClass(collection: ClassCollection, entry: OwnClass): ClassCollection {
  const others = collection.classes.filter(({ keyword }) => !asciiEqual(keyword, entry.keyword));
  return others.length >= MOST_CLASSES ? collection : { ...collection, classes: [...others, entry] };
}

export function removeClass(collection: ClassCollection, keyword: string): ClassCollection {
  return { ...collection, classes: collection.classes.filter((entry) => !asciiEqual(entry.keyword, keyword)) };
}

/** Changes nothing where there is no room: no key goes out of force by another. */
export function addPassKey(collection: ClassCollection, key: PassKey): ClassCollection {
  const { passKeys } = collection;
  return passKeys.length >= LIMITS.passKeys ? collection : { ...collection, passKeys: [...passKeys, key] };
}

/** From now on the key is a keyword like any other; that it was one is kept, to tell where it is still used. */
export function revokePassKey(collection: ClassCollection, keyword: string, at: Date): ClassCollection {
  const revoke = (key: PassKey): PassKey =>
    asciiEqual(key.keyword, keyword) && key.revokedAt === null ? { ...key, revokedAt: at.toISOString() } : key;
  return { ...collection, passKeys: collection.passKeys.map(revoke) };
}

export function removePassKey(collection: ClassCollection, keyword: string): ClassCollection {
  return { ...collection, passKeys: collection.passKeys.filter((key) => !asciiEqual(key.keyword, keyword)) };
}

/** RFC 3865 §2.2: a word of at most as many characters as the whole list may have. */
export function isKeyword(text: string): boolean {
  return text.length <= LIMITS.solicitationCharacters && KEYWORD.test(text);
}

export function isName(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_NAME && isWritable(text);
}

export function isNote(text: string): boolean {
  return text.length <= LONGEST_NOTE && isWritable(text);
}

function isTime(text: string): boolean {
  return text.length <= 30 && !Number.isNaN(Date.parse(text));
}

/** A list by its name in whatever was stored. */
export function listIn(stored: unknown, name: string): readonly unknown[] {
  const found: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, name) : undefined;
  return Array.isArray(found) ? found : [];
}

/** Members of whatever was stored; what is no text is empty. */
export function textsIn<const N extends readonly string[]>(
  stored: unknown,
  names: N,
): { readonly [K in keyof N]: string } {
  const read = (name: string): string => {
    const found: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, name) : undefined;
    return typeof found === 'string' ? found : '';
  };
  return names.map(read) as { readonly [K in keyof N]: string };
}

function uniqueByKeyword<T extends { readonly keyword: string }>(entries: readonly T[]): readonly T[] {
  const byKeyword = new Map(entries.toReversed().map((entry) => [entry.keyword.toLowerCase(), entry]));
  return entries.filter((entry) => byKeyword.get(entry.keyword.toLowerCase()) === entry);
}
