/** The page of runs in a real Chromium, where another page stands in for Thunderbird's background: readable, erasable, saved. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, Run } from '../../extension/journal/types.ts';
import { findViolations, startChromium, type Chromium } from './support/chromium.ts';
import { hostileMessage } from './support/saved-mail.ts';
import { DIST, OUTPUT } from './support/scene.ts';

const FOLDERS = [
  { id: 'account1://INBOX', accountId: 'account1', accountName: 'Home', path: 'INBOX' },
  { id: 'account1://Ads', accountId: 'account1', accountName: 'Home', path: 'Ads' },
];

const common = {
  pace: 'full',
  collected: true,
  cut: false,
  workedMs: 20_000,
  startedAt: '2026-11-22T08:00:00.000Z',
} as const;
const origin = { kind: 'folder', folderId: 'account1://INBOX', name: 'Home: INBOX', subfolders: false } as const;
const RUNS: readonly Run[] = [
  {
    ...common,
    id: 1,
    mode: 'act',
    origin,
    state: 'finished',
    counts: { total: 2000, done: 2000, acted: 200, failed: 3 },
  },
  { ...common, id: 2, mode: 'preview', origin, state: 'finished', counts: { total: 9, done: 9, acted: 2, failed: 0 } },
  { ...common, id: 3, mode: 'act', origin, state: 'paused', counts: { total: 2000, done: 640, acted: 64, failed: 0 } },
];

const subject = /^Subject: (.*)$/m.exec(Buffer.from(hostileMessage()).toString('utf8'))?.[1]?.slice(0, 300) ?? '';
const before = { folderId: 'account1://INBOX', tags: [], read: false, flagged: false, junk: false };
const entry: Entry = {
  id: 1,
  run: 1,
  at: '2026-11-22T08:00:00.000Z',
  state: 'done',
  message: {
    headerMessageId: 'a@b',
    author: 'Shop <post@shop.example>',
    subject: 'Offer',
    date: '2026-11-22T07:00:00.000Z',
  },
  messageId: 1,
  before,
  change: { addTags: ['class-adv'], removeTags: [], read: true, moveTo: 'account1://Ads' },
  rules: [
    {
      id: 'adv',
      name: 'Advertising',
      because: [
        {
          condition: { field: 'keyword', match: 'prefix', value: 'org.example:adv', by: 'signed' },
          found: ['org.example:ADV'],
        },
      ],
    },
  ],
  level: 'verified',
  problems: [],
};
const ENTRIES: readonly Entry[] = [
  entry,
  { ...entry, id: 2, message: { ...entry.message, subject }, undoneBy: 9 },
  { ...entry, id: 3, state: 'failed', problems: [{ why: 'no-folder', detail: '<b>Nowhere</b>' }] },
];

let chromium: Chromium;
let background: Page;
beforeAll(async () => {
  chromium = await startChromium({ extension: join(DIST, 'thunderbird') });
  background = await chromium.open('pages/settings/index.html');
  await background.evaluate(
    `chrome.runtime.onMessage.addListener((message, sender, send) => send(${JSON.stringify(FOLDERS)}))`,
  );
  const page = await chromium.open('pages/activity/index.html'); // makes the database
  await page.getByTestId('journal-run').waitFor();
  await page.evaluate(fill, { runs: RUNS, entries: ENTRIES });
  await page.close();
});
afterAll(() => chromium.close());

/** Runs in the page: puts runs and entries where the extension keeps them. */
function fill({ runs, entries }: { runs: readonly Run[]; entries: readonly Entry[] }): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('journal');
    opening.onerror = () => reject(new Error('the journal does not open'));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(['runs', 'entries'], 'readwrite');
      for (const run of runs) transaction.objectStore('runs').put(run);
      for (const one of entries) transaction.objectStore('entries').put(one);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

describe('the page of runs', () => {
  it('is readable by everybody, light and dark, narrow and wide', { timeout: 120_000 }, async () => {
    const page = await chromium.open('pages/activity/index.html');
    await page.getByTestId('run-show-1').click();
    await page.getByTestId('journal-entries').getByRole('table').waitFor();
    for (const width of [320, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(OUTPUT, `journal-${colorScheme}-${width}.png`), fullPage: true });
        expect(await findViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    }
    await expect.poll(() => page.getByTestId('undo-1').count()).toBe(1);
    await expect.poll(() => page.getByTestId('undo-2').count()).toBe(0); // was undone
    await page.close();
  });

  it('chooses the folder another page named, and saves everything as a file', async () => {
    const page = await chromium.open('pages/activity/index.html?folder=account1%3A%2F%2FAds');
    expect(await page.getByTestId('journal-folder').inputValue()).toBe('account1://Ads');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('journal-export').click()]);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>;
    expect(saved).toMatchObject({ format: 'countersign-journal', runs: RUNS, entries: ENTRIES });
    await page.close();
  });

  it('erases nothing while a run is under way, and everything after that', async () => {
    const page = await chromium.open('pages/activity/index.html');
    const erase = async (): Promise<void> => {
      await page.getByTestId('journal-erase').click();
      await page.getByTestId('confirm-yes').click();
    };
    await erase();
    await page.getByTestId('journal-status').getByText("Wait until it's finished").waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(RUNS.length);
    await page.evaluate(fill, { runs: RUNS.map((run) => ({ ...run, state: 'cancelled' as const })), entries: [] });
    await erase();
    await page.getByTestId('journal-status').getByText('Activity deleted').waitFor();
    await page.getByText("No activity yet. When your rules change a message, it's listed here.").waitFor();
    await page.close();
  });
});
