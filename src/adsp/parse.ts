/**
 * ADSP records: text to practice. Implements RFC 5617 §4.1 and §4.2.1, on the tag lists of RFC 6376 §3.2.
 *
 * Known differences: a value outside hyphenated-word (`dkim=?`, or none at all) is read as `unknown` like every other unknown one,
 * not as a broken record: RFC 5617 §4.2.1 says "any other values".
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseTagList } from '../syntax/tag-list.ts';
import type { TagProblemCode } from '../syntax/tag-list.ts';
import type { AdspPractice } from './types.ts';

export interface AdspProblem {
  readonly code: TagProblemCode | 'not-first' | 'line-break';
  readonly tag: string | null;
  /** Offset in the record's text. */
  readonly at: number;
}

export interface AdspRecord {
  readonly practice: AdspPractice;
  /** false where the value was none of the three words, and `practice` is `unknown` for that. */
  readonly recognized: boolean;
}

export type AdspParse =
  { readonly ok: true; readonly value: AdspRecord } | { readonly ok: false; readonly problem: AdspProblem };

const PRACTICES: ReadonlyMap<string, AdspPractice> = new Map([
  ['unknown', 'unknown'],
  ['all', 'all'],
  ['discardable', 'discardable'],
]);

/** Reads an ADSP record: one TXT record, its strings joined, one character per octet. */
export function parseAdspRecord(text: string): AdspParse {
  // RFC 5617 §4.2.1: the first four characters are "dkim" in lower case, followed by optional white space and "=".
  if (!/^dkim[ \t]*=/.test(text)) return { ok: false, problem: { code: 'not-first', tag: 'dkim', at: 0 } };
  // RFC 5617 §4.1: WSP where RFC 6376 has folding white space.
  const lineBreak = text.search(/[\r\n]/);
  if (lineBreak >= 0) return { ok: false, problem: { code: 'line-break', tag: null, at: lineBreak } };
  const list = parseTagList(text);
  if (!list.ok) return { ok: false, problem: list.problem };
  const practice = PRACTICES.get(asciiLower(list.tags.get('dkim') ?? ''));
  return { ok: true, value: { practice: practice ?? 'unknown', recognized: practice !== undefined } };
}
