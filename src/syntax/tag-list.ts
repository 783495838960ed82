/**
 * Tag=value lists over strings of octets (one character per octet). Implements RFC 6376 §3.2; octets above 0x7F are let through in
 * values, since RFC 8616 §4 allows UTF-8 there. Used for DKIM-Signature, ARC fields, key records, DMARC and ADSP records.
 */
import { LIMITS } from '../limits.ts';

/** What breaks RFC 6376 §3.2; the first such place of a list is reported. */
export type TagProblemCode =
  'too-long' | 'too-many-tags' | 'empty-tag' | 'missing-equals' | 'bad-tag-name' | 'bad-character' | 'duplicate-tag';

export interface TagProblem {
  readonly code: TagProblemCode;
  /** The tag's name as far as it could be read, else null. */
  readonly tag: string | null;
  /** Offset in the list's text. */
  readonly at: number;
}

interface Tags {
  /**
   * Name, in its own case (RFC 6376 §3.2: names are case-sensitive), to value, in order. White space around the value is gone;
   * folding white space inside is kept, as only the tag's own definition says what it means there.
   */
  readonly tags: ReadonlyMap<string, string>;
  /** Where each value stands, in the same order. */
  readonly ranges: readonly TagRange[];
}

export interface TagRange {
  readonly name: string;
  /** From after the equals sign to before the semicolon, white space included. */
  readonly start: number;
  readonly end: number;
}

/**
 * A list that is not well formed still carries what could be read of it, the first of duplicates: some users of the syntax ignore
 * what is malformed (RFC 9989 §4.7), DKIM itself must not (RFC 6376 §3.2).
 */
export type TagList = (Tags & { readonly ok: true }) | (Tags & { readonly ok: false; readonly problem: TagProblem });

const TAG_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
/** RFC 6376 §3.2 tval: VALCHAR and folding white space. Everything else below 0x80 is a control character (`;` never gets here). */
const BAD_CHARACTER = /[^\t\r\n\x20-\x7e\x80-\xff]/;

/** Reads a tag list. Never throws; work is linear and bounded by {@link LIMITS}. */
export function parseTagList(text: string): TagList {
  const tags = new Map<string, string>();
  const ranges: TagRange[] = [];
  let problem: TagProblem | undefined;
  const report = (code: TagProblemCode, tag: string | null, at: number): void => {
    problem ??= { code, tag, at };
  };

  const limit = Math.min(text.length, LIMITS.tagListBytes);
  if (text.length > limit) report('too-long', null, limit);
  if (skipFws(text, 0, limit) === limit) report('empty-tag', null, 0); // the ABNF wants one tag at least
  let count = 0;
  for (let at = 0; at < limit;) {
    const semicolon = text.indexOf(';', at);
    const end = semicolon < 0 || semicolon > limit ? limit : semicolon;
    const isLast = end === limit;
    const start = skipFws(text, at, end);
    at = end + 1;
    if (start === end) {
      // RFC 6376 §3.2 allows one semicolon after the last tag, and nothing but white space behind it.
      if (!isLast) report('empty-tag', null, start);
      continue;
    }
    if (++count > LIMITS.tags) {
      report('too-many-tags', null, start);
      break;
    }
    const equals = start + text.slice(start, end).indexOf('=');
    if (equals < start) {
      report('missing-equals', text.slice(start, trimFwsEnd(text, start, end)), start);
      continue;
    }
    const name = text.slice(start, trimFwsEnd(text, start, equals));
    if (!TAG_NAME.test(name)) {
      report('bad-tag-name', name, start);
      continue;
    }
    if (tags.has(name)) {
      report('duplicate-tag', name, start);
      continue;
    }
    const valueStart = skipFws(text, equals + 1, end);
    const value = text.slice(valueStart, trimFwsEnd(text, valueStart, end));
    const bad = value.search(BAD_CHARACTER);
    if (bad >= 0) report('bad-character', name, valueStart + bad);
    tags.set(name, value);
    ranges.push({ name, start: equals + 1, end });
  }
  return problem ? { ok: false, tags, ranges, problem } : { ok: true, tags, ranges };
}

/** Where the value of a tag stands; undefined where there is no such tag. */
export function rangeOf({ ranges }: TagList, name: string): TagRange | undefined {
  return ranges.find((range) => range.name === name);
}

/** The value without any folding white space, for values that may carry it anywhere (base64, RFC 6376 §3.5 b=, bh=). */
export function withoutFws(value: string): string {
  return value.replace(/[ \t\r\n]+/g, '');
}

/** Splits at colons and trims each item (`h=`, `q=`, `t=`, `s=`: RFC 6376 §3.5, §3.6.1); empty items stay. */
export function splitAtColons(value: string): readonly string[] {
  return value.split(':').map((item) => item.slice(skipFws(item, 0, item.length), trimFwsEnd(item, 0, item.length)));
}

function isFws(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

function skipFws(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isFws(text.charCodeAt(at))) at++;
  return at;
}

function trimFwsEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isFws(text.charCodeAt(at - 1))) at--;
  return at;
}
