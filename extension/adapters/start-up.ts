/**
 * After its start Thunderbird logs in to its accounts and compares their folders with what it remembers of them. Acting before that
 * means acting on yesterday's state: marks are overwritten by the server's, and moves may hang.
 */
import browser from 'webextension-polyfill';

const STARTING_MS = 10_000;
/** In the storage of the session, which ends with Thunderbird and not with the background. */
const STARTED_AT = 'startedAt';
const STARTED_UP = 'startedUp';

/** Notes when the first background of a session began, which is when Thunderbird did or the extension was installed. */
export async function noteStart(): Promise<void> {
  if ((await waitLeft()) === null) await browser.storage.session.set({ [STARTED_AT]: Date.now() });
}

/** Resolves once Thunderbird has had time to start, with true; at once and with false after the first time in a session. */
export async function startedUp(): Promise<boolean> {
  if ((await browser.storage.session.get(STARTED_UP))[STARTED_UP] === true) return false;
  const left = (await waitLeft()) ?? STARTING_MS;
  await new Promise((resolve) => setTimeout(resolve, left));
  await browser.storage.session.set({ [STARTED_UP]: true });
  return true;
}

/** Thunderbird has not had time to start yet. */
export async function isStarting(): Promise<boolean> {
  return ((await waitLeft()) ?? 0) > 0;
}

/** Milliseconds until Thunderbird has had time to start; null where nobody noted its start. A clock that was set back does not prolong it. */
async function waitLeft(): Promise<number | null> {
  const startedAt = (await browser.storage.session.get(STARTED_AT))[STARTED_AT];
  return typeof startedAt === 'number'
    ? Math.min(STARTING_MS, Math.max(0, startedAt + STARTING_MS - Date.now()))
    : null;
}
