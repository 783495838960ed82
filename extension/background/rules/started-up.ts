/**
 * After its start Thunderbird logs in to its accounts and compares their folders with what it remembers of them. Acting before that
 * means acting on yesterday's state: marks are overwritten by the server's, and moves may hang.
 */
import browser from 'webextension-polyfill';
import { sleep } from './sleep.ts';

const STARTING_MS = 10_000;
/** In the storage of the session, which ends with Thunderbird and not with the background. */
const KEY = 'startedUp';

/** Resolves once Thunderbird has had time to start, with true; at once and with false in later lives of the background. */
export async function startedUp(): Promise<boolean> {
  if ((await browser.storage.session.get(KEY))[KEY] === true) return false;
  await sleep(STARTING_MS);
  await browser.storage.session.set({ [KEY]: true });
  return true;
}
