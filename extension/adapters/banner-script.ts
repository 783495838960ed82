/** Has Thunderbird run the banner's script in messages, as long as the reader wants it and permits it. For the background alone. */
import browser from 'webextension-polyfill';
import { BANNER_PERMISSIONS } from '../settings/permissions.ts';

const ID = 'banner';
/** Where the build puts it (manifest/targets.ts). */
const FILE = 'banner/script.js';
const PERMISSIONS = { permissions: [...BANNER_PERMISSIONS] };

/** Calls for one at a time: a script that is registered twice is an error. */
let last: Promise<void> = Promise.resolve();

/** From now on the script runs in messages, or in none; it stays in those that are shown. Rejects where Thunderbird refuses. */
export function keepBannerScript(wanted: boolean): Promise<void> {
  return inTurn(wanted ? register : unregister);
}

/** Takes the script away, and then the permission without which it could not be taken away. */
export function giveBannerUp(): Promise<void> {
  return inTurn(async () => {
    await unregister();
    await browser.permissions.remove(PERMISSIONS);
  });
}

function inTurn(act: () => Promise<void>): Promise<void> {
  const mine = last.then(act);
  last = mine.catch(() => undefined); // told to whoever called for it
  return mine;
}

async function register(): Promise<void> {
  if ((await isPermitted()) && !(await isRegistered()))
    await messenger.scripting.messageDisplay.registerScripts([{ id: ID, js: [FILE] }]);
}

async function unregister(): Promise<void> {
  if ((await isPermitted()) && (await isRegistered()))
    await messenger.scripting.messageDisplay.unregisterScripts({ ids: [ID] });
}

/** Without the permission there is no such part of the API. */
function isPermitted(): Promise<boolean> {
  return browser.permissions.contains(PERMISSIONS);
}

async function isRegistered(): Promise<boolean> {
  return (await messenger.scripting.messageDisplay.getRegisteredScripts({ ids: [ID] })).length > 0;
}
