/** Banners the reader does not want to see again, in the extension's own storage. */
import { addMuted, removeMuted, repairMuted, type MutedBanner } from '../banner/muted.ts';
import { storedValue } from './stored-value.ts';

const stored = storedValue('mutedBanners', repairMuted);

export const loadMuted = stored.load;

export async function muteBanner(muted: MutedBanner): Promise<void> {
  await stored.change((all) => addMuted(all, muted));
}

/** Shows it again. */
export async function unmuteBanner(muted: MutedBanner): Promise<void> {
  await stored.change((all) => removeMuted(all, muted));
}

/** Shows all of them again. */
export async function unmuteAll(): Promise<void> {
  await stored.change(() => []);
}

/** Calls back when they were changed, by whichever page or message; returns what ends that. */
export const onMutedChanged = stored.onChanged;
