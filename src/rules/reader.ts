/**
 * Readers of JSON values: each turns an unknown value into a typed one, or reports what is wrong and where (a JSON Pointer, RFC 6901)
 * and yields undefined. They never throw, and read on after a problem so that all of them are told at once.
 */
import { LIMITS } from '../limits.ts';

export type RuleProblemWhy =
  | 'not-json'
  /** The version is not one this release knows. */
  | 'unknown-version'
  | 'missing'
  /** A member that has no meaning here: a typing error must not silently widen a rule. */
  | 'unknown-member'
  | 'wrong-type'
  /** None of the values in `expected`. */
  | 'not-one-of'
  | 'empty'
  | 'too-long'
  | 'too-many'
  | 'too-deep'
  /** Not unique where it has to be. */
  | 'repeated'
  /** Control characters, or half a character. */
  | 'unwritable'
  | 'malformed';

export interface RuleProblem {
  /** JSON Pointer to the value; empty for the whole file. */
  readonly path: string;
  readonly why: RuleProblemWhy;
  /** The type, the values or the members that would have been right. */
  readonly expected?: readonly string[];
}

/** Where a value stands, and where its problems go. */
export interface Place {
  readonly path: string;
  report(why: RuleProblemWhy, expected?: readonly string[]): undefined;
  at(member: string | number): Place;
}

export type Reader<T> = (value: unknown, place: Place) => T | undefined;

/** The root of a file. At most `LIMITS.ruleProblems` problems are kept. */
export function rootPlace(problems: RuleProblem[]): Place {
  const placeAt = (path: string): Place => ({
    path,
    report(why, expected) {
      if (problems.length < LIMITS.ruleProblems) problems.push({ path, why, ...(expected ? { expected } : {}) });
      return undefined;
    },
    at: (member) => placeAt(`${path}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`),
  });
  return placeAt('');
}

export const readBoolean: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : place.report('wrong-type', ['boolean']);

/** A string of 1 to `limit` characters, as `accept` leaves it: it reports what it does not take. */
export function text<T = string>(limit: number, accept: (value: string, place: Place) => T | undefined): Reader<T> {
  return (value, place) => {
    if (typeof value !== 'string') return place.report('wrong-type', ['string']);
    if (value === '') return place.report('empty');
    return value.length > limit ? place.report('too-long') : accept(value, place);
  };
}

export function oneOf<const T extends string>(choices: readonly T[]): Reader<T> {
  return (value, place) => choices.find((choice) => choice === value) ?? place.report('not-one-of', choices);
}

/** A list with at least `least` items, all of which could be read. */
export function list<T>(item: Reader<T>, limit: number, least = 0): Reader<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return place.report('wrong-type', ['array']);
    if (value.length < least) return place.report('empty');
    if (value.length > limit) return place.report('too-many', [String(limit)]);
    const items = value.map((one: unknown, index) => item(one, place.at(index)));
    return items.every((one) => one !== undefined) ? items : undefined;
  };
}

/** How one member of an object is read, and what it is where it is missing. */
export interface Member<T> {
  readonly read: Reader<T>;
  /** `report`: it must be there. `omit`: it stays away. */
  readonly missing: 'report' | 'omit' | (() => T);
}

export function required<T>(read: Reader<T>): Member<T> {
  return { read, missing: 'report' };
}

export function optional<T>(read: Reader<T>): Member<T> {
  return { read, missing: 'omit' };
}

export function defaulting<T>(read: Reader<T>, value: T): Member<T> {
  return { read, missing: () => value };
}

export type Members<T> = { readonly [K in keyof T]-?: Member<Exclude<T[K], undefined>> };

/** An object with exactly these members. */
export function record<T extends object>(members: Members<T>): Reader<T> {
  const known: readonly [string, Member<unknown>][] = Object.entries(members);
  const names = known.map(([name]) => name);
  return (value, place) => {
    if (!isObject(value)) return place.report('wrong-type', ['object']);
    for (const name of Object.keys(value)) {
      if (!names.includes(name)) place.at(name).report('unknown-member', names);
    }
    const read = new Map<string, unknown>();
    let complete = Object.keys(value).every((name) => names.includes(name));
    for (const [name, member] of known) {
      const result = readMember(value, name, member, place.at(name));
      if (result === undefined) complete = false;
      else if (result.there) read.set(name, result.value);
    }
    return complete ? (Object.fromEntries(read) as T) : undefined;
  };
}

type MemberResult = { readonly there: true; readonly value: unknown } | { readonly there: false };

function readMember(
  object: object,
  name: string,
  { read, missing }: Member<unknown>,
  place: Place,
): MemberResult | undefined {
  if (Object.hasOwn(object, name)) {
    const value = read(Reflect.get(object, name), place);
    return value === undefined ? undefined : { there: true, value };
  }
  if (missing === 'omit') return { there: false };
  return missing === 'report' ? place.report('missing') : { there: true, value: missing() };
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
