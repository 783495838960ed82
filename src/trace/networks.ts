/** Which addresses belong to the reader's own side: by default those that are not reachable from elsewhere. */
import type { TrustSettings } from '../authres/types.ts';
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

/** Reads an address or `address/prefix`; undefined where it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [base = '', length, more] = text.split('/', 3);
  const address = parseIp(base);
  if (address === undefined || more !== undefined) return undefined;
  const bits = address.octets.length * 8;
  if (length === undefined) return { address, prefix: bits };
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? { address, prefix: Number(length) } : undefined;
}

/** The networks in which own servers hand mail to each other. */
export function ownNetworks(trust: TrustSettings): readonly Network[] {
  return trust.receivingAddresses?.flatMap((text) => parseNetwork(text) ?? []) ?? PRIVATE;
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
