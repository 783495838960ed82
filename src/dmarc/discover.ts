/**
 * DMARC discovery: what an author domain publishes, and any domain's organizational domain. Implements RFC 9989 §4.10, §4.10.1 and
 * §4.10.2 in one round trip: every name a walk can visit is asked at once, and for an author domain whether it exists (np=).
 */
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions, Questions } from '../dns/ask-once.ts';
import { existenceOf } from '../dns/conclusions.ts';
import type { Existence } from '../dns/conclusions.ts';
import type { DnsAnswer } from '../dns/resolver.ts';
import { parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { decidePolicy } from './policy.ts';
import type { DmarcDiscovery, DmarcWalkStep } from './types.ts';
import { dmarcName, followWalk, organizationalDomainOf, walkTargets } from './walk.ts';
import type { Walk } from './walk.ts';

/**
 * The DMARC record and policy for an author domain (RFC 9989 §4.10.1): at most nine questions, in one round trip.
 * @param domain in any form {@link parseDomain} reads
 * @throws TypeError where `domain` is no domain; the signal's reason where the signal is aborted
 */
export async function discoverDmarc(domain: string, options: LookupOptions): Promise<DmarcDiscovery> {
  return (await discoverAuthor(requireDomain(domain), [], createQuestions(options))).discovery;
}

export interface OrganizationalDomainReport {
  /** null where a name the answer depends on did not answer. */
  readonly domain: string | null;
  readonly walk: readonly DmarcWalkStep[];
}

/**
 * The organizational domain of any domain, for alignment (RFC 9989 §4.10.2): at most eight questions, in one round trip.
 * @throws TypeError where `domain` is no domain; the signal's reason where the signal is aborted
 */
export async function organizationalDomain(
  domain: string,
  options: LookupOptions,
): Promise<OrganizationalDomainReport> {
  const start = requireDomain(domain);
  const walk = followWalk(start, await askWalks([start], createQuestions(options)));
  const found = organizationalDomainOf(walk);
  return { domain: found.known ? found.domain : null, walk: walk.map((place) => place.step) };
}

function requireDomain(text: string): DomainName {
  const domain = parseDomain(text);
  if (domain === undefined) throw new TypeError('not a domain name');
  return domain;
}

export interface AuthorDiscovery {
  readonly discovery: DmarcDiscovery;
  readonly walk: Walk;
  readonly existence: Existence;
  /** The walks of the other domains asked along. */
  readonly others: ReadonlyMap<DomainName, Walk>;
}

/** An author domain's discovery, with the walks of other domains in the same round trip. */
export async function discoverAuthor(
  author: DomainName,
  others: readonly DomainName[],
  questions: Questions,
): Promise<AuthorDiscovery> {
  const [answers, own] = await Promise.all([askWalks([author, ...others], questions), questions.mx(author)]);
  const walk = followWalk(author, answers);
  const existence = existenceOf(own, answers.get(dmarcName(author) ?? ''));
  return {
    discovery: decidePolicy(walk, existence),
    walk,
    existence,
    others: new Map(others.map((domain) => [domain, followWalk(domain, answers)])),
  };
}

/** Asks every name the walks from these domains may need, all at once. */
export async function askWalks(
  domains: readonly DomainName[],
  questions: Questions,
): Promise<ReadonlyMap<string, DnsAnswer<'TXT'>>> {
  const names = new Set<DomainName>();
  for (const target of domains.flatMap(walkTargets)) {
    const name = dmarcName(target);
    if (name !== undefined) names.add(name);
  }
  return new Map(await Promise.all([...names].map(async (name) => [name, await questions.txt(name)] as const)));
}
