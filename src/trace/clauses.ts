/**
 * Takes a Received field apart into its clauses. Implements the shape of RFC 5321 §4.4 (Stamp, With, Opt-info) and RFC 5322 §3.6.7 as
 * servers write it: name-value pairs in any order, comments after any word, then `;` and the date.
 *
 * Known differences: a name that follows its own clause's name directly is that clause's value, since clients may call themselves `by`;
 * the first clause of a name counts; `tls` is a clause of its own, as Exim and Haraka write it.
 */
import { asciiLower, isWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { readComment, readQuotedString, skipFws } from '../syntax/cfws.ts';
import type { LexicalProblem } from '../syntax/cfws.ts';

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
  /** What follows the last `;`; null where there is none. */
  readonly date: string | null;
  readonly problem: LexicalProblem | 'too-long' | null;
}

const NAMES: ReadonlySet<string> = new Set(['from', 'by', 'via', 'with', 'id', 'for', 'tls'] satisfies ClauseName[]);

function isName(word: string): word is ClauseName {
  return NAMES.has(word);
}

/** Reads an unfolded value, of which `LIMITS.fieldValueBytes` characters are looked at. */
export function splitClauses(value: string): Clauses {
  const text = value.slice(0, LIMITS.fieldValueBytes);
  const { tokens, semicolon, problem } = tokenize(text);
  const named = new Map<ClauseName, { words: string[]; comments: string[] }>();
  const preface: string[] = [];
  const surplus: string[] = [];
  let current: { words: string[]; comments: string[] } | undefined;
  for (const token of tokens) {
    if (semicolon !== undefined && token.at > semicolon) break;
    if (token.comment) {
      (current?.comments ?? preface).push(token.text);
      continue;
    }
    const name = asciiLower(token.text);
    if (isName(name) && (current === undefined || current.words.length > 0)) {
      current = { words: [], comments: named.has(name) ? surplus : [] };
      if (!named.has(name)) named.set(name, current);
    } else {
      current?.words.push(token.text);
    }
  }
  return {
    named,
    preface,
    surplus,
    date: semicolon === undefined ? null : text.slice(semicolon + 1),
    problem: text.length < value.length ? 'too-long' : problem,
  };
}

interface Token {
  readonly comment: boolean;
  readonly text: string;
  readonly at: number;
}

interface Tokens {
  readonly tokens: readonly Token[];
  /** Position of the last `;` outside comments and quoted strings. */
  readonly semicolon: number | undefined;
  readonly problem: LexicalProblem | null;
}

function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  let semicolon: number | undefined;
  let problem: LexicalProblem | null = null;
  for (let at = skipFws(text, 0); at < text.length; at = skipFws(text, at)) {
    if (text[at] === ';') {
      semicolon = at++;
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
  return { tokens, semicolon, problem };
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
