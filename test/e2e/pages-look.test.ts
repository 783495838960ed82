/** How the pages look and read in a real Chromium: WCAG 2.2 at level AA, light and dark, narrow and wide, English and German. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LEVELS } from '../../src/assessment/types.ts';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { parseMessage } from '../../src/message/parse.ts';
import type { CheckReply } from '../../extension/messaging/protocol.ts';
import { DEFAULT_SETTINGS } from '../../extension/settings/settings.ts';
import { lookOf } from '../../extension/ui/look.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { FAILED, reportMessage } from '../trace/delivery/support.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { findViolations, startChromium, type Chromium } from './support/chromium.ts';
import { hostileMessage, saveFile, toMbox } from './support/saved-mail.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue } = await import('./support/catalogue.ts');
const { chooseResolver, DIST, LOOPBACK, useResolver } = await import('./support/pages.ts');
const { checkParsed } = await import('../../extension/judging/checker.ts');

const COLOR_SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [320, 1280];
const LANGUAGES = ['en', 'de'];
/** Each state is looked at four times; on a busy machine that takes its time. */
const LONG = 240_000;

let demo: Demo;
let server: DohServer;
let folder: string;
beforeAll(async () => {
  demo = await buildDemo(new Date());
  server = await startDohServer(demo.zone);
  folder = await mkdtemp(join(tmpdir(), 'countersign-look-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a reader sees first, and what he scrolls to: as much as a picture viewer takes. */
async function takePicture(page: Page, name: string): Promise<void> {
  const height = await page.evaluate(() => Math.min(document.documentElement.scrollHeight, 4000));
  const { width } = page.viewportSize() ?? { width: 320 };
  const clip = { x: 0, y: 0, width, height };
  await page.screenshot({ path: join(DIST, 'e2e', `${name}.png`), fullPage: true, clip });
}

/** Looks at a page as it is in every colour scheme and width, and keeps a picture of two of them. */
async function inspect(page: Page, name: string): Promise<void> {
  await page.locator('details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
  for (const colorScheme of COLOR_SCHEMES) {
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // colours do not fade while they are measured
      await page.setViewportSize({ width, height: 900 });
      const shown = `${name}-${colorScheme}-${width}`;
      if ((colorScheme === 'light') === (width === 320)) await takePicture(page, shown);
      await page.evaluate(() => scrollTo(0, 0)); // the bar on top lies over whatever was scrolled below it
      expect(await findViolations(page), shown).toEqual([]);
      expect(await page.evaluate(findCutOff), shown).toEqual([]);
    }
  }
}

/** Text that reaches beyond the page or beyond a box that hides what is outside it. Runs within the page. */
function findCutOff(): readonly string[] {
  const width = document.documentElement.clientWidth;
  // As `.visually-hidden` is, and the words of the rail where it is narrow: clipped to nothing.
  const isForEarsOnly = (element: Element | null): boolean =>
    element !== null && (getComputedStyle(element).clipPath === 'inset(50%)' || isForEarsOnly(element.parentElement));
  return [...document.querySelectorAll<HTMLElement>('#root *')]
    .filter((element) => element.checkVisibility() && !isForEarsOnly(element))
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const hides = getComputedStyle(element).overflowX !== 'visible' && !(element instanceof HTMLInputElement);
      return left < 0 || Math.floor(right) > width || (hides && element.scrollWidth > element.clientWidth);
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 200));
}

/** The pages of the Chrome package that no test here treats by name. */
async function otherPages(): Promise<readonly string[]> {
  const pages = await readdir(join(DIST, 'chrome', 'pages'));
  return pages.filter((name) => !['welcome', 'settings', 'file'].includes(name));
}

interface AskedWord {
  readonly key: string;
  readonly words: string;
}

declare global {
  interface Window {
    askedWords?: AskedWord[];
  }
}

/** From now on every page notes the words it asks the browser for. */
async function noteWords({ context }: Chromium): Promise<void> {
  await context.addInitScript(`
    if (globalThis.chrome?.i18n) {
      const { getMessage } = chrome.i18n;
      window.askedWords = [];
      chrome.i18n.getMessage = (key, substitutions) => {
        const words = getMessage(key, substitutions);
        window.askedWords.push({ key, words });
        return words;
      };
    }`);
}

/** The words a page asked for, and what the catalogue of its language has for them. */
async function compareWords(page: Page, language: string): Promise<void> {
  const catalogue = readCatalogue(language);
  const all = (await page.evaluate(() => window.askedWords)) ?? [];
  // The browser's own words, such as the direction of writing, are in no catalogue.
  const asked = all.filter(({ key }) => !key.startsWith('@@'));
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter(({ key, words }) => catalogue[key] !== words)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  expect(await page.locator('body').innerText()).not.toMatch(/\{[a-zA-Z]+\}/);
}

describe.each(LANGUAGES)('in %s', (language) => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium({ extension: join(DIST, 'chrome'), language });
    await noteWords(chromium);
    await chromium.agreeToHost(LOOPBACK);
  });
  afterAll(() => chromium.close());

  it('the welcome page', async () => {
    const page = await chromium.open('pages/welcome/index.html');
    await page.getByTestId('resolver-accept').waitFor();
    await compareWords(page, language);
    await inspect(page, `welcome-${language}`);
  });

  it('every other page, as it opens', { timeout: LONG }, async () => {
    for (const name of await otherPages()) {
      const page = await chromium.open(`pages/${name}/index.html`);
      await compareWords(page, language);
      await inspect(page, `${name}-${language}`);
      await page.close();
    }
  });

  it('the options, with a resolver refused and one in use', { timeout: LONG }, async () => {
    const page = await chromium.open('pages/settings/index.html');
    for (const [state, url] of [
      ['refused', 'no address'],
      ['in-use', server.url],
    ] as const) {
      await chooseResolver(page, url);
      await inspect(page, `settings-${state}-${language}`);
    }
    await compareWords(page, language);
  });

  it('the viewer, with a message of each level and a hostile one', { timeout: LONG }, async () => {
    await useResolver(chromium, server.url);
    // In a saved file nobody is trusted, so a message can come to another level than in the reader's mailbox.
    const resolver = createZoneResolver(demo.zone);
    const checked = await Promise.all(
      demo.messages.map(async (message) => ({
        message,
        report: await checkMessage(message.eml, { resolver, now: new Date() }),
      })),
    );
    const eachLevel = LEVELS.flatMap((level) => checked.find(({ report }) => lookOf(report) === level)?.message ?? []);
    expect(eachLevel).toHaveLength(LEVELS.length);
    const page = await chromium.open('pages/file/index.html');
    await inspect(page, `viewer-empty-${language}`);
    const mailbox = toMbox([...eachLevel.map(({ eml }) => eml), hostileMessage()]);
    await page.getByTestId('viewer-file').setInputFiles(await saveFile(folder, 'mail.mbox', mailbox));
    const buttons = page.getByTestId('viewer-messages').getByRole('button');
    await buttons.nth(eachLevel.length).waitFor();
    for (const [index, name] of [...eachLevel.map(({ id }) => id), 'hostile'].entries()) {
      await buttons.nth(index).click();
      expect(await page.locator('.panel').getAttribute('data-level')).toBe(LEVELS[index] ?? 'warning');
      await inspect(page, `viewer-${name}-${language}`);
    }
    await compareWords(page, language);
  });
});

/** The panel is Thunderbird's; its page is an ordinary one that asks the background, which another page stands in for here. */
describe.each(LANGUAGES)('the panel in %s', (language) => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium({ extension: join(DIST, 'thunderbird'), language });
    await noteWords(chromium);
  });
  afterAll(() => chromium.close());

  async function replies(): Promise<ReadonlyMap<string, CheckReply>> {
    const checked = async (id: string): Promise<CheckReply> => {
      const message = id === 'bounce' ? { eml: bounceMessage() } : demo.messages.find((one) => one.id === id);
      if (!message) throw new Error(`no demo message ${id}`);
      const trust = { account1: { authservIds: demo.trust.authservIds, resultsBelowEntry: 0 } };
      const resolver = createZoneResolver(demo.zone);
      const settings = { ...DEFAULT_SETTINGS, trust };
      return {
        state: 'checked',
        messageId: 1,
        ...(await checkParsed(parseMessage(message.eml), settings, 'account1', resolver, () => new Date())),
        rules: 'none',
      };
    };
    return new Map<string, CheckReply>([
      ['none', { state: 'none' }],
      ['several', { state: 'several' }],
      ['unreadable', { state: 'unreadable', error: '<b>gone</b>' }],
      ['broken', { state: 'broken', error: 'TypeError: x is undefined' }],
      ['altered', await checked('altered')],
      ['solicitation', await checked('solicitation')],
      ['dns-failed', await checked('dns-failed')],
      ['look-alike', await checked('look-alike')],
      ['bounce', await checked('bounce')],
    ]);
  }

  it('tells every state of a check', { timeout: LONG }, async () => {
    const background = await chromium.open('pages/settings/index.html');
    for (const [name, reply] of await replies()) {
      await background.evaluate(
        `chrome.runtime.onMessage.addListener((message, sender, send) => send(${JSON.stringify(reply)}))`,
      );
      const page = await chromium.open('pages/panel/index.html');
      await page.locator('[data-testid=headline], main[aria-busy=false] [data-testid=state]').waitFor();
      await compareWords(page, language);
      await inspect(page, `panel-${name}-${language}`);
      await page.close();
      await background.reload();
    }
  });
});

/** A delivery report that a filter handled, with a returned message and a part that is encrypted. */
function bounceMessage(): Uint8Array<ArrayBuffer> {
  const returned = [
    'Received: from out.home.example by mx.far.example; Sun, 22 Nov 2026 07:00:00 +0000',
    'OPES-System: https://filter.example/policy',
    'From: Ann <ann@home.example>',
    'Subject: Minutes',
    '',
    'Hello',
    '--=_r',
    'Content-Type: application/pkcs7-mime; smime-type=enveloped-data',
    '',
    'AAAA',
  ].join('\r\n');
  const fields = ['OPES-System: https://filter.example/policy'];
  return utf8ToBytes(reportMessage({ type: 'delivery-status', status: FAILED, returned, fields }));
}

describe.each(LANGUAGES)('the options of an account in %s', (language) => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium({ extension: join(DIST, 'thunderbird'), language });
    await noteWords(chromium);
  });
  afterAll(() => chromium.close());

  it('take proposals by one click and everything else by keyboard', { timeout: LONG }, async () => {
    const background = await chromium.open('pages/welcome/index.html');
    const replies = {
      accounts: [{ id: 'account1', name: 'ann@home.example' }],
      'propose-trust': {
        servers: [{ authservId: 'mx.home.example', count: 24, samples: 25, resultsBelowEntry: 0 }],
        hosts: [{ host: 'in.provider.example', count: 25, samples: 25 }],
      },
    };
    await background.evaluate(
      `chrome.runtime.onMessage.addListener((message, sender, send) => send(${JSON.stringify(replies)}[message.name]))`,
    );
    const page = await chromium.open('pages/settings/index.html');
    await page.getByTestId('use-server-account1').waitFor();
    await inspect(page, `settings-proposal-${language}`);
    await page.getByTestId('use-server-account1').click();
    await page.getByTestId('server-account1').getByText('mx.home.example').waitFor();

    const account = page.getByTestId('own-side');
    const forwarder = account.getByTestId('forwarders').getByRole('textbox');
    await forwarder.fill('no host');
    await forwarder.press('Enter');
    await account.getByTestId('forwarders').locator('[data-ok=false]').waitFor();
    await forwarder.fill('Old.example');
    await forwarder.press('Enter');
    await account.getByTestId('private-inside').press('Space');
    // Each change is kept before the next is made.
    const kept = `chrome.storage.local.get('settings').then(({ settings }) => settings.trust.account1.receivingAddresses)`;
    await expect.poll(() => page.evaluate(kept)).toEqual([]);
    await account.getByTestId('results-below').fill('9');
    await account.getByTestId('results-below').press('Tab');
    await inspect(page, `settings-own-side-${language}`);
    await compareWords(page, language);
    expect(await page.evaluate(`chrome.storage.local.get('settings').then(({ settings }) => settings.trust)`)).toEqual({
      account1: {
        authservIds: ['mx.home.example'],
        resultsBelowEntry: 5,
        receivingHosts: ['home.example', 'in.provider.example'],
        receivingAddresses: [],
        forwarders: ['old.example'],
      },
    });

    // The button that was pressed goes away: the focus stays in the list.
    await account.getByTestId('forwarders').getByRole('listitem').getByRole('button').press('Enter');
    expect(await forwarder.evaluate((input) => input === document.activeElement)).toBe(true);
  });
});

it('calls English words English where the browser speaks a third language', async () => {
  const chromium = await startChromium({ extension: join(DIST, 'chrome'), language: 'fr' });
  try {
    const page = await chromium.open('pages/welcome/index.html');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(await page.locator('h1').textContent()).toBe(readCatalogue('en')['welcome_title']);
  } finally {
    await chromium.close();
  }
});
