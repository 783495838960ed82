/** Has Thunderbird run the banner's script in messages, as long as the reader wants it and permits it. */
import browser from 'webextension-polyfill';
import { BANNER_PERMISSIONS } from '../settings/permissions.ts';

const ID = 'banner';
/** Where the build puts it (manifest/targets.ts). */
const FILE = 'banner/script.js';

/** Calls for one at a time: a script that is registered twice is an error. */
let last: Promise<void> = Promise.resolve();

export function keepBannerScript(wanted: boolean): Promise<void> {
  last = last.then(() => (wanted ? register() : dropBannerScript())).catch((error: unknown) => console.error(error));
  return last;
}

async function register(): Promise<void> {
  if ((await isPermitted()) && !(await isRegistered()))
    await messenger.scripting.messageDisplay.registerScripts([{ id: ID, js: [FILE] }]);
}

/** From now on it runs in no message; it stays in those that are shown. */
export async function dropBannerScript(): Promise<void> {
  if ((await isPermitted()) && (await isRegistered()))
    await messenger.scripting.messageDisplay.unregisterScripts({ ids: [ID] });
}

/** Without the permission there is no such part of the API. */
function isPermitted(): Promise<boolean> {
  return browser.permissions.contains({ permissions: [...BANNER_PERMISSIONS] });
}

async function isRegistered(): Promise<boolean> {
  return (await messenger.scripting.messageDisplay.getRegisteredScripts({ ids: [ID] })).length > 0;
}
