/**
 * Reads Authentication-Results and ARC-Authentication-Results. Implements RFC 8601 §2.2 and RFC 8617 §4.1.1; updated for results of
 * RFC 9989 (DMARC), which need nothing new.
 *
 * Known differences: what servers write against the grammar is read as well, and named in `deviations`: no authserv-id (Exchange),
 * bare parts and untyped properties (Exchange), missing and superfluous separators, characters outside the MIME token set in values
 * (base64 in header.b), comments after any token. Nothing unknown is dropped: methods, results and property types are kept as written.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { unfoldValue } from '../syntax/cfws.ts';
import { atEnd, atSeparator, isAt, openCursor, pass, readKeyword, readValue, skipPart, skipWord } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type {
  AuthenticationDeviation,
  AuthenticationProperty,
  MethodResult,
  ParsedArcAuthenticationResults,
  ParsedAuthenticationResults,
} from './types.ts';

/**
 * Methods of the IANA registry (RFC 8601 §6.2) and those seen in the field. Only for one purpose: where a separator is missing, a
 * `name=value` with such a name starts a result and is not a property of the one before.
 */
const METHODS: ReadonlySet<string> = new Set([
  'arc',
  'auth',
  'bimi',
  'compauth',
  'dkim',
  'dkim-adsp',
  'dkim-atps',
  'dmarc',
  'dnswl',
  'domainkeys',
  'iprev',
  'rrvs',
  'sender-id',
  'smime',
  'spf',
  'vbr',
]);

/** Reads the value of an Authentication-Results field, unfolded or not. Never throws for content. */
export function parseAuthenticationResults(value: string): ParsedAuthenticationResults {
  return readPayload(openCursor<AuthenticationDeviation>(unfoldValue(value)));
}

/** Reads the value of an ARC-Authentication-Results field: `i=1;` and then the same. Never throws for content. */
export function parseArcAuthenticationResults(value: string): ParsedArcAuthenticationResults {
  const cursor = openCursor<AuthenticationDeviation>(unfoldValue(value));
  const instance = readInstance(cursor);
  return { instance, ...readPayload(cursor) };
}

function readInstance(cursor: Cursor<AuthenticationDeviation>): number | null {
  pass(cursor);
  const start = cursor.at;
  if (asciiLower(readKeyword(cursor)) === 'i') {
    pass(cursor);
    if (isAt(cursor, '=')) {
      cursor.at++;
      pass(cursor);
      const number = readValue(cursor);
      pass(cursor);
      if (isAt(cursor, ';')) cursor.at++;
      // RFC 8617 §4.2.1: 1 to 50.
      return /^[1-9][0-9]?$/.test(number) && Number(number) <= LIMITS.arcSets ? Number(number) : null;
    }
  }
  cursor.at = start;
  return null;
}

function readPayload(cursor: Cursor<AuthenticationDeviation>): ParsedAuthenticationResults {
  pass(cursor);
  const authservId = readAuthservId(cursor);
  const version = authservId === null ? 1 : readVersion(cursor);
  if (version !== 1) cursor.deviations.add('unknown-version');

  const methods: MethodResult[] = [];
  let saidNone = false;
  let first = authservId === null; // without an authserv-id the first result has no separator before it
  while (!atEnd(cursor)) {
    if (atSeparator(cursor)) cursor.at++;
    else if (!first) cursor.deviations.add('missing-separator');
    first = false;
    if (methods.length >= LIMITS.methodResults) {
      cursor.deviations.add('too-many-results');
      break;
    }
    const part = readPart(cursor);
    if (part === 'none') saidNone = true;
    else if (part) methods.push(part);
    pass(cursor);
  }
  if (methods.length === 0 && !saidNone) cursor.deviations.add('empty');
  return { authservId, version, methods, deviations: [...cursor.deviations] };
}

/** The authserv-id, or null with the cursor where it was, when the value starts with a result or a separator. */
function readAuthservId(cursor: Cursor<AuthenticationDeviation>): string | null {
  const start = cursor.at;
  const quoted = isAt(cursor, '"');
  const id = quoted ? readValue(cursor) : readToken(cursor);
  pass(cursor);
  if (id !== '' && (quoted || !isAt(cursor, '='))) return id;
  cursor.at = start;
  cursor.deviations.add('no-authserv-id');
  return null;
}

/** A word that may contain dots and slashes, but ends before `=`, which is not in a MIME token (RFC 2045 §5.1). */
function readToken(cursor: Cursor<AuthenticationDeviation>): string {
  const start = cursor.at;
  for (;;) {
    readKeyword(cursor);
    if (!isAt(cursor, '.') && !isAt(cursor, '/')) return cursor.text.slice(start, cursor.at);
    cursor.at++;
  }
}

/** RFC 8601 §2.2 authres-version; 1 where absent. */
function readVersion(cursor: Cursor<AuthenticationDeviation>): number {
  const start = cursor.at;
  const word = readToken(cursor);
  pass(cursor);
  if (/^[0-9]{1,9}$/.test(word) && (atEnd(cursor) || atSeparator(cursor))) return Number(word);
  cursor.at = start;
  return 1;
}

/** One resinfo (RFC 8601 §2.2), or the word of a no-result. */
function readPart(cursor: Cursor<AuthenticationDeviation>): MethodResult | 'none' | undefined {
  pass(cursor);
  if (atEnd(cursor) || atSeparator(cursor)) {
    cursor.deviations.add('empty-part');
    return undefined;
  }
  const start = cursor.at;
  const method = asciiLower(readKeyword(cursor));
  pass(cursor);
  if (method === 'none' && (atEnd(cursor) || atSeparator(cursor))) return 'none';
  const version = readMethodVersion(cursor);
  if (method === '' || !isAt(cursor, '=')) {
    skipPart(cursor);
    cursor.deviations.add(isPlainDomain(trimWsp(cursor.text.slice(start, cursor.at))) ? 'stray-domain' : 'stray-part');
    return undefined;
  }
  cursor.at++;
  pass(cursor);
  const result = asciiLower(readValue(cursor));
  if (result === '') cursor.deviations.add('unparsable-rest');
  return { method, version, result, ...readDetails(cursor) };
}

/** A name of two labels or more, with nothing beside it. */
function isPlainDomain(part: string): boolean {
  return part.includes('.') && parseDomain(part) !== undefined;
}

function readMethodVersion(cursor: Cursor<AuthenticationDeviation>): number | null {
  if (!isAt(cursor, '/')) return null;
  cursor.at++;
  pass(cursor);
  const word = readKeyword(cursor);
  pass(cursor);
  if (/^[0-9]{1,9}$/.test(word)) return Number(word);
  cursor.deviations.add('unparsable-rest');
  return null;
}

/** reasonspec and propspecs up to the next separator, or to a result that starts without one. */
function readDetails(
  cursor: Cursor<AuthenticationDeviation>,
): Pick<MethodResult, 'reason' | 'properties' | 'comments'> {
  const properties: AuthenticationProperty[] = [];
  const comments = [...pass(cursor)];
  let reason: string | null = null;
  for (; !atEnd(cursor) && !atSeparator(cursor); comments.push(...pass(cursor))) {
    const start = cursor.at;
    const name = asciiLower(readKeyword(cursor));
    pass(cursor);
    if (name !== '' && isAt(cursor, '=') && METHODS.has(name)) {
      cursor.at = start;
      break;
    }
    const property = name === '' ? undefined : readProperty(cursor, name);
    if (!property) {
      cursor.deviations.add('unparsable-rest');
      if (cursor.at === start) skipWord(cursor);
    } else if (property.ptype === '' && name === 'reason' && reason === null) {
      reason = property.value;
    } else {
      if (property.ptype === '') cursor.deviations.add('untyped-property');
      if (properties.length < LIMITS.methodProperties) properties.push(property);
      else cursor.deviations.add('too-many-results');
    }
  }
  return { reason, properties, comments: comments.slice(0, LIMITS.methodProperties) };
}

/** `.property=value` or `=value` after a name; undefined where neither follows. */
function readProperty(cursor: Cursor<AuthenticationDeviation>, name: string): AuthenticationProperty | undefined {
  let ptype = '';
  let property = name;
  if (isAt(cursor, '.')) {
    cursor.at++;
    pass(cursor);
    ptype = name;
    property = asciiLower(readToken(cursor));
    pass(cursor);
  }
  if (property === '' || !isAt(cursor, '=')) return undefined;
  cursor.at++;
  pass(cursor);
  return { ptype, property, value: readValue(cursor) };
}
