/**
 * Whether the reader's servers received the message from somebody they know: an account that gave its password (RFC 8601 §2.7.4, RFC 3848),
 * or a process of their own. Then nobody else had it, and the reader's servers themselves confirm where it came from.
 *
 * Only what the reader's servers wrote about the moment of entry counts. An account that authenticates further inside is a relay's.
 */
import { countedResults } from '../authres/counted.ts';
import type { ServerResult, TrustBoundary } from '../authres/types.ts';
import { isWithin, parseDomain, type DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import { fieldText } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import { isLocalProtocol } from './entry.ts';
import { isLoopback } from './networks.ts';
import { isRetrieval, readAccount } from './received.ts';
import type { Hop } from './types.ts';

export interface Submission {
  /** `authenticated`: by an account, from anywhere. `local`: it never left the reader's servers. */
  readonly how: 'authenticated' | 'local';
  /** What the server calls itself. */
  readonly server: string | null;
  /** The account, where the server names it. */
  readonly account: string | null;
  /** Whom this speaks for: the account's domain where it is an address, else the domain of the server. In A-label form. */
  readonly domain: string | null;
  /** Position of the field that says so. */
  readonly field: number;
}

/** How the reader's servers received the message from one of their own; null where they did not, or nobody believed says so. */
export function readSubmission(
  message: Message,
  path: readonly Hop[],
  boundary: TrustBoundary,
  serverResults: readonly ServerResult[],
): Submission | null {
  // What a forwarder knows of its own accounts says nothing of the reader's side.
  if (boundary.entryField === null || boundary.forwarders.length > 0) return null;
  const own = path.filter(({ trusted }) => trusted);
  const entry = own.at(-1);
  if (entry === undefined || own.some((hop) => isRetrieval(hop.with))) return null;
  const known = reportedAccount(own, entry, serverResults);
  if (known) return { how: 'authenticated', server: entry.by, ...known, domain: domainOf(known.account, entry) };
  const field = entry.field;
  if (AUTHENTICATED.test(entry.with ?? '')) {
    const account = accountIn(message, entry);
    return { how: 'authenticated', server: entry.by, account, domain: domainOf(account, entry), field };
  }
  if (boundary.reason !== 'internal' || !isLocal(entry)) return null;
  return { how: 'local', server: entry.by, account: null, domain: ownDomainOf(entry, boundary), field };
}

/** RFC 3848, RFC 6531 §4.3: an A behind the protocol says that the client gave a password. */
const AUTHENTICATED = /^(?:ESMTPS?A|UTF8SMTPS?A|ASMTPS?)$/i;

/** auth=pass of the field of entry: no other own server had the message in between. */
function reportedAccount(
  own: readonly Hop[],
  entry: Hop,
  serverResults: readonly ServerResult[],
): Pick<Submission, 'account' | 'field'> | undefined {
  for (const result of serverResults) {
    const passed = countedResults(result).find((method) => method.method === 'auth' && method.result === 'pass');
    const isOfEntry = own.every((hop) => hop === entry || hop.field < result.field);
    if (!passed || !isOfEntry) continue;
    const named = passed.properties.find(({ ptype, property }) => ptype === 'smtp' && property === 'auth');
    return { account: named?.value ?? null, field: result.field };
  }
  return undefined;
}

/** Handed over on the machine itself, or by a protocol that does not leave a site. */
function isLocal({ from, ip, with: protocol }: Hop): boolean {
  return (from === null && ip === null) || (ip !== null && isLoopback(ip)) || isLocalProtocol(protocol);
}

/** A machine that speaks to itself may call itself `localhost`; then the name its own client gave is the one that tells. */
function ownDomainOf({ by, from }: Hop, { domains }: TrustBoundary): DomainName | null {
  const names = [by, from].flatMap((name) => parseDomain(name ?? '') ?? []);
  const host = names.find((name) => domains.some((domain) => isWithin(name, domain)));
  return host === undefined ? null : (registeredDomain(host) ?? host);
}

function accountIn(message: Message, { field }: Hop): string | null {
  const found = message.fields[field];
  return found ? readAccount(fieldText(message, found)) : null;
}

function domainOf(account: string | null, { by }: Hop): DomainName | null {
  const named = account?.includes('@') ? parseDomain(account.slice(account.lastIndexOf('@') + 1)) : undefined;
  if (named) return named;
  const host = parseDomain(by ?? '');
  return host ? (registeredDomain(host) ?? host) : null;
}
