/**
 * The search for the Received field in which a side received a message. Serves RFC 8601 §5 and §7.1, RFC 7208 §9.1 and RFC 5321 §7.6.
 *
 * Servers put their Received field on top, so the fields from the top down to the one of entry are genuine whatever the sender wrote.
 * The search goes down from the top and must never pass the field of entry, because below it the sender may have copied the look of
 * the reader's servers. A field is passed only when it shows a hand-over inside the reader's servers:
 *
 * - it is `by` a declared host, or by a name that is local to some machine or network (`localhost`, `mail`, 10.0.0.1), or by the very
 *   address that the field above took the message from, where that address is surely inside, *and*
 * - it took the message from inside: no client at all, a client at a declared address or at one of the reader's provider, a client at a
 *   private address that also calls itself an own or local name, or at an address of the site the server itself is in (as Exchange
 *   writes behind its name), a local protocol (LMTP, MAPI) without address, or a mailbox the reader's servers fetched from (POP, IMAP).
 *
 * The first field that is by the reader's servers but from elsewhere is the one of entry: there the server wrote the address it saw, which the
 * sender cannot choose. So a `Received: from … by mx.mine.example` that the sender prepared is never reached. Where a field fits
 * neither, the search ends one field higher: too little is believed then, never too much.
 *
 * Known limits. A network that hides clients behind a private address (a proxy or container bridge in front of the server) makes a
 * stranger who uses an own name look like an own server, and so does a stranger at the same site (IPv6 /48) as a server that writes its
 * own public address; declaring `receivingAddresses` (an empty list will do) closes both. A server of entry that wrote nothing at all of
 * its client would be passed; no common one does that. Own servers that pass mail on over other public addresses must be declared, or the
 * search ends at the first such hop, without a client: SPF is about whoever called the reader's servers, which that hop is not known to be.
 */
import { asciiLower } from '../bytes/ascii.ts';
import { parseDomain } from '../domain/name.ts';
import type { BoundaryReason, TrustBoundary } from '../authres/types.ts';
import type { Message } from '../message/types.ts';
import { isInside, isPrivate, sharesSite } from './networks.ts';
import type { OwnNetworks } from './networks.ts';
import { isRetrieval } from './received.ts';
import type { TracedReceived } from './types.ts';

/** Who counts as the reader's servers. */
export interface OwnSide {
  readonly isOwnHost: (name: string) => boolean;
  readonly networks: OwnNetworks;
}

/** The search, for any notion of the reader's servers. `received` are Received fields, topmost first. */
export function findEntry(message: Message, received: readonly TracedReceived[], own: OwnSide): TrustBoundary {
  let passed: TracedReceived | undefined;
  for (const [index, hop] of received.entries()) {
    if (!isWrittenByOwn(hop, passed, own)) {
      return passed ? boundaryAt(message, passed, 'left-own-hosts') : noBoundary('undeclared-host');
    }
    const reason = reasonToStop(hop, received.slice(index + 1), own);
    if (reason !== undefined) return boundaryAt(message, hop, reason);
    passed = hop;
  }
  return passed ? boundaryAt(message, passed, 'internal') : noBoundary('no-received');
}

/** That there is none, and why. */
export function noBoundary(reason: BoundaryReason): TrustBoundary {
  return {
    entryField: null,
    nextReceived: null,
    reason,
    clientIp: null,
    helo: null,
    forwarders: [],
    host: null,
    domains: [],
  };
}

function boundaryAt(message: Message, hop: TracedReceived, reason: BoundaryReason): TrustBoundary {
  const next = message.fields.find((field) => field.index > hop.field && field.key === 'received');
  const seen = reason === 'entry';
  return {
    entryField: hop.field,
    nextReceived: next?.index ?? message.fields.length,
    reason,
    clientIp: seen ? hop.ip : null,
    helo: seen ? hop.helo : null,
    forwarders: [],
    host: hop.by,
    domains: [],
  };
}

function isWrittenByOwn(hop: TracedReceived, above: TracedReceived | undefined, own: OwnSide): boolean {
  if (hop.by !== null && (own.isOwnHost(hop.by) || isLocalName(hop.by))) return true;
  // Whoever has the address that the field above took the message from wrote this one, whatever name it uses here.
  if (hop.byIp !== null && above?.ip === hop.byIp && isSurelyInside(above, own)) return true;
  // qmail notes each of its processes in a field of its own, without from and by.
  return hop.by === null && hop.note !== null && /^qmail \d+ invoked /.test(hop.note);
}

/** Why the search ends at a field that the reader's servers wrote; undefined where the message came from inside. */
function reasonToStop(hop: TracedReceived, below: readonly TracedReceived[], own: OwnSide): BoundaryReason | undefined {
  if (isRetrieval(hop.with)) return undefined;
  // Where no date can be read, the clause may be behind what looks like the end of the field.
  if (hop.from === null) return hop.problems.includes('unreadable-date') ? 'entry-without-address' : undefined;
  const names = [hop.helo, hop.reverseName, hop.from].filter((name) => name !== null);
  const callsItselfOwn = hop.helo !== null && (own.isOwnHost(hop.helo) || isLocalName(hop.helo));
  if (hop.ip === null) return callsItselfOwn && isLocalProtocol(hop.with) ? undefined : 'entry-without-address';
  if (isSurelyInside(hop, own)) return undefined;
  if (callsItselfOwn && isInside(hop.ip, own.networks.perhaps)) return undefined;
  if (isPrivate(hop.ip)) return 'entry-from-private-address';
  // An undeclared own server at a public address, or a stranger under its name: only what the fields below say might tell, and a
  // stranger wrote those.
  const ownBelow = below.some(({ by }) => by !== null && own.isOwnHost(by));
  return ownBelow && names.some(own.isOwnHost) ? 'entry-from-own-name' : 'entry';
}

/** The client has an address that nobody outside can have. */
function isSurelyInside({ ip, byIp, helo }: TracedReceived, { isOwnHost, networks }: OwnSide): boolean {
  if (ip === null) return false;
  if (isInside(ip, networks.surely)) return true;
  return !networks.declared && byIp !== null && helo !== null && isOwnHost(helo) && sharesSite(ip, byIp);
}

/** Names and addresses that mean something only on one machine or network (RFC 6761 §6.3, RFC 6762 §3, RFC 8375 §3). */
function isLocalName(name: string): boolean {
  const plain = asciiLower(name)
    .replace(/^\[(?:ipv6:)?|\]$/g, '')
    .replace(/\.$/, '');
  if (isPrivate(plain)) return true;
  if (parseDomain(plain) === undefined) return false;
  return !plain.includes('.') || /\.(?:localhost|localdomain|local|internal|lan|home\.arpa)$/.test(plain);
}

/** Delivery inside one machine or site, where there may be no address to write (RFC 2033 §1: LMTP is not for wide area networks). */
export function isLocalProtocol(protocol: string | null): boolean {
  return protocol !== null && /^(?:LMTP|UTF8LMTP|local\b|mapi\b)/i.test(protocol);
}
