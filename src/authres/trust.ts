/**
 * Decides which server results this reader may believe. Implements RFC 8601 §5 and §7.1 and RFC 7208 §9.1 for a reader who knows the
 * names of his own servers, not their machinery.
 *
 * The rule: a field counts when it stands above the Received field in which the reader's own side took the message in
 * (src/trace/boundary.ts finds it) *and* bears an authserv-id the reader accepted *and* can be read without guessing. Anyone can
 * write the name; only the place shows who wrote it.
 *
 * Directly below that Received field stand the results of servers that write them there (Gmail, milters inserting at position 1), but
 * also whatever the sender put on top of his message. They count only where the reader's settings say how many the server *always*
 * writes: the first so many are then the server's, whatever the sender added.
 *
 * ARC-Authentication-Results are listed only where believed: above the boundary the own server wrote them like the other field, and
 * some (Gmail) write only that one there. Below it they are the business of the ARC chain.
 */
import { asciiEqual, asciiLower } from '../bytes/ascii.ts';
import { isWithin, parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
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
  const results: ServerResult[] = [];
  // How many stand there is known of the own server, not of a forwarder before it.
  let left = boundary.forwarders.length > 0 ? 0 : (trust.resultsBelowEntry ?? 0);
  for (const field of fieldsNamed(message, 'authentication-results').slice(0, LIMITS.resultFields)) {
    const parsed = withLength(parseAuthenticationResults(fieldText(message, field)), field);
    let distrust = judge(parsed.deviations, parsed.authservId, field, trust, boundary);
    if (distrust === 'next-to-boundary' && left > 0) {
      left--;
      distrust = null;
    }
    results.push(report(parsed, field, distrust));
  }
  for (const field of fieldsNamed(message, 'arc-authentication-results').slice(0, LIMITS.resultFields)) {
    const parsed = withLength(parseArcAuthenticationResults(fieldText(message, field)), field);
    const { authservId, version, methods, deviations } = parsed;
    const distrust = judge(deviations, authservId, field, trust, boundary);
    if (distrust === null) results.push(report({ authservId, version, methods, deviations }, field, null));
  }
  return nameCopies(results.sort((left, right) => left.field - right.field));
}

/** Tells copies: below the boundary, under a name that also stands above it. */
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
      const distrust = judge(parsed.deviations, receiverOf(parsed), field, trust, boundary);
      return { field: field.index, ...parsed, trusted: distrust === null, distrust };
    });
}

/** Whether an authserv-id is one of those the reader accepted (RFC 8601 §2.5: compared without regard to case; RFC 8601 §5). */
export function isTrustedId(authservId: string, accepted: readonly string[]): boolean {
  return accepted.some((entry) => {
    const below = entry.startsWith('*.');
    const name = parseDomain(below ? entry.slice(2) : entry);
    const id = parseDomain(authservId);
    // An id need not be a domain (RFC 8601 §2.5); then only the same characters are the same id.
    if (name === undefined || id === undefined) return !below && asciiEqual(entry, authservId);
    return below ? id !== name && isWithin(id, name) : id === name;
  });
}

/** Forwarders that the own side is known to have taken this message from speak for it under their own names. */
function isForwarderId(authservId: string, { forwarders }: TrustBoundary): boolean {
  const id = parseDomain(authservId);
  return id !== undefined && forwarders.some((forwarder) => isWithin(id, forwarder));
}

/** Signs of the field's own grammar (RFC 8601 §2.2) and control characters: no server is called so. */
const NOT_IN_NAMES = /[;=()"\\\p{Cc}]/u;

function report(parsed: ParsedAuthenticationResults, field: HeaderField, distrust: Distrust | null): ServerResult {
  return { field: field.index, ...parsed, trusted: distrust === null, distrust };
}

/** Names the deviation that the parser cannot see: the field was cut before it came there. */
function withLength<Parsed extends { readonly deviations: readonly string[] }>(
  parsed: Parsed,
  field: HeaderField,
): Parsed {
  if (field.end - field.valueStart <= LIMITS.fieldValueBytes) return parsed;
  return { ...parsed, deviations: [...parsed.deviations, 'too-long'] };
}

function judge(
  deviations: readonly (AuthenticationDeviation | ReceivedSpfDeviation)[],
  id: string | null,
  field: HeaderField,
  trust: TrustSettings,
  boundary: TrustBoundary,
): Distrust | null {
  if (deviations.some((deviation) => UNREADABLE.has(deviation))) return 'unreadable';
  if (trust.authservIds.length === 0) return 'nobody-trusted';
  if (id === null) return 'no-authserv-id';
  if (!isTrustedId(id, trust.authservIds) && !isForwarderId(id, boundary)) {
    return NOT_IN_NAMES.test(id) ? 'malformed-authserv-id' : 'unknown-authserv-id';
  }
  if (boundary.entryField === null || boundary.nextReceived === null) return 'no-boundary';
  if (field.index < boundary.entryField) return null;
  return field.index < boundary.nextReceived ? 'next-to-boundary' : 'below-boundary';
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
