/**
 * Solicitation class keywords as a list. Implements the grammar of RFC 3865 §2.2, which the Solicitation field and the SOLICIT= comment of
 * Received share.
 *
 * Known differences: white space around commas is accepted; a malformed word is reported and does not spoil the others.
 */
import { trimWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';

export type KeywordProblem = 'syntax' | 'too-long' | 'empty';

export interface KeywordList {
  readonly keywords: readonly string[];
  /** `text` is cut after `LIMITS.solicitationCharacters` characters. */
  readonly malformed: readonly { readonly text: string; readonly problem: KeywordProblem }[];
}

/** RFC 3865 §2.2: word = ALPHA *( ALPHA / DIGIT / "." / "-" / "_" / ":" ). */
const WORD = /^[A-Za-z][A-Za-z0-9.\-_:]*$/;

/** Reads comma-separated keywords, as written and in order. Never throws for content. */
export function parseKeywords(text: string): KeywordList {
  const keywords: string[] = [];
  const malformed: { text: string; problem: KeywordProblem }[] = [];
  let length = -1; // the first word has no comma before it
  for (const part of text.split(',', LIMITS.solicitationKeywords)) {
    const word = trimWsp(part);
    length += word.length + 1;
    const problem = problemOf(word, length);
    if (problem === undefined) keywords.push(word);
    else malformed.push({ text: word.slice(0, LIMITS.solicitationCharacters), problem });
  }
  return { keywords, malformed };
}

function problemOf(word: string, length: number): KeywordProblem | undefined {
  if (word === '') return 'empty';
  // RFC 3865 §2.2: the whole list is at most 1000 characters long; words beyond are not in force.
  if (length > LIMITS.solicitationCharacters) return 'too-long';
  return WORD.test(word) ? undefined : 'syntax';
}
