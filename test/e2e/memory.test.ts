/** What the extension remembers: learned from mail that is read in a real Thunderbird; told, sought, saved and erased on its page. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { words } from '../../src/cli/words.ts';
import type { ZoneFile } from '../../src/dns/zone-file.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Observation } from '../../src/practices/observed.ts';
import { ed25519Key, keyRecord, signMessage } from '../dkim/support/signer.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { observation } from '../support/memory.ts';
import { findViolations } from './support/chromium.ts';
import { plainButton, tellsLevel } from './support/expected.ts';
import { saveFile } from './support/saved-mail.ts';
import type { PlainButton } from './support/expected.ts';
import { OUTPUT, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { openInViewer, useChromium, useResolver } = await import('./support/pages.ts');

const AUTHOR = 'orchard-post.example';
const key = ed25519Key();

const ZONE: ZoneFile = {
  [AUTHOR]: { A: ['192.0.2.7'] },
  [`s._domainkey.${AUTHOR}`]: { TXT: [keyRecord(key)] },
};

/** A message of its own for every number. */
function message(number: number): string {
  const fields = [
    `From: Orchard <post@${AUTHOR}>`,
    'To: reader@home.example',
    `Subject: Basket ${number}`,
    `Date: Sun, 22 Nov 2026 07:00:${String(number).padStart(2, '0')} +0000`,
    `Message-ID: <${number}@${AUTHOR}>`,
  ];
  return [...fields, '', 'Apples.', ''].join('\r\n');
}

const sign = (text: string): string => signMessage(text, { key, domain: AUTHOR, headers: ['From', 'Subject', 'Date'] });
const SIGNED = Array.from({ length: LIMITS.observedMessages }, (_, at) => at + 1);
const UNSIGNED = LIMITS.observedMessages + 1;

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    extraMessages: () => [
      ...SIGNED.map((number) => utf8ToBytes(sign(message(number)))),
      utf8ToBytes(message(UNSIGNED)),
    ],
    extraZone: ZONE,
  });
});
afterAll(() => scene.close());

async function judge(number: number): Promise<PlainButton> {
  const { thunderbird, rowOf } = scene;
  await thunderbird.select(rowOf(`${number}@${AUTHOR}`));
  return plainButton(await thunderbird.waitForButton(tellsLevel));
}

/** What the page shows, once it shows something of that text. */
async function rowsWith(testId: string, text: string): Promise<readonly string[]> {
  await scene.thunderbird.tab.textWith(testId, text);
  return scene.thunderbird.tab.run(
    (id) =>
      [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"] tbody tr`)].map((row) =>
        [...row.querySelectorAll<HTMLElement>('th, td')].map(({ innerText }) => innerText.trim()).join(' | '),
      ),
    testId,
  );
}

describe('the memory of Thunderbird', () => {
  afterEach(() => scene.thunderbird.closeOtherTabs());

  it('learns from every message that is read, and counts none twice', async () => {
    for (const number of [...SIGNED, ...SIGNED.slice(0, 2)]) expect((await judge(number)).icon).toBe('verified.svg');
    await scene.thunderbird.openPage('pages/senders/index.html');
    const known = `${SIGNED.length} of ${SIGNED.length}`; // learned after the button has told, so the page comes to it
    expect((await rowsWith('memory-domains', known)).filter((row) => row.includes(AUTHOR))).toHaveLength(1);
    expect(await rowsWith('memory-keys', 'Ed25519')).toHaveLength(1);
  });

  it('makes an unsigned message odd where all before were signed, and does not learn from it', async () => {
    for (const at of [UNSIGNED, 1, UNSIGNED]) {
      const { icon, title } = await judge(at);
      expect(icon).toBe(at === UNSIGNED ? 'caution.svg' : 'verified.svg');
      if (at === UNSIGNED) expect(title).toContain(`Not signed, unlike all ${SIGNED.length} earlier messages`);
    }
  });

  it('goes when its reader says so, after a question', async () => {
    const { thunderbird } = scene;
    await thunderbird.openPage('pages/senders/index.html');
    await thunderbird.tab.press('memory-erase-all');
    await thunderbird.tab.press('confirm-no');
    expect(await rowsWith('memory-domains', AUTHOR)).not.toEqual([]);
    await thunderbird.tab.press('memory-erase-all');
    await thunderbird.tab.press('confirm-yes');
    await thunderbird.tab.textWith('memory-status', 'Deleted');
    await thunderbird.tab.textWith('memory-domains', words('memory_none'));
    await thunderbird.tab.textWith('memory-keys', words('memory_none'));
  });
});

describe('the page of the memory', () => {
  let server: DohServer;
  let folder: string;
  beforeAll(async () => {
    server = await startDohServer(ZONE);
    folder = await mkdtemp(join(tmpdir(), 'countersign-memory-'));
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const chromium = useChromium((started) => useResolver(started, server.url));

  it('tells the keys a saved message was verified with, finds them, and saves them as a file', async () => {
    const mail = await saveFile(folder, 'signed.eml', sign(message(1)));
    await (await openInViewer(chromium(), mail)).close();
    const page = await chromium().open('pages/senders/index.html');
    const keys = page.getByTestId('memory-keys');
    await keys.getByText(`s._domainkey.${AUTHOR}`).waitFor();
    await expect.poll(() => page.getByTestId('memory-domains').getByRole('table').count()).toBe(0); // a saved message is nobody's habit

    await page.getByTestId('memory-search').fill('nowhere.example');
    await keys.getByText('Nothing matches your search.').waitFor();
    await page.getByTestId('memory-search').fill('ORCHARD');
    await keys.getByText('Ed25519, 256 bits').waitFor();

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('memory-export').click()]);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>;
    expect(saved).toMatchObject({ format: 'countersign-memory', keys: [{ name: `s._domainkey.${AUTHOR}` }] });
    await page.close();
  });

  it('is readable by everybody, light and dark, narrow and wide', { timeout: 120_000 }, async () => {
    const page = await chromium().open('pages/senders/index.html');
    await page.evaluate(store, observation(AUTHOR, { lists: observation('walks.example').signers }));
    await page.reload();
    await page.getByTestId('memory-domains').getByRole('table').waitFor();
    for (const width of [320, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(OUTPUT, `memory-${colorScheme}-${width}.png`), fullPage: true });
        expect(await findViolations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    }
    await page.close();
  });

  it('erases one, by keyboard alone, and gives the focus back', async () => {
    const page = await chromium().open('pages/senders/index.html');
    const erase = page.getByRole('button', { name: `Delete ${AUTHOR}`, exact: true });
    await erase.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('confirm').getByText(AUTHOR).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('confirm').waitFor({ state: 'detached' });
    expect(await erase.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByTestId('confirm').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByTestId('memory-status').getByText('Deleted').waitFor();
    await expect.poll(() => erase.count()).toBe(0);
    await expect.poll(() => page.getByTestId('memory-keys').getByRole('table').count()).toBe(1);
    await page.close();
  });
});

/** Runs in the page: puts an observation where the extension keeps them. */
function store(observed: Observation): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('memory');
    opening.onerror = () => reject(new Error('the memory does not open'));
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction('domains', 'readwrite');
      transaction
        .objectStore('domains')
        .put({ domain: observed.domain, observation: observed, usedAt: observed.since });
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}
