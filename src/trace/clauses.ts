/**
 * Takes a Received field apart into its clauses. Implements the shape of RFC 5321 §4.4 (Stamp, With, Opt-info) and RFC 5322 §3.6.7 as
 * servers write it: name-value pairs in any order, comments after any word, then `;` and the date.
 *
 * A server's field ends with its date. Whatever follows was not written by it: where a server does not guard against a first line of DATA
 * that begins with a blank, that line continues the field that the server put on top of the message. So the first `;` behind the server's
 * name ends the clauses, the date that is there is the only one, and that there is more is said.
 *
 * Known differences: a name that follows its own clause's name directly is that clause's value, since clients may call themselves `by`;
 * the first clause of a name counts; `tls` is a clause of its own, as Exim and Haraka write it.
 *
 * Known limit: to the field of a server that writes no date at all, a line of DATA could add one.
 */
import { asciiLower, isWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { readComment, readQuotedString, skipFws } from '../syntax/cfws.ts';
import type { LexicalProblem } from '../syntax/cfws.ts';
import { readLeadingDate } from './date.ts';

export type ClauseName = 'from' | 'by' | 'via' | 'with' | 'id' | 'for' | 'tls';

export interface Clause {
  readonly words: readonly string[];
  readonly comments: readonly string[];
}

export interface Clauses {
  readonly named: ReadonlyMap<ClauseName, Clause>;
  /** Comments before the first clause. */
  readonly preface: readonly string[];
  /** Comments of clauses whose name stood before (`with ESMTP with STARTTLS (…)`). */
  readonly surplus: readonly string[];
  /** The date, in milliseconds since 1970; null where there is none that can be read. */
  readonly time: number | null;
  /** Whether there is a place for a date: something is behind a `;`. */
  readonly dated: boolean;
  /** Something follows the date that no server writes there. */
  readonly continued: boolean;
  readonly problem: LexicalProblem | 'too-long' | null;
}

const NAMES: ReadonlySet<string> = new Set(['from', 'by', 'via', 'with', 'id', 'for', 'tls'] satisfies ClauseName[]);

function isName(word: string): word is ClauseName {
  return NAMES.has(word);
}

/** Reads an unfolded value, of which `LIMITS.fieldValueBytes` characters are looked at. */
export function splitClauses(value: string): Clauses {
  const text = value.slice(0, LIMITS.fieldValueBytes);
  const { tokens, semicolons, problem } = tokenize(text);
  const end = findEnd(text, tokens, semicolons);
  const date = readLeadingDate(text.slice(end + 1));
  const named = new Map<ClauseName, OpenClause>();
  const preface: string[] = [];
  const surplus: string[] = [];
  let current: OpenClause | undefined;
  for (const { at, comment, text: word } of tokens) {
    if (at > end) break;
    if (comment) {
      (current?.comments ?? preface).push(word);
      if (current) current.filled = true;
      continue;
    }
    const name = asciiLower(word);
    if (isName(name) && current?.filled !== false) {
      // The server names itself behind what the client said: clauses before that, the client's apart, may be words of the client.
      if (name === 'by' && !named.has('by'))
        for (const other of [...named.keys()]) if (other !== 'from') named.delete(other);
      current = { words: [], comments: named.has(name) ? surplus : [], filled: false };
      if (!named.has(name)) named.set(name, current);
    } else if (current) {
      current.words.push(word);
      current.filled = true;
    }
  }
  return {
    named,
    preface,
    surplus,
    time: date?.time ?? null,
    dated: end < text.length,
    continued: date?.followed ?? false,
    problem: text.length < value.length ? 'too-long' : problem,
  };
}

interface OpenClause {
  readonly words: string[];
  readonly comments: string[];
  /** A word or comment follows its name. */
  filled: boolean;
}

/** Where the clauses end: at the first `;` behind the server's own name, since in front of it may stand words of the client. */
function findEnd(text: string, tokens: readonly Token[], semicolons: readonly number[]): number {
  const by = tokens.find((token) => !token.comment && asciiLower(token.text) === 'by')?.at ?? 0;
  return semicolons.find((at) => at > by) ?? text.length;
}

interface Token {
  readonly comment: boolean;
  readonly text: string;
  readonly at: number;
}

interface Tokens {
  readonly tokens: readonly Token[];
  /** Positions of the `;` outside comments and quoted strings. */
  readonly semicolons: readonly number[];
  readonly problem: LexicalProblem | null;
}

function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  const semicolons: number[] = [];
  let problem: LexicalProblem | null = null;
  for (let at = skipFws(text, 0); at < text.length; at = skipFws(text, at)) {
    if (text[at] === ';') {
      semicolons.push(at++);
    } else if (text[at] === '(') {
      const comment = readComment(text, at);
      tokens.push({ comment: true, text: comment.value, at });
      problem ??= comment.problem;
      at = comment.end;
    } else {
      const word = readWord(text, at);
      tokens.push({ comment: false, text: text.slice(at, word.end), at });
      problem ??= word.problem;
      at = word.end;
    }
  }
  return { tokens, semicolons, problem };
}

/** Up to white space, a comment or `;`, quoted strings included. */
function readWord(text: string, start: number): { readonly end: number; readonly problem: LexicalProblem | null } {
  let at = start;
  while (at < text.length && !isWsp(text.charCodeAt(at)) && text[at] !== '(' && text[at] !== ';') {
    if (text[at] === '"') {
      const quoted = readQuotedString(text, at);
      if (quoted.problem !== null) return { end: quoted.end, problem: quoted.problem };
      at = quoted.end;
    } else {
      at++;
    }
  }
  return { end: at, problem: null };
}
