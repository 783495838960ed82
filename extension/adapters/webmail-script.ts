/** Has the script run in the pages of the sites their reader named, and in no others. For the background alone. */
import browser from 'webextension-polyfill';
import { originPatternOf } from '../settings/resolvers.ts';
import type { FrameDiagnosis, WebOrder } from '../webmail/protocol.ts';
import { grantedSites } from './sites.ts';

const ID = 'webmail';
/** Where the build puts it (manifest/targets.ts). */
const FILE = 'webmail/script.js';

let last: Promise<void> = Promise.resolve();

/** Registers the script for the sites as they are now, puts it into their pages that are open, and ends it in all others. One call at a time. */
export function keepWebmailScript(): Promise<void> {
  const mine = last.then(keep);
  last = mine.catch(() => undefined); // told to whoever called for it
  return mine;
}

async function keep(): Promise<void> {
  const sites = await grantedSites();
  const matches = [...new Set(sites.map(originPatternOf))];
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ID] });
  // Where the address of a page cannot be seen any more, nothing is lost by saying it to a page that never had the script.
  for (const { id: tabId, url } of await browser.tabs.query({})) {
    if (tabId !== undefined && !sites.some((site) => url?.startsWith(`${site}/`))) await order(tabId, 'web-leave');
  }
  if (matches.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id: ID, js: [FILE], matches, allFrames: true, runAt: 'document_idle' },
  ]);
  for (const { id: tabId } of await browser.tabs.query({ url: matches })) {
    if (tabId === undefined) continue;
    // A page that is going away, or that the browser keeps for itself, takes no script.
    await browser.scripting.executeScript({ target: { tabId, allFrames: true }, files: [FILE] }).catch(() => undefined);
  }
}

/** Says something to every frame of a tab. Frames without our script do not hear it. */
export async function order(tabId: number, name: WebOrder['name']): Promise<void> {
  await browser.tabs.sendMessage(tabId, { name } satisfies WebOrder).catch(() => undefined);
}

/** What the frames of a tab recognise. */
export async function diagnose(tabId: number): Promise<readonly FrameDiagnosis[]> {
  const frames = await browser.scripting
    .executeScript({ target: { tabId, allFrames: true }, func: () => null })
    .catch(() => []);
  const answers = await Promise.all(
    frames.map(({ frameId }) =>
      browser.tabs.sendMessage(tabId, { name: 'web-diagnose' } satisfies WebOrder, { frameId }).then(
        (answer) => answer as FrameDiagnosis,
        () => null,
      ),
    ),
  );
  return answers.filter((answer) => answer !== null);
}
