/**
 * Reads one Received field. Implements RFC 5321 §4.4, RFC 5322 §3.6.7, RFC 3848 and RFC 8314 §4.3 (protocol keywords and TLS clauses) and
 * RFC 3865 §2.6 (SOLICIT=), and the forms that servers use instead: Postfix, Exim, Sendmail, qmail, Exchange, Courier, Gmail, Yahoo,
 * Dovecot, Cyrus, fetchmail and others (the table in test/trace/received.test.ts).
 *
 * What the client said of itself and what the server saw are kept apart with care, since trust rests on it (boundary.ts): `ip` comes
 * from where servers write what they saw, never from a HELO argument, an ident answer or the first word after `from` alone.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { formatIp, parseIp, unmapIp } from '../spf/ip.ts';
import { unfoldValue } from '../syntax/cfws.ts';
import { splitClauses } from './clauses.ts';
import type { Clause, Clauses } from './clauses.ts';
import { parseKeywords } from './solicit.ts';
import type { ParsedReceived, ReceivedProblem, TracedReceived } from './types.ts';

/** The Received fields of a message, topmost first, at most `LIMITS.receivedFields`. */
export function readReceived(message: Message): readonly TracedReceived[] {
  return fieldsNamed(message, 'received')
    .slice(0, LIMITS.receivedFields)
    .map((field) => {
      const parsed = parseReceived(fieldText(message, field));
      const cut = field.end - field.valueStart > LIMITS.fieldValueBytes; // which the parser cannot see
      return { field: field.index, ...parsed, problems: cut ? [...parsed.problems, 'too-long'] : parsed.problems };
    });
}

/** Reads the value of a Received field, unfolded or not. Never throws for content. */
export function parseReceived(value: string): ParsedReceived {
  const clauses = splitClauses(unfoldValue(value));
  const { named, preface, time } = clauses;
  const protocol = allWords(named.get('with'));
  const client = readClient(named.get('from'), isRetrieval(protocol));
  return {
    from: client.from,
    helo: client.helo,
    ip: client.ip,
    reverseName: client.reverseName,
    by: withoutDot(firstWord(named.get('by'))),
    byIp: addressOfServer(named.get('by')),
    with: protocol,
    via: allWords(named.get('via')),
    id: firstWord(named.get('id')),
    for: firstWord(named.get('for'))?.replace(/^<|>$/g, '') ?? null,
    time: time === null ? null : new Date(time).toISOString(),
    tls: readTls(clauses, client.comments),
    solicit: readSolicit(named.get('with')),
    note: named.has('from') || named.has('by') ? null : (preface[0] ?? null),
    problems: problemsOf(clauses),
  };
}

function firstWord(clause: Clause | undefined): string | null {
  return clause?.words[0] ?? null;
}

function allWords(clause: Clause | undefined): string | null {
  return clause === undefined || clause.words.length === 0 ? null : clause.words.join(' ');
}

function withoutDot(name: string | null): string | null {
  return name?.endsWith('.') ? name.slice(0, -1) : name;
}

/** Fetched from a mailbox (fetchmail, getmail): the server under `from` did not call, it was called. */
export function isRetrieval(protocol: string | null): boolean {
  return protocol !== null && /^(?:POP|IMAP|SDPS)/i.test(protocol);
}

/**
 * The name of the client's address, where it is in a form in which servers write names that lead back to the address: `name [address]`
 * in a comment (Postfix, Sendmail, Courier). Null for the forms that leave the check out: qmail's, and "may be forged".
 */
export function checkedReverseName(value: string): string | null {
  const clause = splitClauses(unfoldValue(value)).named.get('from');
  const checked = clause?.comments.filter((comment) => !/may be forged/i.test(comment)) ?? [];
  for (const comment of checked) {
    const { ip, reverseName } = readTcpInfo(comment);
    if (ip !== null) return reverseName;
  }
  return null;
}

/** The account with which a client authenticated, as Postfix and CommuniGate Pro write it in a comment. */
export function readAccount(value: string): string | null {
  const comments = splitClauses(unfoldValue(value)).named.get('from')?.comments ?? [];
  return (
    comments.flatMap((comment) => /^(?:Authenticated sender:|account) +(\S+)/i.exec(comment)?.[1] ?? [])[0] ?? null
  );
}

interface Client {
  /** First word after `from`, or the comment that is in its place (IceWarp). */
  readonly from: string | null;
  readonly helo: string | null;
  readonly ip: string | null;
  readonly reverseName: string | null;
  /** The comments that this was read from. */
  readonly comments: ReadonlySet<string>;
}

/** What the server wrote of the client: RFC 5321 §4.4 TCP-info in a comment, or one of the many other ways. */
function readClient(clause: Clause | undefined, retrieved: boolean): Client {
  const word = firstWord(clause);
  if (clause === undefined) return { from: null, helo: null, ip: null, reverseName: null, comments: new Set() };
  let helo: string | null = null;
  let ip: string | null = null;
  let reverseName: string | null = null;
  let doubtful = false;
  const used = new Set<string>();
  for (const comment of clause.comments) {
    const info = readTcpInfo(comment);
    if (info.helo === null && info.ip === null) continue;
    used.add(comment);
    helo ??= info.helo;
    doubtful ||= info.doubtful;
    if (ip === null && info.ip !== null) {
      ip = info.ip;
      reverseName = info.reverseName;
    }
  }
  if (word === null) return { from: clause.comments[0] ?? '', helo, ip, reverseName, comments: used };
  const seen = usableName(word);
  if (helo !== null) {
    // The client's own words stand in the comment, so the server itself wrote the first word (Exim, qmail, Yahoo, CommuniGate).
    if (!doubtful) ip ??= addressIn(word);
    reverseName ??= addressIn(word) === null ? seen : null;
  } else {
    // fetchmail writes the address of the server it called itself as a word of its own.
    ip ??= retrieved ? addressIn(clause.words[1] ?? '') : null;
  }
  return { from: word, helo: helo ?? word, ip, reverseName, comments: used };
}

/** Where a client's own words begin within a comment: `helo=`, `EHLO `, `ident=`. Nothing after it was seen by the server. */
const CLIENT_WORDS = /(?:^|[\s("])(?:(helo|ehlo)[= ]\s*|ident=)([^\s")]*)/i;

interface TcpInfo {
  readonly helo: string | null;
  readonly ip: string | null;
  readonly reverseName: string | null;
  /** An address is only behind the client's own words: whose it is cannot be told. */
  readonly doubtful: boolean;
}

/** One comment after `from`: `name [address]`, `[address] helo=name`, `HELO name`, `user@address`, `address`. */
function readTcpInfo(comment: string): TcpInfo {
  const claim = CLIENT_WORDS.exec(comment);
  const seen = claim ? comment.slice(0, claim.index) : comment;
  const helo = claim?.[1] === undefined ? null : (claim[2] ?? null);
  // The address is behind the name and behind an ident answer, which is the client's: so the last one counts.
  const literals = [...seen.matchAll(/\[[^[\]]*\]/g)];
  for (const literal of literals.reverse()) {
    const ip = addressIn(literal[0]);
    if (ip === null) continue;
    const name = /(\S+)\s*$/.exec(seen.slice(0, literal.index).slice(-256))?.[1] ?? null;
    const reverseName = name === null ? null : usableName(name.slice(name.lastIndexOf('@') + 1));
    return { helo, ip, reverseName, doubtful: false };
  }
  const bare = /^\s*(?:[^\s@]*@)?([0-9A-Fa-f.:]{2,45})\s*$/.exec(seen.slice(0, 256))?.[1];
  const doubtful = claim !== null && comment.includes('[', claim.index + claim[0].length);
  return { helo, ip: bare === undefined ? null : addressIn(bare), reverseName: null, doubtful };
}

/** An address as servers write it: with or without brackets, `IPv6:` before it (RFC 5321 §4.1.3) or a port after it. */
function addressIn(text: string): string | null {
  const inner = text.replace(/^\[|\](?::\d{1,5})?$/g, '').replace(/^IPv6:/i, '');
  const ip = parseIp(inner) ?? parseIp(inner.replace(/(^[\d.]{7,15}):\d{1,5}$/, '$1'));
  return ip === undefined ? null : formatIp(unmapIp(ip));
}

/** The address by which a server names itself in a comment behind its name (Exchange): `by HOST (10.0.0.5)`. */
function addressOfServer(clause: Clause | undefined): string | null {
  const [comment] = clause?.comments ?? [];
  return comment === undefined ? null : addressIn(comment);
}

/** The name found for an address, or null where the server says that there is none. */
function usableName(name: string): string | null {
  const plain = withoutDot(name);
  return plain === null || plain === '' || asciiLower(plain) === 'unknown' ? null : plain;
}

/** RFC 3848 and RFC 6531 §4.3: an S after the protocol says STARTTLS; HTTPS and retrieval over TLS likewise. */
const PROTOCOL_WITH_TLS = /^(?:E?SMTPSA?|A?SMTPS|LMTPSA?|UTF8(?:SMTP|LMTP)SA?|HTTPS|POP3S|IMAPS)$/i;

/** `TLSv1.3`, `TLS1_2`, `TLS1.0`, `SSLv3`. */
const TLS_VERSION = /\b(TLS|SSL)v?([1-3])(?:[._]([0-3]))?\b/i;

function readTls({ named, surplus }: Clauses, notes: ReadonlySet<string>): string | boolean {
  const comments = [...[...named.values()].flatMap((clause) => clause.comments), ...surplus];
  const texts = comments.filter((comment) => !notes.has(comment));
  texts.push(...(named.get('tls')?.words ?? []));
  for (const text of texts) {
    const version = TLS_VERSION.exec(text);
    if (version) return tlsName(version[1] ?? '', version[2] ?? '', version[3]);
  }
  const protocol = named.get('with')?.words ?? [];
  return (
    named.has('tls') ||
    protocol.some((word) => PROTOCOL_WITH_TLS.test(word) || /^STARTTLS$/i.test(word)) ||
    texts.some((text) => /\bTLS\b|\bTransport Security\b/i.test(text))
  );
}

function tlsName(protocol: string, major: string, minor: string | undefined): string {
  // Postfix writes TLSv1 for TLS 1.0; SSL has no minor versions.
  return protocol.toUpperCase() === 'SSL' ? `SSL${major}` : `TLS${major}.${minor ?? '0'}`;
}

/** RFC 3865 §2.6: `with ESMTP (SOLICIT=net.example:ADV)`, also inside another comment. */
function readSolicit(clause: Clause | undefined): readonly string[] {
  return (clause?.comments ?? [])
    .flatMap((comment) => [...comment.matchAll(/(?:^|\()\s*SOLICIT=([^()]*)/gi)].map(([, list = '']) => list))
    .flatMap((list) => parseKeywords(list).keywords)
    .slice(0, LIMITS.solicitationKeywords);
}

function problemsOf({ named, preface, problem, time, dated, continued }: Clauses): readonly ReceivedProblem[] {
  const problems: ReceivedProblem[] = [];
  if (problem === 'comment-too-deep' || problem === 'too-long') problems.push(problem);
  else if (problem !== null) problems.push('unclosed');
  if (named.size === 0 && preface.length === 0) problems.push('no-clauses');
  if (!dated) problems.push('no-date');
  else if (time === null) problems.push('unreadable-date');
  if (continued) problems.push('text-after-date');
  return problems;
}
