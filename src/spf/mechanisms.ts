/** Whether one mechanism matches the client (RFC 7208 §5). "include" is part of the evaluation itself (evaluate.ts). */
import type { DnsAnswer, DnsFailure, RecordType } from '../dns/resolver.ts';
import { LIMITS } from '../limits.ts';
import { matchesPrefix, parseIp, reverseName } from './ip.ts';
import type { IpAddress } from './ip.ts';
import type { Lookups } from './lookups.ts';
import type { SpfReason } from './reasons.ts';
import { isSameOrBelow, toTargetName } from './target-name.ts';
import type { SpfDirective, SpfTrouble } from './types.ts';

/** Why the evaluation cannot go on. */
export interface Stop {
  readonly reason: SpfReason;
  readonly question?: string;
  readonly failure?: DnsFailure;
  /** Where it happened, once that is known. */
  readonly trouble?: SpfTrouble;
}

export interface Client {
  /** Never an IPv4-mapped address (RFC 7208 §5). */
  readonly ip: IpAddress;
  readonly lookups: Lookups;
}

/** The one place where environment trouble becomes a temperror (RFC 7208 §4.4, §5). */
export function stopForFailure(answer: DnsAnswer & { readonly kind: 'failure' }, lookups: Lookups): Stop {
  const reason = lookups.expired() ? 'deadline-exceeded' : 'dns-failure';
  return { reason, question: `${answer.name} ${answer.type}`, failure: answer.failure };
}

/** The type of address records that can match this client (RFC 7208 §5). */
export function addressType(ip: IpAddress): 'A' | 'AAAA' {
  return ip.family === 4 ? 'A' : 'AAAA';
}

/**
 * Counts an answer without records. RFC 7208 §4.6.4 counts "terms for which" questions find nothing; like other
 * implementations this one counts the questions, which is never the laxer reading.
 */
function countIfVoid(answer: DnsAnswer, lookups: Lookups): Stop | undefined {
  const isVoid = answer.kind === 'no-data' || answer.kind === 'nxdomain';
  return isVoid && !lookups.countVoid()
    ? { reason: 'too-many-void-lookups', question: `${answer.name} ${answer.type}` }
    : undefined;
}

/** Records at a name, none for void answers; anything else ends the evaluation. */
async function recordsAt<T extends RecordType>(
  name: string,
  type: T,
  lookups: Lookups,
): Promise<Extract<DnsAnswer<T>, { readonly kind: 'records' }>['records'] | Stop> {
  const answer = await lookups.ask(name, type);
  if (answer.kind === 'failure') return stopForFailure(answer, lookups);
  if (answer.kind === 'records') return answer.records;
  return countIfVoid(answer, lookups) ?? [];
}

export function isStop(value: object | boolean): value is Stop {
  return typeof value === 'object' && 'reason' in value;
}

function someAddressMatches(texts: readonly string[], ip: IpAddress, prefix: number): boolean {
  return texts.some((text) => {
    const address = parseIp(text);
    return address !== undefined && matchesPrefix(ip, address, prefix);
  });
}

type HostDirective = Extract<SpfDirective, { readonly kind: 'a' | 'mx' }>;

function prefixFor(directive: HostDirective, ip: IpAddress): number {
  return ip.family === 4 ? directive.prefix4 : directive.prefix6;
}

/** RFC 7208 §5.3. */
export async function matchA(directive: HostDirective, target: string, client: Client): Promise<boolean | Stop> {
  const addresses = await recordsAt(target, addressType(client.ip), client.lookups);
  return isStop(addresses) ? addresses : someAddressMatches(addresses, client.ip, prefixFor(directive, client.ip));
}

/** RFC 7208 §5.4. The addresses of all names are asked for together and judged in order of preference. */
export async function matchMx(directive: HostDirective, target: string, client: Client): Promise<boolean | Stop> {
  const { ip, lookups } = client;
  const exchanges = await recordsAt(target, 'MX', lookups);
  if (isStop(exchanges)) return exchanges;
  // RFC 7208 §4.6.4. Decided before any address is asked for, so that the order of equal preferences cannot matter.
  if (exchanges.length > LIMITS.spfMxNames) return { reason: 'too-many-mx-names', question: `${target} MX` };
  const names = exchanges
    .toSorted((left, right) => left.preference - right.preference)
    // A null MX (RFC 7505) and names nobody can ask for have no addresses.
    .flatMap(({ exchange }) => toTargetName(exchange) ?? []);
  const type = addressType(ip);
  for (const name of names) lookups.send(name, type);
  for (const name of names) {
    const addresses = await recordsAt(name, type, lookups);
    if (isStop(addresses)) return addresses;
    if (someAddressMatches(addresses, ip, prefixFor(directive, ip))) return true;
  }
  return false;
}

/** RFC 7208 §5.7: an A record of any content, whatever the family of the client. */
export async function matchExists(target: string, client: Client): Promise<boolean | Stop> {
  const addresses = await recordsAt(target, 'A', client.lookups);
  return isStop(addresses) ? addresses : addresses.length > 0;
}

/** RFC 7208 §5.5. */
export async function matchPtr(target: string, client: Client): Promise<boolean | Stop> {
  const names = await validatedNames(client);
  return isStop(names) ? names : names.some((name) => isSameOrBelow(name, target));
}

/**
 * The names of the client's address that lead back to it (RFC 7208 §5.5). The client's operator controls them, so errors make
 * names fall away and never end the check, and names after the tenth are ignored (§4.6.4).
 */
export async function validatedNames(client: Client): Promise<readonly string[] | Stop> {
  const { ip, lookups } = client;
  const pointers = await lookups.ask(reverseName(ip), 'PTR');
  if (pointers.kind === 'failure') return [];
  if (pointers.kind !== 'records') return countIfVoid(pointers, lookups) ?? [];
  const names = pointers.records.slice(0, LIMITS.spfPtrNames).flatMap((name) => toTargetName(name) ?? []);
  const type = addressType(ip);
  for (const name of names) lookups.send(name, type);
  const validated: string[] = [];
  for (const name of names) {
    const answer = await lookups.ask(name, type);
    if (answer.kind === 'failure') continue;
    if (answer.kind === 'records') {
      if (someAddressMatches(answer.records, ip, ip.family === 4 ? 32 : 128)) validated.push(name);
      continue;
    }
    const stop = countIfVoid(answer, lookups);
    if (stop !== undefined) return stop;
  }
  return validated;
}

/** What %{p} stands for: the domain itself, else a name below it, else any, else "unknown" (RFC 7208 §7.3). */
export function preferredName(names: readonly string[], domain: string): string {
  const below = names.find((name) => isSameOrBelow(name, domain));
  return names.find((name) => name === domain) ?? below ?? names[0] ?? 'unknown';
}
