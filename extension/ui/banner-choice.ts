/** Turns the banner in messages on and off, with the permission it needs. */
import browser from 'webextension-polyfill';
import { ask } from '../messaging/ask.ts';
import { BANNER_PERMISSIONS } from '../settings/permissions.ts';

const PERMISSIONS = { permissions: [...BANNER_PERMISSIONS] };

/** To be called first thing in a click. False where the permission was not given: the banner stays off. */
export async function turnBannerOn(): Promise<boolean> {
  if (!(await browser.permissions.request(PERMISSIONS))) return false;
  await ask('switch-banner', { on: true });
  return true;
}

export async function turnBannerOff(): Promise<void> {
  await ask('switch-banner', { on: false });
}
