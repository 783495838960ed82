/**
 * The sites of webmail their reader named. A site is an origin: permissions know no ports, so which of a host's ports is meant is kept here,
 * and both are asked.
 */
import browser from 'webextension-polyfill';
import { parseUrl } from '../../src/bytes/url.ts';
import { loadSettings } from './settings-store.ts';
import { originPatternOf, parseResolverUrl } from '../settings/resolvers.ts';
import { storedValue } from './stored-value.ts';

/** Sites that are kept. */
const MOST_SITES = 100;

const stored = storedValue<readonly string[]>('webmailSites', repairSites);

export const onSitesChanged = stored.onChanged;

/** The origin of a page that could be a site; null where no permission can be asked for it. */
export function siteOf(address: string | undefined): string | null {
  // Whom a browser lets a resolver be reached at, it lets a page be reached at: both are named in the manifest.
  return address !== undefined && parseResolverUrl(address.replace(/[?#].*/s, '')) !== undefined
    ? (parseUrl(address)?.origin ?? null)
    : null;
}

/** Sites that were named and are permitted now. */
export async function grantedSites(): Promise<readonly string[]> {
  const sites = await stored.load();
  const granted = await Promise.all(
    sites.map((site) => browser.permissions.contains({ origins: [originPatternOf(site)] })),
  );
  return sites.filter((_site, index) => granted[index]);
}

/** Asks for exactly this site. To be called first thing in a click; what is asked for is kept at once, since a pop-up may not live to hear. */
export async function requestSite(site: string): Promise<boolean> {
  const answer = browser.permissions.request({ origins: [originPatternOf(site)] });
  await stored.change((sites) => (sites.includes(site) ? sites : [...sites, site].slice(-MOST_SITES)));
  const isGranted = await answer;
  if (!isGranted) await stored.change((sites) => sites.filter((one) => one !== site));
  return isGranted;
}

/** Takes a site back, and its permission unless another site or the DNS service has the same host. */
export async function removeSite(site: string): Promise<void> {
  const left = await stored.change((sites) => sites.filter((one) => one !== site));
  const { resolver, secondResolver } = await loadSettings();
  const pattern = originPatternOf(site);
  const needed = [...left, resolver, secondResolver].some((one) => one !== null && originPatternOf(one) === pattern);
  if (!needed) await browser.permissions.remove({ origins: [pattern] });
}

/** Whether a host's permission is needed by a site. */
export async function isHostOfSite(pattern: string): Promise<boolean> {
  return (await stored.load()).some((site) => originPatternOf(site) === pattern);
}

function repairSites(found: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(found) ? found : [];
  return entries.filter((one): one is string => typeof one === 'string' && siteOf(one) === one).slice(-MOST_SITES);
}
