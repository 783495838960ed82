/**
 * Finds the Received field in which the reader's servers received a message: everything above it was written by them, everything
 * below by anyone. Serves RFC 8601 §5 and §7.1, RFC 7208 §9.1 and RFC 5321 §7.6. The search is in entry.ts.
 *
 * A forwarder the reader declared belongs to their side too, but under a name and address of its own. So the search goes on below the
 * field of entry only where that field shows the message coming from the forwarder by what the own server *saw*: a reverse name it
 * checked, or an address in a declared network. A HELO name never does, and neither does what the next field says of itself.
 *
 * Known limits. A reverse name is worth as much as the own server's check of it: forms in which servers write it unchecked (qmail,
 * "may be forged") do not count, and declaring the forwarder's networks makes the address alone decide. A forwarder that writes no
 * Received field of its own must not be declared: the fields below it would be the sender's.
 */
import { isWithin, parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import type { TrustBoundary, TrustSettings } from '../authres/types.ts';
import { fieldText } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { findEntry, noBoundary } from './entry.ts';
import { isInside, ownNetworks, parseNetwork } from './networks.ts';
import type { Network } from './networks.ts';
import { checkedReverseName } from './received.ts';
import type { TracedReceived } from './types.ts';

/** The boundary for a reader with these settings. `received` are the message's Received fields, topmost first. */
export function findTrustBoundary(
  message: Message,
  received: readonly TracedReceived[],
  trust: TrustSettings,
): TrustBoundary {
  const hosts = ownDomains(trust);
  if (hosts.length === 0) return noBoundary('nobody-trusted');
  const boundary = findEntry(message, received, {
    isOwnHost: (name) => isAmong(name, hosts),
    networks: ownNetworks(trust, hosts),
  });
  return { ...passForwarders(message, received, boundary, readForwarders(trust)), domains: hosts };
}

interface Forwarders {
  readonly domains: readonly DomainName[];
  readonly networks: readonly Network[];
}

function readForwarders({ forwarders = [] }: TrustSettings): Forwarders {
  const networks = forwarders.flatMap((text) => parseNetwork(text) ?? []);
  return { networks, domains: toDomains(forwarders.filter((text) => parseNetwork(text) === undefined)) };
}

/** Goes on below declared forwarders, one after the other. */
function passForwarders(
  message: Message,
  received: readonly TracedReceived[],
  start: TrustBoundary,
  { domains, networks }: Forwarders,
): TrustBoundary {
  let boundary = start;
  while (domains.length > 0 && boundary.reason === 'entry') {
    const at = received.findIndex(({ field }) => field === boundary.entryField);
    const [entry, next] = [received[at], received[at + 1]];
    if (!entry || !next || !isFromForwarder(message, entry, { domains, networks })) break;
    const forwarder = next.by === null ? undefined : domains.find((domain) => isAmong(next.by ?? '', [domain]));
    if (forwarder === undefined) break; // a local name will not do for the first hop: any machine has one
    const further = findEntry(message, received.slice(at + 1), {
      isOwnHost: (name) => isAmong(name, [forwarder]),
      networks: ownNetworks({ authservIds: [] }, [forwarder]),
    });
    if (further.entryField === null) break;
    boundary = { ...further, forwarders: [...boundary.forwarders, forwarder] };
  }
  return boundary;
}

function isFromForwarder(message: Message, entry: TracedReceived, { domains, networks }: Forwarders): boolean {
  if (networks.length > 0) return entry.ip !== null && isInside(entry.ip, networks);
  const field = message.fields[entry.field];
  const name = field === undefined ? null : checkedReverseName(fieldText(message, field));
  return name !== null && isAmong(name, domains);
}

/** Declared hosts, or else the registered domains of the accepted authserv-ids. */
function ownDomains(trust: TrustSettings): readonly DomainName[] {
  const declared = toDomains(trust.receivingHosts ?? []);
  if (declared.length > 0) return declared;
  return toDomains(trust.authservIds).map((domain) => registeredDomain(domain) ?? domain);
}

function toDomains(names: readonly string[]): readonly DomainName[] {
  return names.flatMap((name) => parseDomain(name.startsWith('*.') ? name.slice(2) : name) ?? []);
}

function isAmong(name: string, hosts: readonly DomainName[]): boolean {
  const domain = parseDomain(name);
  return domain !== undefined && hosts.some((host) => isWithin(domain, host));
}
