/**
 * IP addresses as octets: parsing, the forms SPF macros want, and prefix comparison.
 *
 * Implements the address forms of RFC 4291 §2.2 (text) and §2.5.5.2 (IPv4-mapped), the strict dotted quad of RFC 7208 §12
 * (`qnum`), and the text form of RFC 5952 §4. Zone identifiers (RFC 4007) are not addresses of a mail client and are refused.
 */

export interface IpAddress {
  readonly family: 4 | 6;
  /** Four or sixteen octets, the first the most significant. */
  readonly octets: readonly number[];
}

/** RFC 7208 §12, qnum: 0 to 255 without leading zeros. */
const QNUM = /^(?:0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9A-Fa-f]{1,4}$/;

/** Reads a dotted quad; undefined where it is none. */
export function parseIp4(text: string): IpAddress | undefined {
  // The longest quad has 15 characters; anything longer is not worth splitting.
  if (text.length > 15) return undefined;
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => QNUM.test(part))) return undefined;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? { family: 4, octets } : undefined;
}

/** Reads an IPv6 address in any form of RFC 4291 §2.2; undefined where it is none. */
export function parseIp6(text: string): IpAddress | undefined {
  // The longest form, six groups and a dotted quad, has 45 characters.
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  const [left, right] = halves;
  if (left === undefined || halves.length > 2) return undefined;
  const head = parseGroups(left, right === undefined);
  const tail = right === undefined ? [] : parseGroups(right, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  // "::" stands for at least one group of zeros (RFC 4291 §2.2, 2).
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  return { family: 6, octets: [...head, ...new Array<number>(missing).fill(0), ...tail] };
}

/** Octets of groups between colons; a dotted quad may stand last where `last` says that this is the end of the address. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (GROUP.test(group)) {
      const value = Number.parseInt(group, 16);
      octets.push(value >> 8, value & 0xff);
      continue;
    }
    const quad = last && index === groups.length - 1 ? parseIp4(group) : undefined;
    if (quad === undefined) return undefined;
    octets.push(...quad.octets);
  }
  return octets;
}

/** Reads an IPv4 or IPv6 address as written, without brackets, prefix or zone. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIp6(text) : parseIp4(text);
}

/** The IPv4 address inside an IPv4-mapped IPv6 address, for a client that must count as IPv4 (RFC 7208 §5); others unchanged. */
export function unmapIp(ip: IpAddress): IpAddress {
  const mapped =
    ip.family === 6 &&
    ip.octets.slice(0, 10).every((octet) => octet === 0) &&
    ip.octets[10] === 255 &&
    ip.octets[11] === 255;
  return mapped ? { family: 4, octets: ip.octets.slice(12) } : ip;
}

/** Whether the first `prefix` bits of both addresses agree; addresses of different families never match (RFC 7208 §5). */
export function matchesPrefix(ip: IpAddress, network: IpAddress, prefix: number): boolean {
  if (ip.family !== network.family) return false;
  const whole = prefix >> 3;
  for (let at = 0; at < whole; at++) {
    if (ip.octets[at] !== network.octets[at]) return false;
  }
  const rest = prefix & 7;
  if (rest === 0) return true;
  const mask = 0xff & (0xff << (8 - rest));
  return ((ip.octets[whole] ?? 0) & mask) === ((network.octets[whole] ?? 0) & mask);
}

/** Dotted quad, or the RFC 5952 form with lower-case digits and the longest run of zero groups as "::". */
export function formatIp(ip: IpAddress): string {
  if (ip.family === 4) return ip.octets.join('.');
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(((ip.octets[at] ?? 0) << 8) | (ip.octets[at + 1] ?? 0));
  const run = longestZeroRun(groups);
  const write = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (run === undefined) return write(groups);
  return `${write(groups.slice(0, run.start))}::${write(groups.slice(run.start + run.length))}`;
}

function longestZeroRun(groups: readonly number[]): { readonly start: number; readonly length: number } | undefined {
  let best: { start: number; length: number } | undefined;
  let start = 0;
  for (let at = 0; at <= groups.length; at++) {
    if (at < groups.length && groups[at] === 0) continue;
    const length = at - start;
    // A single zero group is not shortened (RFC 5952 §4.2.2); the first of equal runs is (§4.2.3).
    if (length >= 2 && (best === undefined || length > best.length)) best = { start, length };
    start = at + 1;
  }
  return best;
}

/**
 * The form of the "i" macro: a dotted quad, or the 32 nibbles of an IPv6 address separated by dots (RFC 7208 §7.3). The digits
 * are upper case as in the published test suite; in DNS names case has no meaning.
 */
export function formatIpDotted(ip: IpAddress): string {
  if (ip.family === 4) return ip.octets.join('.');
  return ip.octets
    .flatMap((octet) => [octet >> 4, octet & 15].map((nibble) => nibble.toString(16).toUpperCase()))
    .join('.');
}

/** The name at which PTR records of this address stand (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(ip: IpAddress): string {
  const reversed = formatIpDotted(ip).toLowerCase().split('.').reverse().join('.');
  return `${reversed}.${ip.family === 4 ? 'in-addr' : 'ip6'}.arpa`;
}
