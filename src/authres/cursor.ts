/** A place in a field value that moves forward only, with the deviations met on the way. Shared by the parsers of this folder. */
import { isWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { readQuotedString, skipCfws } from '../syntax/cfws.ts';
import type { LexicalProblem } from '../syntax/cfws.ts';

/** Deviations that the shared steps themselves can meet. */
type LexicalDeviation = 'comment-too-deep' | 'unclosed' | 'too-long';

export interface Cursor<Deviation extends string> {
  readonly text: string;
  at: number;
  readonly deviations: Set<Deviation | LexicalDeviation>;
}

/** Starts at the beginning of a value, of which `LIMITS.fieldValueBytes` characters are read. */
export function openCursor<Deviation extends string>(value: string): Cursor<Deviation> {
  const deviations = new Set<Deviation | LexicalDeviation>();
  if (value.length > LIMITS.fieldValueBytes) deviations.add('too-long');
  return { text: value.slice(0, LIMITS.fieldValueBytes), at: 0, deviations };
}

export function atEnd(cursor: Cursor<string>): boolean {
  return cursor.at >= cursor.text.length;
}

export function isAt(cursor: Cursor<string>, character: string): boolean {
  return cursor.text[cursor.at] === character;
}

export function atSeparator(cursor: Cursor<string>): boolean {
  return isAt(cursor, ';');
}

/** Passes white space and comments; returns the comments. */
export function pass<Deviation extends string>(cursor: Cursor<Deviation>): readonly string[] {
  const cfws = skipCfws(cursor.text, cursor.at);
  cursor.at = cfws.end;
  noteProblem(cursor, cfws.problem);
  return cfws.comments;
}

/** Reads a keyword (RFC 8601 §2.2, RFC 5321 Ldh-str), liberally: anything up to white space or one of `; ( = . / "`. */
export function readKeyword(cursor: Cursor<string>): string {
  const start = cursor.at;
  while (!atEnd(cursor) && !KEYWORD_ENDS.has(cursor.text[cursor.at] ?? '')) cursor.at++;
  return cursor.text.slice(start, cursor.at);
}

const KEYWORD_ENDS: ReadonlySet<string> = new Set([' ', '\t', ';', '(', '=', '.', '/', '"']);

/**
 * Reads a value: a quoted string, whose content it returns, or everything up to white space, a comment or a separator. A quoted
 * string inside (the local part of an address) stays as written.
 */
export function readValue<Deviation extends string>(cursor: Cursor<Deviation>): string {
  const start = cursor.at;
  if (isAt(cursor, '"')) {
    const content = passQuoted(cursor);
    if (endsWord(cursor)) return content;
  }
  skipWord(cursor);
  return cursor.text.slice(start, cursor.at);
}

/** Moves to the end of a word, quoted strings in it included. */
export function skipWord<Deviation extends string>(cursor: Cursor<Deviation>): void {
  while (!endsWord(cursor)) {
    if (isAt(cursor, '"')) passQuoted(cursor);
    else cursor.at++;
  }
}

/** Moves to the next separator outside comments and quoted strings. */
export function skipPart<Deviation extends string>(cursor: Cursor<Deviation>): void {
  for (pass(cursor); !atEnd(cursor) && !atSeparator(cursor); pass(cursor)) skipWord(cursor);
}

function endsWord(cursor: Cursor<string>): boolean {
  return atEnd(cursor) || atSeparator(cursor) || isAt(cursor, '(') || isWsp(cursor.text.charCodeAt(cursor.at));
}

function passQuoted<Deviation extends string>(cursor: Cursor<Deviation>): string {
  const quoted = readQuotedString(cursor.text, cursor.at);
  cursor.at = quoted.end;
  noteProblem(cursor, quoted.problem);
  return quoted.value;
}

function noteProblem<Deviation extends string>(cursor: Cursor<Deviation>, problem: LexicalProblem | null): void {
  if (problem === 'comment-too-deep') cursor.deviations.add('comment-too-deep');
  else if (problem !== null) cursor.deviations.add('unclosed');
}
