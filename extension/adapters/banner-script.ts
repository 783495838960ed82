/** Has Thunderbird run the banner's script in messages, as long as the reader wants it and permits it. */
import browser from 'webextension-polyfill';
import { BANNER_PERMISSIONS } from '../settings/permissions.ts';

const ID = 'banner';

/** Calls for one at a time: a script that is registered twice is an error. */
let last: Promise<void> = Promise.resolve();

/** @param file path of the script in the package */
export function keepBannerScript(wanted: boolean, file: string): Promise<void> {
  last = last
    .then(() => (wanted ? register(file) : dropBannerScript()))
    .catch((error: unknown) => console.error(error));
  return last;
}

async function register(file: string): Promise<void> {
  if ((await isPermitted()) && !(await isRegistered()))
    await messenger.scripting.messageDisplay.registerScripts([{ id: ID, js: [file] }]);
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
