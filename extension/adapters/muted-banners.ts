/** Banners the reader does not want to see again, in the extension's own storage. */
import browser from 'webextension-polyfill';
import { addMuted, repairMuted, type MutedBanner } from '../banner/muted.ts';

const KEY = 'mutedBanners';

export async function loadMuted(): Promise<readonly MutedBanner[]> {
  return repairMuted((await browser.storage.local.get(KEY))[KEY]);
}

export async function muteBanner(muted: MutedBanner): Promise<void> {
  await browser.storage.local.set({ [KEY]: addMuted(await loadMuted(), muted) });
}
