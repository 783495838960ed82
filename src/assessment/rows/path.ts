/**
 * What is odd about the way a message came (RFC 5321 §4.4, §6.3). Only what the reader's servers wrote is judged; lines below it are the
 * sender's word. All of it is told and moves no level: queues, clocks and old servers do such things honestly.
 */
import { parseDomain, type DomainName } from '../../domain/name.ts';
import { registeredDomain } from '../../domain/public-suffix.ts';
import { LIMITS } from '../../limits.ts';
import { isPrivate } from '../../trace/networks.ts';
import { isRetrieval } from '../../trace/received.ts';
import type { Hop } from '../../trace/types.ts';
import { fieldAt } from '../../vouching/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { fieldsAsEvidence } from './support.ts';

export const PATH_ROWS = {
  /** RFC 5321 §6.3: so many Received fields are how a loop is noticed. */
  'received-too-many': {
    level: 'note',
    find: ({ message }) => {
      const all = fieldsAsEvidence(message, 'received');
      if (all.length < LIMITS.receivedLoop) return [];
      const params = { count: String(all.length), read: String(Math.min(all.length, LIMITS.receivedFields)) };
      return [{ params, evidence: all.slice(0, LIMITS.receivedFields) }];
    },
  },
  'received-unreadable': {
    level: 'note',
    find: (insight) =>
      told(
        insight,
        insight.facts.path.filter(({ problems }) => problems.length > 0),
        (_, hops) => ({ count: String(hops.length) }),
      ),
  },
  /** Between two own servers, whose clocks ought to agree; a stranger's may show anything. */
  'clocks-disagree': {
    level: 'note',
    find: (insight) => {
      const { path } = insight.facts;
      const hops = path.filter(
        ({ trusted, delay }, at) =>
          trusted && path[at + 1]?.trusted === true && (delay ?? 0) < -LIMITS.clockSkewSeconds,
      );
      return told(insight, hops, ({ by, delay }) => ({ by: by ?? '', seconds: String(-Math.round(delay ?? 0)) }));
    },
  },
  /** Until an own server had it. Mail fetched from a mailbox has waited for the reader, not for a server. */
  'long-delay': {
    level: 'note',
    find: (insight) => {
      const hops = ownHops(insight)
        .filter((hop) => (hop.delay ?? 0) > LIMITS.longDelaySeconds && !isRetrieval(hop.with))
        .sort((left, right) => (right.delay ?? 0) - (left.delay ?? 0));
      return told(insight, hops, ({ by, delay }) => ({ by: by ?? '', hours: String(Math.floor((delay ?? 0) / 3600)) }));
    },
  },
  /** RFC 3848: an own server that wrote ESMTP, where it would have written ESMTPS. Plain SMTP is written by servers that never say. */
  'unencrypted-hop': {
    level: 'note',
    find: (insight) =>
      told(
        insight,
        ownHops(insight).filter(
          (hop) => hop.tls === false && isPublic(hop.ip) && PROTOCOL_WITHOUT_TLS.test(hop.with ?? ''),
        ),
        ({ by, ip }) => ({ by: by ?? '', address: ip ?? '' }),
      ),
  },
  /** Something in front of the own server hides who connected, so that the next field down, which anyone may write, is no help. */
  'entry-from-private-address': {
    level: 'note',
    find: (insight) => {
      const entry = entryOf(insight);
      const isHidden = entry?.ip !== undefined && entry.ip !== null && isPrivate(entry.ip);
      const hops = isHidden && insight.facts.path.at(-1) !== entry ? [entry] : [];
      return told(insight, hops, ({ by, ip }) => ({ by: by ?? '', address: ip ?? '' }));
    },
  },
  /** A stranger who uses the receiving side's own name has nothing good to hide (RFC 5321 §4.1.4 asks for the client's name). */
  'client-uses-own-name': {
    level: 'note',
    find: (insight) => {
      const entry = entryOf(insight);
      return told(insight, entry && usesOwnName(entry) ? [entry] : [], ({ helo, ip }) => ({
        helo: helo ?? '',
        address: ip ?? '',
      }));
    },
  },
} satisfies Record<string, Row>;

const PROTOCOL_WITHOUT_TLS = /^(?:ESMTPA?|UTF8SMTPA?)$/i;

/** RFC 3848: the client gave a password, so it is one of the reader's servers, wherever it is. */
const PROTOCOL_WITH_PASSWORD = /^(?:ESMTPS?A|UTF8SMTPS?A)$/i;

/** One instance with all the places as evidence, told by the first; none without a place. */
function told(
  { message }: Insight,
  hops: readonly Hop[],
  params: (first: Hop, all: readonly Hop[]) => Instance['params'],
): readonly Instance[] {
  const [first] = hops;
  return first === undefined
    ? []
    : [{ params: params(first, hops), evidence: hops.flatMap(({ field }) => fieldAt(message, field)) }];
}

function ownHops({ facts: { path } }: Insight): readonly Hop[] {
  return path.filter(({ trusted }) => trusted);
}

/** Where the reader's servers received the message. */
function entryOf(insight: Insight): Hop | undefined {
  return ownHops(insight).at(-1);
}

function isPublic(ip: string | null): boolean {
  return ip !== null && !isPrivate(ip);
}

function usesOwnName({ by, ip, helo, reverseName, with: protocol }: Hop): boolean {
  const own = holderIn(by);
  // Without a reverse name, as in networks of providers, the client may well be what it says.
  if (own === undefined || reverseName === null || !isPublic(ip) || PROTOCOL_WITH_PASSWORD.test(protocol ?? ''))
    return false;
  return holderIn(helo) === own && holderIn(reverseName) !== own;
}

function holderIn(name: string | null): DomainName | undefined {
  const domain = parseDomain(name ?? '');
  return domain === undefined ? undefined : (registeredDomain(domain) ?? domain);
}
