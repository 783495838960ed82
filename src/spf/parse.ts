/**
 * The text of an SPF record as typed terms with their byte offsets, and every syntax problem with its place. Implements the
 * grammar of RFC 7208 §4.5, §4.6.1, §5, §6, §7.1 and §12 and the record form of RFC 4406 §3.1.
 *
 * TXT data holds one character per octet, so an index into the text is a byte offset. Never throws; linear in the text.
 *
 * Known differences: a modifier other than redirect= and exp= must hold a legal macro-string (RFC 7208 §12), but the letters c,
 * r and t, which §7.2 allows in explanations only, are an error there too.
 */
import { createMemo } from '../bytes/memo.ts';
import { LIMITS } from '../limits.ts';
import { parseTerm } from './term.ts';
import type { ParsedSpfRecord, SpfProblem, SpfTerm, SpfVersion } from './types.ts';

/** Characters of a faulty term that are kept as evidence. */
const PROBLEM_TERM_CHARACTERS = 100;

/** Records read before: every check of a message reads the same few again, and reading takes longer than finding them here. */
const readRecords = createMemo<ParsedSpfRecord>(LIMITS.parsedSpfRecords);
/** Longer ones, which hardly any domain needs, are not worth the memory. */
const REMEMBERED_OCTETS = 2048;

/**
 * Reads a record whose version section is known (`readVersion`).
 * @returns the terms that could be read and all problems, up to LIMITS.spfProblems
 */
export function parseSpfRecord(text: string, version: SpfVersion): ParsedSpfRecord {
  const read = (): ParsedSpfRecord => readRecord(text, version);
  return text.length > REMEMBERED_OCTETS ? read() : readRecords.get(`${version.length} ${text}`, read);
}

function readRecord(text: string, version: SpfVersion): ParsedSpfRecord {
  const terms: SpfTerm[] = [];
  const problems: SpfProblem[] = [];
  if (text.length > LIMITS.spfRecordBytes) return { text, version, terms, problems, cut: 'record-too-long' };
  const seen = new Set<string>();
  let at = version.length;
  while (at < text.length && problems.length < LIMITS.spfProblems) {
    // Terms are separated by one or more spaces and by nothing else (RFC 7208 §4.6.1).
    if (text.charAt(at) === ' ') {
      at++;
      continue;
    }
    const end = endOfTerm(text, at);
    if (terms.length + problems.length >= LIMITS.spfTerms) {
      return { text, version, terms, problems, cut: 'too-many-terms' };
    }
    const written = text.slice(at, end);
    const parsed = parseTerm(written, at);
    const repeated = parsed.ok && (parsed.value.kind === 'redirect' || parsed.value.kind === 'exp');
    if (!parsed.ok) {
      problems.push({ code: parsed.code, at: parsed.at, term: written.slice(0, PROBLEM_TERM_CHARACTERS) });
    } else if (repeated && seen.has(parsed.value.kind)) {
      problems.push({ code: 'duplicate-modifier', at, term: written.slice(0, PROBLEM_TERM_CHARACTERS) });
    } else {
      seen.add(parsed.value.kind);
      terms.push(parsed.value);
    }
    at = end;
  }
  return { text, version, terms, problems, cut: null };
}

function endOfTerm(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space < 0 ? text.length : space;
}
