/** The tokens of an address list. Implements the lexical part of RFC 5322 §3.4; updated by RFC 6532 §3.2. */
import { isWsp } from '../bytes/ascii.ts';
import { isAtext, readComment, readDomainLiteral, readQuotedString, skipFws } from '../syntax/cfws.ts';

export interface Token {
  /** An `atom` here holds dots as well; `special` is one of `< > , ; : @`. */
  readonly kind: 'atom' | 'quoted' | 'literal' | 'comment' | 'special';
  /** As written, with delimiters. */
  readonly raw: string;
  /** The content: without delimiters, quoted pairs resolved. */
  readonly value: string;
  /** Whether white space or a comment is before it. */
  readonly spaced: boolean;
  /** Whether its delimiters are both there. */
  readonly closed: boolean;
}

export interface TokenList {
  readonly tokens: readonly Token[];
  /** Something is not closed, or a character is where none may. */
  readonly malformed: boolean;
}

const DOT = 0x2e;

/**
 * An encoded word as a token. Senders leave `,` `:` `;` or brackets unencoded in it (against RFC 2047 §5 rule 3); an address cannot
 * hide in one without `@` or `<`.
 */
const ENCODED_WORD = /=\?[^?\s]+\?[BbQq]\?[^?\s<>@"()\\]*\?=/y;

/** Splits an unfolded value into tokens; every character is in one of them, or is white space. */
export function tokenizeAddresses(text: string): TokenList {
  const tokens: Token[] = [];
  let malformed = false;
  let spaced = false;
  for (let at = 0; at < text.length;) {
    const start = at;
    const char = text.charAt(at);
    if (isWsp(text.charCodeAt(at))) {
      at = skipFws(text, at);
      spaced = true;
      continue;
    }
    if (char === '(' || char === '"' || char === '[') {
      const read = char === '(' ? readComment : char === '"' ? readQuotedString : readDomainLiteral;
      const { value, end, problem } = read(text, at);
      if (problem !== null) malformed = true;
      at = end;
      tokens.push({ kind: KINDS[char], raw: text.slice(start, end), value, spaced, closed: problem === null });
      spaced = char === '(';
    } else if ('<>,;:@'.includes(char)) {
      tokens.push({ kind: 'special', raw: char, value: char, spaced, closed: true });
      at++;
      spaced = false;
    } else {
      const run = readRun(text, at);
      if (run.malformed) malformed = true;
      at = run.end;
      const raw = text.slice(start, at);
      tokens.push({ kind: 'atom', raw, value: raw, spaced, closed: true });
      spaced = false;
    }
  }
  return { tokens, malformed };
}

const KINDS = { '(': 'comment', '"': 'quoted', '[': 'literal' } as const;

/** A run of atext and dots. A control character or a stray `)`, `]` or `\` becomes part of it and makes it malformed. */
function readRun(text: string, at: number): { readonly end: number; readonly malformed: boolean } {
  let end = at;
  let malformed = false;
  while (end < text.length && !isWsp(text.charCodeAt(end)) && !'<>,;:@("['.includes(text.charAt(end))) {
    ENCODED_WORD.lastIndex = end;
    if (text.startsWith('=?', end) && ENCODED_WORD.test(text)) {
      end = ENCODED_WORD.lastIndex;
      continue;
    }
    const code = text.charCodeAt(end);
    if (!isAtext(code) && code !== DOT) malformed = true;
    end++;
  }
  return { end, malformed };
}
