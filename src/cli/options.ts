/** Options that several commands share, turned into what the core takes. */
import { readFile } from 'node:fs/promises';
import { withCache } from '../dns/cache.ts';
import { withBackOff } from '../dns/back-off.ts';
import { createDohSource, isLoopbackUrl, parseDohUrl } from '../dns/doh.ts';
import type { Resolver } from '../dns/resolver.ts';
import { createResolver } from '../dns/source.ts';
import { createUnavailableResolver } from '../dns/unavailable.ts';
import { createZoneResolver } from '../dns/zone.ts';
import { parseZone, type Zone } from '../dns/zone-file.ts';
import { parseTrustAnchors, type TrustAnchor } from '../dnssec/anchors.ts';
import { createValidatingResolver } from '../dnssec/resolver.ts';
import { parseDomain, type DomainName } from '../domain/name.ts';
import { parseIp } from '../spf/ip.ts';
import { fetchOverHttp2 } from './http2-fetch.ts';
import type { Terminal } from './terminal.ts';

/** What was typed can't be done: the message goes to standard error, exit 2. */
export class UsageError extends Error {}

export interface ResolverOptions {
  readonly zone?: string;
  readonly doh?: string;
  /** Whether answers are proved here; by default where a network leads to the resolver. */
  readonly dnssec?: 'on' | 'off';
  /** File with DS records of the root to use instead of IANA's. */
  readonly trustAnchor?: string;
}

/** The resolver that `--zone` or `--doh` names; with neither, one that says that none was chosen, and a hint which option is missing. */
export async function resolverFrom(
  { zone, doh, dnssec, trustAnchor }: ResolverOptions,
  terminal: Terminal,
): Promise<Resolver> {
  if (zone !== undefined && doh !== undefined) {
    throw new UsageError('--zone and --doh exclude each other: name one source of DNS answers');
  }
  if (zone !== undefined) {
    if (dnssec === 'on') throw new UsageError('--dnssec on wants --doh: the answers of a zone file have no signatures');
    return createZoneResolver(await readZone(zone));
  }
  if (doh !== undefined) return withCache(await dohResolver(dohUrl(doh), dnssec, trustAnchor));
  terminal.complain(
    'countersign: nothing is looked up without a DNS service: add --doh https://dns.quad9.net/dns-query or --zone FILE\n',
  );
  return createUnavailableResolver('not-configured');
}

/** To a resolver on this machine leads no network: its own validation is believed unless ours is asked for (RFC 4035 §4.9.3). */
async function dohResolver(
  url: string,
  dnssec: ResolverOptions['dnssec'],
  trustAnchor: string | undefined,
): Promise<Resolver> {
  const source = withBackOff(createDohSource(url, { fetch: fetchOverHttp2 }));
  const anchors = trustAnchor === undefined ? undefined : await readTrustAnchors(trustAnchor);
  const validates = dnssec ?? (anchors !== undefined || !isLoopbackUrl(url) ? 'on' : 'off');
  return validates === 'on' ? createValidatingResolver(source, { anchors }) : createResolver(source);
}

async function readTrustAnchors(path: string): Promise<readonly TrustAnchor[]> {
  const anchors = parseTrustAnchors(await readText(path, 'trust anchor'));
  if (anchors === undefined)
    throw new UsageError(`the trust anchor file ${path} wants lines such as ". IN DS 20326 8 2 E06D…"`);
  return anchors;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`the ${what} file ${path} cannot be read (${causeOf(error)}): check the path`);
  }
}

async function readZone(path: string): Promise<Zone> {
  const text = await readText(path, 'zone');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the zone file ${path} is not JSON (${causeOf(error)})`);
  }
  const parsed = parseZone(json);
  if (parsed.ok) return parsed.value;
  const { name, type, why } = parsed.problem;
  throw new UsageError(`the zone file ${path} is wrong at ${[name, type].filter(Boolean).join(' ')}: ${why}`);
}

function dohUrl(text: string): string {
  const url = parseDohUrl(text);
  if (!url) {
    throw new UsageError(`--doh wants an https URL such as https://dns.quad9.net/dns-query, not "${text}"`);
  }
  return url.href;
}

/** `--at`: an ISO 8601 time; now where absent. */
export function clockFrom(at: string | undefined): Date {
  if (at === undefined) return new Date();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) throw new UsageError(`--at wants a time such as 2026-11-22T08:00:00Z, not "${at}"`);
  return time;
}

/** An IP address as typed. */
export function addressFrom(option: string, text: string): string {
  if (!parseIp(text)) throw new UsageError(`${option} wants an IPv4 or IPv6 address, not "${text}"`);
  return text;
}

/** A domain as typed. */
export function domainFrom(text: string): DomainName {
  const domain = parseDomain(text);
  if (!domain) throw new UsageError(`"${text}" is not a domain name`);
  return domain;
}

/** The system's word for what went wrong: ENOENT and its kin, or the message. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
