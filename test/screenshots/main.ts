/**
 * `npm run screenshots`: pictures of every page in dist/screenshots, to be looked at: light, dark, forced colors, narrow, right to left.
 * Those the README shows are written to docs/images as well. The pages run in a Chromium; one of them stands in for the background.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { LEVEL_TAGS } from '../../src/rules/tags.ts';
import { DEFAULT_SETTINGS } from '../../extension/settings/settings.ts';
import { startChromium, type Chromium } from '../e2e/support/chromium.ts';
import { saveFile, toMbox } from '../e2e/support/saved-mail.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer } from '../support/doh-server.ts';

// The polyfill refuses to be loaded where there is no browser; nothing that is used here asks it for anything.
Object.assign(globalThis, { chrome: { runtime: { id: 'none' } }, browser: { runtime: { id: 'none' } } });
const { checkParsed } = await import('../../extension/judging/checker.ts');

const ROOT = join(import.meta.dirname, '..', '..');
const OUTPUT = join(ROOT, 'dist', 'screenshots');
const IMAGES = join(ROOT, 'docs', 'images');
const TALLEST = 2400;

interface Look {
  readonly name: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active';
  readonly width?: number;
  readonly direction?: 'rtl';
}

const LOOKS: readonly Look[] = [
  { name: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'forced', forcedColors: 'active' },
  { name: 'narrow', width: 400 },
  { name: 'rtl', direction: 'rtl' },
];

interface Scene {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  /** The demo's message that the stand-in of the background answers with. */
  readonly message?: string;
  /** What brings the page to the state that is to be seen. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** The picture of the README, as one opens it. */
  readonly image?: string;
}

const now = new Date();
const demo = await buildDemo(now);
const server = await startDohServer(demo.zone);
const folder = await mkdtemp(join(tmpdir(), 'countersign-screenshots-'));
const mailbox = await saveFile(folder, 'demo.mbox', toMbox(demo.messages.map(({ eml }) => eml)));

const SCENES: readonly Scene[] = [
  ...['welcome', 'overview', 'rules', 'activity', 'senders', 'domain', 'settings', 'help'].map((name) => ({
    name,
    path: `pages/${name}/index.html`,
    width: 1280,
  })),
  { name: 'file', path: 'pages/file/index.html', width: 1280 },
  {
    name: 'file-checked',
    path: 'pages/file/index.html',
    width: 1280,
    prepare: async (page) => {
      await page.getByTestId('viewer-file').setInputFiles(mailbox);
      await page
        .getByTestId('viewer-messages')
        .getByRole('button')
        .nth(demo.messages.length - 1)
        .waitFor();
    },
  },
  ...['first-party', 'list', 'signs-all', 'look-alike'].map((message) => ({
    name: `popup-${message}`,
    path: 'pages/panel/index.html',
    width: 440,
    message,
    ...(message === 'look-alike' ? { image: 'popup' } : {}),
  })),
  ...['first-party', 'look-alike'].map((message) => ({
    name: `details-${message}`,
    path: 'pages/details/index.html?message=1',
    width: 1280,
    message,
    ...(message === 'first-party' ? { image: 'details' } : {}),
  })),
];

async function replyFor({ messages, trust, zone }: Demo, id: string): Promise<unknown> {
  const message = messages.find((one) => one.id === id);
  if (!message) throw new Error(`no demo message ${id}`);
  const settings = {
    ...DEFAULT_SETTINGS,
    trust: { account1: { authservIds: trust.authservIds, resultsBelowEntry: 0 } },
  };
  const checked = await checkParsed(
    parseMessage(message.eml),
    settings,
    'account1',
    createZoneResolver(zone),
    () => now,
  );
  return { state: 'checked', messageId: 1, ...checked, rules: 'none' };
}

/** What is stored, as if the reader had set it. */
function stored(): unknown {
  const rule = (id: string, name: string, level: 'warning' | 'verified', enabled: boolean) => ({
    id,
    name,
    enabled,
    conditions: { all: [{ field: 'level', compare: 'is', level }] },
    actions: [{ do: 'tag', tag: LEVEL_TAGS[level] }],
  });
  return {
    rules: {
      version: 1,
      rules: [rule('a', 'Tag warnings', 'warning', true), rule('b', 'Tag verified mail', 'verified', false)],
    },
  };
}

/** Chooses the demo's DNS service as a reader does: the permission is given in that click. */
async function useResolver(chromium: Chromium): Promise<void> {
  const page = await chromium.open('pages/settings/index.html');
  await page.getByTestId('resolver-own').check();
  await page.getByTestId('resolver-url').fill(server.url);
  await page.getByTestId('resolver-accept').click();
  await page.locator('[data-testid=resolver-state][data-ok=true]').waitFor();
  await page.close();
}

async function takeAll(chromium: Chromium): Promise<void> {
  await useResolver(chromium);
  const background = await chromium.open('pages/help/index.html');
  await background.evaluate(`chrome.storage.local.set(${JSON.stringify(stored())})`);
  for (const scene of SCENES) {
    const checked = scene.message === undefined ? { state: 'none' } : await replyFor(demo, scene.message);
    const replies = {
      accounts: [{ id: 'account1', name: 'reader@home.example' }],
      folders: [{ id: 'account1://INBOX', accountId: 'account1', accountName: 'Home', path: 'INBOX' }],
      'check-tab': checked,
      'check-message': checked,
      'look-first': null,
    };
    await background.reload();
    await background.evaluate(
      `chrome.runtime.onMessage.addListener((message, sender, send) => send((${JSON.stringify(replies)})[message.name] ?? null))`,
    );
    const page = await chromium.open(scene.path);
    await scene.prepare?.(page);
    for (const look of LOOKS) await take(page, scene, look);
    await page.close();
    process.stdout.write(`${scene.name}\n`);
  }
}

async function take(page: Page, { name, width, image }: Scene, look: Look): Promise<void> {
  await page.emulateMedia({
    colorScheme: look.colorScheme ?? 'light',
    forcedColors: look.forcedColors ?? 'none',
    reducedMotion: 'reduce',
  });
  await page.setViewportSize({ width: Math.min(width, look.width ?? width), height: 800 });
  await page.evaluate((direction) => (document.documentElement.dir = direction), look.direction ?? 'ltr');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? width, height: Math.min(height, TALLEST) };
  await page.screenshot({ path: join(OUTPUT, `${name}-${look.name}.png`), fullPage: true, clip });
  if (image !== undefined && look.name === 'light') {
    const shown = width === 440 ? page.locator('main') : page;
    await shown.screenshot({ path: join(IMAGES, `${image}.png`) });
  }
}

await mkdir(IMAGES, { recursive: true });
const chromium = await startChromium({ extension: join(ROOT, 'dist', 'thunderbird') });
try {
  await chromium.agreeToHost('http://127.0.0.1/*');
  await takeAll(chromium);
  process.stdout.write(`Pictures are in ${OUTPUT}\n`);
} finally {
  await chromium.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
