/** Whom the reader may choose to ask. None is chosen beforehand. */
import { parseUrl } from '../../src/bytes/url.ts';
import { parseDohUrl } from '../../src/dns/doh.ts';

export interface ResolverPreset {
  readonly id: 'quad9' | 'cloudflare' | 'google';
  readonly name: string;
  readonly url: string;
}

export const RESOLVER_PRESETS: readonly ResolverPreset[] = [
  { id: 'quad9', name: 'Quad9', url: 'https://dns.quad9.net/dns-query' },
  { id: 'cloudflare', name: 'Cloudflare', url: 'https://cloudflare-dns.com/dns-query' },
  { id: 'google', name: 'Google', url: 'https://dns.google/dns-query' },
];

/** Where http may lead: the hosts that manifest.json names. The other names of this machine cannot be named there. */
const HTTP_HOSTS = new Set(['localhost', '127.0.0.1']);

/** The address of a resolver as the reader typed it, if it is one that this extension can ask. */
export function parseResolverUrl(text: string): string | undefined {
  const url = parseDohUrl(text);
  return url?.protocol === 'http:' && !HTTP_HOSTS.has(url.hostname) ? undefined : url?.href;
}

/** The host permission a resolver needs. Match patterns know no ports. */
export function originPatternOf(address: string): string {
  const url = parseUrl(address);
  if (url === undefined) throw new TypeError(`no address: ${address}`);
  return `${url.protocol}//${url.hostname}/*`;
}

/** The host of an address, with its port where it is not the usual one. */
export function hostOf(url: string): string {
  return parseUrl(url)?.host ?? url;
}

/** A service as people know it: by its name where it is one of those above, else by its host. */
export function resolverName(url: string): string {
  return RESOLVER_PRESETS.find((preset) => preset.url === url)?.name ?? hostOf(url);
}
