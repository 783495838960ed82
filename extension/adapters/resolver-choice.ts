/** Which DNS service is in use: changed only by what its reader presses, and only for one that answered a real question. */
import browser from 'webextension-polyfill';
import { originPatternOf } from '../settings/resolvers.ts';
import { tryResolver } from './resolver.ts';
import { updateSettings } from './settings-store.ts';
import { isHostOfSite } from './sites.ts';

/** What came of a choice; `failure` is why it was not accepted. */
export type ChoiceOutcome =
  | { readonly ok: true; readonly milliseconds: number }
  | { readonly ok: false; readonly failure: string; readonly detail: string };

/** Asks the browser for the permission. To be called first thing in a click: browsers ask only in direct answer to one. */
export function requestOrigin(url: string): Promise<boolean> {
  return browser.permissions.request({ origins: [originPatternOf(url)] });
}

/** Tries a service, and uses it from now on where it answers. Permissions that are needed no more are handed back. */
export async function adoptResolver(url: string, current: string | null): Promise<ChoiceOutcome> {
  const outcome = await measureResolver(url);
  if (!outcome.ok) {
    await giveBack(url, current);
    return outcome;
  }
  await updateSettings(() => ({ resolver: url }));
  await giveBack(current, url);
  return outcome;
}

/** One real question, and how long its answer took. */
export async function measureResolver(url: string): Promise<ChoiceOutcome> {
  const start = performance.now();
  const trial = await tryResolver(url);
  return trial.ok ? { ok: true, milliseconds: Math.round(performance.now() - start) } : trial;
}

/** From now on nothing is looked up. */
export async function stopLookups(current: string | null): Promise<void> {
  await updateSettings(() => ({ resolver: null }));
  await giveBack(current, null);
}

/** Hands back the permission to reach `url`, unless the same host is still needed, as another service or as a site of webmail. */
async function giveBack(url: string | null, needed: string | null): Promise<void> {
  if (url === null) return;
  const origin = originPatternOf(url);
  if (await isHostOfSite(origin)) return;
  if (needed === null || originPatternOf(needed) !== origin) await browser.permissions.remove({ origins: [origin] });
}
