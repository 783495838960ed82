/** The resolver the reader chose, as the core's port. */
import browser from 'webextension-polyfill';
import { withCache, type CachingResolver } from '../../src/dns/cache.ts';
import { createDohResolver } from '../../src/dns/doh.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { originPatternOf } from '../settings/resolvers.ts';
import { clearStoredDnsCache, dnsCacheStore } from './dns-cache-store.ts';

const online = (): boolean => navigator.onLine;
const notConfigured = createUnavailableResolver('not-configured');

let current: { readonly url: string; readonly resolver: CachingResolver } | undefined;

/** Asks whom the reader chose and permitted; nobody otherwise. One cache as long as the choice stays. */
export async function resolverFor(url: string | null): Promise<Resolver> {
  if (url === null || !(await mayReach(url))) return notConfigured;
  if (current?.url !== url) {
    current = { url, resolver: withCache(createDohResolver(url, { online }), { store: dnsCacheStore }) };
  }
  return current.resolver;
}

function mayReach(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPatternOf(url)] });
}

export async function clearDnsCache(): Promise<void> {
  current?.resolver.clear();
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
