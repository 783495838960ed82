/**
 * Decides which server results this reader may believe. Implements RFC 8601 §5 and §7.1 and RFC 7208 §9.1 for a reader who knows the
 * names of their own servers, not their machinery.
 *
 * The rule: a field counts when it is above the Received field in which the reader's servers received the message
 * (src/trace/boundary.ts finds it) *and* bears an authserv-id the reader accepted *and* can be read without guessing. Anyone can
 * write the name; only the place shows who wrote it.
 *
 * Directly below that Received field stand the results of servers that write them there (Gmail, milters inserting at position 1), but
 * also whatever the sender put on top of the message. They count only where the reader's settings say how many the server *always*
 * writes: the first so many are then the server's, whatever the sender added. The end of the last of them is uncertain, since a first
 * line of DATA that begins with a blank continues it where a server does not guard against that.
 *
 * ARC-Authentication-Results are listed only where believed: above the boundary the own server wrote them like the other field, and
 * some (Gmail) write only that one there. Below it they are the business of the ARC chain.
 */
import { asciiEqual, asciiLower, bytesToText } from '../bytes/ascii.ts';
import { isWithin, parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import { readComment, readQuotedString } from '../syntax/cfws.ts';
import { parseArcAuthenticationResults, parseAuthenticationResults } from './parse.ts';
import { parseReceivedSpf } from './received-spf.ts';
import type {
  AuthenticationDeviation,
  Distrust,
  ParsedAuthenticationResults,
  ReceivedSpfDeviation,
  ReceivedSpfReport,
  ServerResult,
  TrustBoundary,
  TrustSettings,
} from './types.ts';

/** Deviations after which text of the sender, badly quoted by an honest server, could have become a result (RFC 8601 §7.1, §7.8). */
const UNREADABLE: ReadonlySet<AuthenticationDeviation | ReceivedSpfDeviation> = new Set([
  'comment-too-deep',
  'empty',
  'missing-separator',
  'stray-part',
  'too-long',
  'too-many-pairs',
  'too-many-results',
  'unclosed',
  'unknown-version',
  'unparsable-rest',
]);

/**
 * The Authentication-Results fields of a message, topmost first, each with whether it is believed; with them the
 * ARC-Authentication-Results that are. At most `LIMITS.resultFields` of each.
 */
export function readServerResults(
  message: Message,
  trust: TrustSettings,
  boundary: TrustBoundary,
): readonly ServerResult[] {
  const fields = fieldsNamed(message, 'authentication-results').slice(0, LIMITS.resultFields);
  const places = placesBelowEntry(fields, trust, boundary);
  const results = fields.map((field) => {
    const parsed = withLength(parseAuthenticationResults(fieldText(message, field)), field);
    const place = places.includes(field) ? null : placeOf(field, boundary);
    if (place !== null || field !== places.at(-1)) {
      return report(parsed, field, place, trust, boundary);
    }
    // The sender's own lines follow, and a first one that begins with a blank continues this field.
    const surely = surelyWritten(bytesToText(message.raw.subarray(field.valueStart, field.end)));
    const result = report(surely, field, place, trust, boundary);
    return result.trusted ? result : { ...result, methods: parsed.methods, deviations: parsed.deviations };
  });
  for (const field of fieldsNamed(message, 'arc-authentication-results').slice(0, LIMITS.resultFields)) {
    const parsed = withLength(parseArcAuthenticationResults(fieldText(message, field)), field);
    const { authservId, version, methods, deviations } = parsed;
    const place = placeOf(field, boundary);
    const result = report({ authservId, version, methods, deviations }, field, place, trust, boundary);
    if (result.trusted) results.push(result);
  }
  return nameCopies(results.sort((left, right) => left.field - right.field));
}

/**
 * The fields directly below the field of entry that the own server is known to write there. Each place is spent by the field that is in
 * it, whoever it names and whether or not it can be read: what is below is not the server's.
 */
function placesBelowEntry(
  fields: readonly HeaderField[],
  { resultsBelowEntry = 0 }: TrustSettings,
  boundary: TrustBoundary,
): readonly HeaderField[] {
  // How many stand there is known of the own server, not of a forwarder before it.
  if (boundary.forwarders.length > 0) return [];
  return fields.filter((field) => placeOf(field, boundary) === 'next-to-boundary').slice(0, resultsBelowEntry);
}

/**
 * The results of a field that no line of the sender can have added or changed: those up to the first line that does not follow a `;`, and
 * up to the second result of one method, several signatures in a row apart (RFC 8601 §2.7.1).
 */
function surelyWritten(value: string): ParsedAuthenticationResults {
  const text = beforeDoubt(value);
  const { methods, deviations, ...rest } = parseAuthenticationResults(text);
  const again = methods.findIndex(
    ({ method }, at) =>
      methods.findIndex((other) => other.method === method) < at &&
      !(method === 'dkim' && methods[at - 1]?.method === method),
  );
  const isCut = again >= 0 || text.length < value.length;
  return {
    ...rest,
    methods: again < 0 ? methods : methods.slice(0, again),
    deviations: isCut ? [...deviations, 'uncertain-end'] : deviations,
  };
}

/** A server's own text is complete: a line can have been added only outside comments and quoted strings. */
function beforeDoubt(value: string): string {
  let last = '';
  for (let at = 0; at < value.length; at++) {
    const character = value[at] ?? '';
    if (character === '"' || character === '(') {
      at = (character === '"' ? readQuotedString(value, at) : readComment(value, at)).end - 1;
    } else if (character === '\n' && last !== '' && last !== ';') {
      return value.slice(0, value[at - 1] === '\r' ? at - 1 : at);
    }
    if (!' \t\r\n'.includes(character)) last = character;
  }
  return value;
}

/** Tells copies: below the boundary, under a name that also is above it. */
function nameCopies(results: readonly ServerResult[]): readonly ServerResult[] {
  const believed = new Set(results.flatMap(({ trusted, authservId }) => (trusted ? comparable(authservId) : [])));
  return results.map((result) =>
    result.distrust === 'below-boundary' && believed.has(comparable(result.authservId))
      ? { ...result, distrust: 'copied-authserv-id' }
      : result,
  );
}

function comparable(authservId: string | null): string {
  return parseDomain(authservId ?? '') ?? asciiLower(authservId ?? '');
}

/** The Received-SPF fields of a message, topmost first, each with whether it is believed. At most `LIMITS.resultFields`. */
export function readReceivedSpf(
  message: Message,
  trust: TrustSettings,
  boundary: TrustBoundary,
): readonly ReceivedSpfReport[] {
  return fieldsNamed(message, 'received-spf')
    .slice(0, LIMITS.resultFields)
    .map((field) => {
      const parsed = withLength(parseReceivedSpf(fieldText(message, field)), field);
      const name = nameDistrust(receiverOf(parsed), trust, boundary);
      const distrust = judge(parsed.deviations, name, placeOf(field, boundary));
      return { field: field.index, ...parsed, trusted: distrust === null, distrust };
    });
}

/** Whether an authserv-id is one of those the reader accepted (RFC 8601 §5), compared without regard to case as domain names are (RFC 4343 §3). */
export function isTrustedId(authservId: string, accepted: readonly string[]): boolean {
  return isAccepted(authservId, accepted) || isAccepted(withoutJob(authservId), accepted);
}

/** OpenDKIM can write the number of its job behind the name (AuthservIDWithJobID): `mx.example/C741440440`. */
function withoutJob(authservId: string): string {
  const slash = authservId.indexOf('/');
  return slash < 0 ? authservId : authservId.slice(0, slash);
}

function isAccepted(authservId: string, accepted: readonly string[]): boolean {
  return accepted.some((entry) => {
    const below = entry.startsWith('*.');
    const name = parseDomain(below ? entry.slice(2) : entry);
    const id = parseDomain(authservId);
    // An id need not be a domain (RFC 8601 §2.5); then only the same characters are the same id.
    if (name === undefined || id === undefined) return !below && asciiEqual(entry, authservId);
    return below ? id !== name && isWithin(id, name) : id === name;
  });
}

/** Forwarders that the reader's servers are known to have taken this message from speak for it under their own names. */
function isForwarderId(authservId: string, { forwarders }: TrustBoundary): boolean {
  const id = parseDomain(authservId);
  return id !== undefined && forwarders.some((forwarder) => isWithin(id, forwarder));
}

/** Signs of the field's own grammar (RFC 8601 §2.2) and control characters: no server is called so. */
const NOT_IN_NAMES = /[;=()"\\\p{Cc}]/u;

function report(
  parsed: ParsedAuthenticationResults,
  field: HeaderField,
  place: Distrust | null,
  trust: TrustSettings,
  boundary: TrustBoundary,
): ServerResult {
  const byPlace = parsed.authservId === null && trust.withoutAuthservId === true;
  const name = byPlace ? null : nameDistrust(parsed.authservId, trust, boundary);
  const distrust = judge(parsed.deviations, name, place);
  const trusted = distrust === null;
  return {
    field: field.index,
    ...parsed,
    trusted,
    distrust,
    server:
      parsed.authservId === null ? (trusted ? boundary.host : null) : nameForPeople(withoutJob(parsed.authservId)),
    ownPlace: name === null && place === null,
  };
}

/** A name with spaces in it could read like a sentence of ours, so it is in quotes. */
function nameForPeople(name: string): string {
  return /\s/.test(name) ? JSON.stringify(name) : name;
}

/** Names the deviation that the parser cannot see: the field was cut before it came there. */
function withLength<Parsed extends { readonly deviations: readonly string[] }>(
  parsed: Parsed,
  field: HeaderField,
): Parsed {
  if (field.end - field.valueStart <= LIMITS.fieldValueBytes) return parsed;
  return { ...parsed, deviations: [...parsed.deviations, 'too-long'] };
}

/** The first reason that applies, in the order of {@link Distrust}. */
function judge(
  deviations: readonly (AuthenticationDeviation | ReceivedSpfDeviation)[],
  name: Distrust | null,
  place: Distrust | null,
): Distrust | null {
  return isUnreadable(deviations) ? 'unreadable' : (name ?? place);
}

/** Whether text of a stranger could have become a result (RFC 8601 §7.8): then nothing of the field is believed. */
export function isUnreadable(deviations: readonly (AuthenticationDeviation | ReceivedSpfDeviation)[]): boolean {
  return deviations.some((deviation) => UNREADABLE.has(deviation));
}

/** Why the name of a field is not one to believe. */
function nameDistrust(id: string | null, trust: TrustSettings, boundary: TrustBoundary): Distrust | null {
  if (trust.authservIds.length === 0 && trust.withoutAuthservId !== true) return 'nobody-trusted';
  if (id === null) return 'no-authserv-id';
  if (isTrustedId(id, trust.authservIds) || isForwarderId(id, boundary)) return null;
  return NOT_IN_NAMES.test(id) ? 'malformed-authserv-id' : 'unknown-authserv-id';
}

/** Why the place of a field is not one to believe, whatever its name. */
function placeOf({ index }: HeaderField, { entryField, nextReceived }: TrustBoundary): Distrust | null {
  if (entryField === null || nextReceived === null) return 'no-boundary';
  if (index < entryField) return null;
  return index < nextReceived ? 'next-to-boundary' : 'below-boundary';
}

/**
 * Who wrote a Received-SPF field: `receiver=` (RFC 7208 §9.1), of which some write the recipient's address, or else the host that the
 * comment starts with (`mx.example.org: domain of …`).
 */
function receiverOf(parsed: {
  readonly comment: string | null;
  readonly pairs: Readonly<Record<string, string>>;
}): string | null {
  const receiver = new Map(Object.entries(parsed.pairs)).get('receiver');
  if (receiver !== undefined) return asciiLower(receiver.slice(receiver.lastIndexOf('@') + 1));
  const colon = parsed.comment?.indexOf(':') ?? -1;
  return colon > 0 ? asciiLower(parsed.comment?.slice(0, colon) ?? '') : null;
}
