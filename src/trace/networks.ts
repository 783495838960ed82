/** Which addresses belong to the reader's servers: by default those that are not reachable from elsewhere. */
import type { TrustSettings } from '../authres/types.ts';
import { isWithin, parseDomain, type DomainName } from '../domain/name.ts';
import { matchesPrefix, parseIp, unmapIp } from '../spf/ip.ts';
import type { IpAddress } from '../spf/ip.ts';

export interface Network {
  readonly address: IpAddress;
  readonly prefix: number;
}

/**
 * Loopback, private, shared and link-local addresses (RFC 1122 §3.2.1.3, RFC 1918 §3, RFC 6598 §7, RFC 3927 §2.1, RFC 4291 §2.5,
 * RFC 4193 §3.1), and the 6to4 form of 10/8 (RFC 3056 §2), in which Gmail writes its own hosts. Not the documentation networks: to a
 * reader of examples they stand for public ones.
 */
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
  '2002:a00::/24',
].flatMap((text) => parseNetwork(text) ?? []);

/** The machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(ip: string): boolean {
  return ip.startsWith('127.') || ip === '::1';
}

/** Reads an address or `address/prefix`; undefined where it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [base = '', length, more] = text.split('/', 3);
  const address = parseIp(base);
  if (address === undefined || more !== undefined) return undefined;
  const bits = address.octets.length * 8;
  if (length === undefined) return { address, prefix: bits };
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? { address, prefix: Number(length) } : undefined;
}

/**
 * Public networks of which a provider's own mailbox servers hand mail to each other, and which neither its customers nor anybody outside
 * can send from. Exchange Online: the addresses that its servers write behind their own names. Its outbound servers have others.
 */
const PROVIDER_NETWORKS = [
  {
    provider: 'outlook.com',
    networks: ['2603:1096::/32', '2603:10a6::/32', '2603:10b6::/32', '2a01:111:e400::/48'],
  },
].flatMap(({ provider, networks }) => {
  const domain = parseDomain(provider);
  return domain === undefined ? [] : [{ domain, networks: networks.flatMap((text) => parseNetwork(text) ?? []) }];
});

/** Addresses from which own servers hand mail to each other. */
export interface OwnNetworks {
  /** A client there is one of the reader's servers, whatever it calls itself. */
  readonly surely: readonly Network[];
  /** A client there is one if it also calls itself by an own or local name: others may be hidden behind such an address. */
  readonly perhaps: readonly Network[];
  /** They were declared, so there are no others. */
  readonly declared: boolean;
}

/** The declared networks alone; else those of a provider among the own domains, and private ones. */
export function ownNetworks(trust: TrustSettings, domains: readonly DomainName[]): OwnNetworks {
  const declared = trust.receivingAddresses?.flatMap((text) => parseNetwork(text) ?? []);
  if (declared) return { surely: declared, perhaps: [], declared: true };
  const providers = PROVIDER_NETWORKS.filter(({ domain }) => domains.some((own) => isWithin(own, domain)));
  return { surely: providers.flatMap(({ networks }) => networks), perhaps: PRIVATE, declared: false };
}

/** For a message of which nobody is declared yet: those of every provider. */
export function undeclaredNetworks(): OwnNetworks {
  return { surely: PROVIDER_NETWORKS.flatMap(({ networks }) => networks), perhaps: PRIVATE, declared: false };
}

/** Whether two public IPv6 addresses lie in one network of the size that one site gets (RFC 6177 §2: a /48 at most). */
export function sharesSite(left: string, right: string): boolean {
  const [one, other] = [parseIp(left), parseIp(right)];
  if (one === undefined || other === undefined || isPrivate(left) || isPrivate(right)) return false;
  return one.octets.length === 16 && matchesPrefix(one, other, 48);
}

export function isInside(ip: string, networks: readonly Network[]): boolean {
  const address = parseIp(ip);
  if (address === undefined) return false;
  const plain = unmapIp(address);
  return networks.some(({ address: network, prefix }) => matchesPrefix(plain, network, prefix));
}

/** Whether an address cannot belong to anyone outside. */
export function isPrivate(ip: string): boolean {
  return isInside(ip, PRIVATE);
}
