/**
 * The lexical tokens that structured header fields share: folding white space, comments, atoms, dot-atoms, quoted strings and
 * domain literals. Implements RFC 5322 §3.2 and §3.4.1; updated by RFC 6532 §3.2 (any character above ASCII is atext).
 *
 * Every function reads forward from one position, never recurses and never looks at a character twice, so a parser built on them
 * takes linear time on any input. They work on unfolded values ({@link unfoldValue}): SP and HTAB are the only white space.
 *
 * Known differences: control characters are accepted inside comments and quoted strings (RFC 5322 §4.1 obs-ctext, obs-qtext); a
 * comment nested deeper than `LIMITS.commentDepth` ends the value.
 */
import { isWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';

/** Why a token could not be read to its end. */
export type LexicalProblem =
  'comment-unclosed' | 'comment-too-deep' | 'quoted-string-unclosed' | 'domain-literal-unclosed';

export interface Lexeme {
  /** The content: without delimiters and with quoted pairs resolved. */
  readonly value: string;
  /** Position after the token; the end of the text where the token is not closed. */
  readonly end: number;
  readonly problem: LexicalProblem | null;
}

export interface Cfws {
  /** Position of the first character that is neither white space nor part of a comment. */
  readonly end: number;
  /** Content of the comments passed, outermost parentheses removed, in order. */
  readonly comments: readonly string[];
  readonly problem: LexicalProblem | null;
}

const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const DOT = 0x2e;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;

/** Undoes folding (RFC 5322 §2.2.3) and drops a final line end; harmless on a value that is unfolded already. */
export function unfoldValue(text: string): string {
  return text.replace(/\r?\n(?=[ \t])/g, '').replace(/\r?\n$/, '');
}

/** RFC 5322 §3.2.3 atext with RFC 6532 §3.2: letters, digits, the listed marks, everything above ASCII. */
export function isAtext(code: number): boolean {
  if (code >= 0x80) return true;
  if (code <= 0x20 || code === 0x7f) return false;
  return !isSpecial(code);
}

/** RFC 5322 §3.2.3 specials: `( ) < > [ ] : ; @ \ , . "`. */
export function isSpecial(code: number): boolean {
  switch (code) {
    case QUOTE:
    case OPEN:
    case CLOSE:
    case 0x2c: // ,
    case DOT:
    case 0x3a: // :
    case 0x3b: // ;
    case 0x3c: // <
    case 0x3e: // >
    case 0x40: // @
    case OPEN_BRACKET:
    case BACKSLASH:
    case CLOSE_BRACKET:
      return true;
    default:
      return false;
  }
}

/** Position of the first character at or after `at` that is no SP or HTAB. */
export function skipFws(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWsp(text.charCodeAt(end))) end++;
  return end;
}

/** Passes white space and comments, as they may stand between any two tokens (RFC 5322 §3.2.2 CFWS). */
export function skipCfws(text: string, at: number): Cfws {
  const comments: string[] = [];
  let end = skipFws(text, at);
  while (text.charCodeAt(end) === OPEN) {
    const comment = readComment(text, end);
    comments.push(comment.value);
    if (comment.problem !== null) return { end: comment.end, comments, problem: comment.problem };
    end = skipFws(text, comment.end);
  }
  return { end, comments, problem: null };
}

/** Reads the comment that opens at `at`, with the ones nested in it (RFC 5322 §3.2.2). Throws RangeError where none opens. */
export function readComment(text: string, at: number): Lexeme {
  expect(text, at, OPEN, 'comment');
  let depth = 1;
  let escaped = false;
  for (let end = at + 1; end < text.length; end++) {
    switch (text.charCodeAt(end)) {
      case BACKSLASH:
        escaped = true;
        end++;
        break;
      case OPEN:
        depth++;
        if (depth > LIMITS.commentDepth) {
          return { value: content(text, at + 1, end, escaped), end: text.length, problem: 'comment-too-deep' };
        }
        break;
      case CLOSE:
        depth--;
        if (depth === 0) return { value: content(text, at + 1, end, escaped), end: end + 1, problem: null };
        break;
      default:
    }
  }
  return { value: content(text, at + 1, text.length, escaped), end: text.length, problem: 'comment-unclosed' };
}

/** Reads the quoted string that opens at `at` (RFC 5322 §3.2.4). Throws RangeError where none opens. */
export function readQuotedString(text: string, at: number): Lexeme {
  expect(text, at, QUOTE, 'quoted string');
  return readDelimited(text, at, QUOTE, 'quoted-string-unclosed');
}

/** Reads the domain literal that opens at `at`, brackets not included in the value (RFC 5322 §3.4.1). Throws RangeError where none opens. */
export function readDomainLiteral(text: string, at: number): Lexeme {
  expect(text, at, OPEN_BRACKET, 'domain literal');
  return readDelimited(text, at, CLOSE_BRACKET, 'domain-literal-unclosed');
}

/** Reads 1*atext (RFC 5322 §3.2.3); `end` is `at` where there is none. Surrounding CFWS is the caller's. */
export function readAtom(text: string, at: number): Lexeme {
  let end = at;
  while (end < text.length && isAtext(text.charCodeAt(end))) end++;
  return { value: text.slice(at, end), end, problem: null };
}

/** Reads 1*atext *("." 1*atext) (RFC 5322 §3.2.3); a dot that no atext follows is left to the caller. */
export function readDotAtom(text: string, at: number): Lexeme {
  let { end } = readAtom(text, at);
  while (end > at && text.charCodeAt(end) === DOT) {
    const next = readAtom(text, end + 1).end;
    if (next === end + 1) break;
    end = next;
  }
  return { value: text.slice(at, end), end, problem: null };
}

function readDelimited(text: string, at: number, close: number, unclosed: LexicalProblem): Lexeme {
  let escaped = false;
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === close) return { value: content(text, at + 1, end, escaped), end: end + 1, problem: null };
    if (code === BACKSLASH) {
      escaped = true;
      end++;
    }
  }
  return { value: content(text, at + 1, text.length, escaped), end: text.length, problem: unclosed };
}

/** The text between two positions with quoted pairs resolved (RFC 5322 §3.2.1). */
function content(text: string, start: number, end: number, escaped: boolean): string {
  const slice = text.slice(start, end);
  return escaped ? slice.replace(/\\([\s\S])/g, '$1') : slice;
}

function expect(text: string, at: number, code: number, what: string): void {
  if (text.charCodeAt(at) !== code) throw new RangeError(`no ${what} opens at ${at}`);
}
