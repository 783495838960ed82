/** Resolvers offered by name. None is chosen beforehand. */

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

/** The host permission a resolver needs. Match patterns know no ports. */
export function originPatternOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}
