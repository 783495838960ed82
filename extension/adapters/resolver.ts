/** The resolver the reader chose, as the core's port. */
import browser from 'webextension-polyfill';
import { withBackOff } from '../../src/dns/back-off.ts';
import type { CacheStore } from '../../src/dns/cache-snapshot.ts';
import { withCache, type CachingResolver } from '../../src/dns/cache.ts';
import { createDohResolver, createDohSource, isLoopbackUrl } from '../../src/dns/doh.ts';
import { withFallback } from '../../src/dns/fallback.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { createResolver } from '../../src/dns/source.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { createValidatingResolver } from '../../src/dnssec/resolver.ts';
import { hostOf, originPatternOf } from '../settings/resolvers.ts';
import type { Settings } from '../settings/settings.ts';
import { clearStoredDnsCache, dnsCacheStore } from './dns-cache-store.ts';

/** Whom to ask, and whether answers are proved on this machine. */
export type ResolverChoice = Pick<Settings, 'resolver' | 'secondResolver' | 'dnssec'>;

const online = (): boolean => navigator.onLine;
const notConfigured = createUnavailableResolver('not-configured');

interface Current {
  /** The choice it was made for. */
  readonly owner: string;
  readonly resolver: Resolver;
  readonly caches: readonly CachingResolver[];
}

let current: Current | undefined;

/** Asks whom the reader chose and permitted; nobody otherwise. One cache a resolver, as long as the choice stays. */
export async function resolverFor(choice: ResolverChoice): Promise<Resolver> {
  const { resolver: url, secondResolver, dnssec } = choice;
  if (url === null || !(await mayReach(url))) return notConfigured;
  const second = secondResolver !== null && (await mayReach(secondResolver)) ? secondResolver : null;
  const owner = JSON.stringify([url, second, dnssec]);
  if (current?.owner !== owner) current = compose(owner, url, second, dnssec);
  return current.resolver;
}

function compose(owner: string, url: string, secondUrl: string | null, dnssec: Settings['dnssec']): Current {
  const first = cached(url, dnssec, dnsCacheStore(`${dnssec} ${url}`));
  if (secondUrl === null) return { owner, resolver: first, caches: [first] };
  // Asked seldom: what it says is kept for as long as the background is awake.
  const second = cached(secondUrl, dnssec, undefined);
  const named = (address: string, resolver: Resolver) => ({ host: hostOf(address), resolver });
  return { owner, resolver: withFallback(named(url, first), named(secondUrl, second)), caches: [first, second] };
}

function cached(url: string, dnssec: Settings['dnssec'], store: CacheStore | undefined): CachingResolver {
  const source = withBackOff(createDohSource(url, { online }));
  // To a resolver on this machine leads no network: its own validation is as good as ours, and already done (RFC 4035 §4.9.3).
  const validates = dnssec === 'always' && !isLoopbackUrl(url);
  return withCache(validates ? createValidatingResolver(source) : createResolver(source), { store });
}

function mayReach(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPatternOf(url)] });
}

export async function clearDnsCache(): Promise<void> {
  for (const cache of current?.caches ?? []) cache.clear();
  current = undefined;
  await clearStoredDnsCache();
}

/** What trying a resolver showed: it answers, or why not. */
export type ResolverTrial =
  { readonly ok: true } | { readonly ok: false; readonly failure: string; readonly detail: string };

/** Asks one real question, past any cache: the root's name servers, which every resolver can tell. */
export async function tryResolver(url: string): Promise<ResolverTrial> {
  const answer = await createDohResolver(url, { online }).query('.', 'NS');
  if (answer.kind !== 'failure') return { ok: true };
  return { ok: false, failure: answer.failure, detail: answer.detail };
}
