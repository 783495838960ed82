/**
 * Keeps the background awake while there is work. Thunderbird ends it after 30 seconds without a call or an event; should it end
 * all the same, an alarm wakes it.
 */
import browser from 'webextension-polyfill';

const ALARM = 'rules';
const ALARM_MINUTES = 1;
const CALL_MS = 10_000;

export function createKeepAwake(wake: () => void): (on: boolean) => Promise<void> {
  let calling: ReturnType<typeof setInterval> | undefined;
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) wake();
  });
  return async (on) => {
    clearInterval(calling);
    calling = on ? setInterval(() => void browser.runtime.getPlatformInfo(), CALL_MS) : undefined;
    if (on) void browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
    else await browser.alarms.clear(ALARM);
  };
}
