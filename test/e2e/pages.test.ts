/** The pages of the Chrome package in a real Chromium, as people use them: with mouse, keyboard and saved mail. */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkMessage } from '../../src/check.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { startChromium, type Chromium } from './support/chromium.ts';
import { forwardAsAttachment, hostileMessage, saveFile, TAKEN_OVER, toMbox } from './support/saved-mail.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('./support/catalogue.ts');

declare const chrome: {
  readonly permissions: { getAll(): Promise<{ readonly origins: readonly string[] }> };
};

const EXTENSION = join(import.meta.dirname, '../../dist/chrome');
const LOOPBACK = 'http://127.0.0.1/*';
const t = wordsOf(readCatalogue('en'));

let demo: Demo;
let server: DohServer;
let folder: string;
let mailbox: string;
beforeAll(async () => {
  demo = await buildDemo(new Date());
  server = await startDohServer(demo.zone);
  folder = await mkdtemp(join(tmpdir(), 'countersign-mail-'));
  mailbox = await saveFile(folder, 'demo.mbox', toMbox(demo.messages.map(({ eml }) => eml)));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A Chromium for the tests of one describe. */
function useChromium(prepare?: (chromium: Chromium) => Promise<void>): () => Chromium {
  let chromium: Chromium | undefined;
  const running = (): Chromium => {
    if (chromium === undefined) throw new Error('Chromium did not start');
    return chromium;
  };
  beforeAll(async () => {
    chromium = await startChromium({ extension: EXTENSION });
    await prepare?.(chromium);
  });
  afterAll(() => chromium?.close());
  return running;
}

async function chooseResolver(page: Page, url: string): Promise<void> {
  await page.getByTestId('resolver-own').check();
  await page.getByTestId('resolver-url').fill(url);
  await page.getByTestId('resolver-accept').click();
  await page.locator('[data-testid=resolver-outcome][data-ok]').waitFor();
}

async function useDemoResolver(chromium: Chromium): Promise<void> {
  await chromium.agreeToHost(LOOPBACK);
  const page = await chromium.open('options/index.html');
  await chooseResolver(page, server.url);
  await page.close();
}

async function openInViewer(chromium: Chromium, ...files: readonly string[]): Promise<Page> {
  const page = await chromium.open('viewer/index.html');
  await page.getByTestId('viewer-file').setInputFiles(files);
  await page
    .getByTestId('viewer-status')
    .getByText(/^Messages checked/)
    .waitFor();
  return page;
}

interface Verdict {
  readonly level: string;
  readonly headline: string;
}

const verdictOf = ({ level, headline, headlineParams }: Report): Verdict => ({
  level: t(`level_${level}`),
  headline: t(`finding_${headline.replaceAll('-', '_')}`, headlineParams),
});

/** What the core says of each demo message where nobody is trusted, as nobody is in a saved file. */
async function expectedVerdicts(resolver: Resolver): Promise<readonly Verdict[]> {
  const now = new Date();
  return Promise.all(demo.messages.map(async ({ eml }) => verdictOf(await checkMessage(eml, { resolver, now }))));
}

async function shownVerdicts(page: Page): Promise<readonly Verdict[]> {
  const shown: Verdict[] = [];
  for (const button of await page.getByTestId('viewer-messages').getByRole('button').all()) {
    await button.click();
    shown.push({
      level: (await page.getByTestId('level').textContent()) ?? '',
      headline: (await page.getByTestId('headline').textContent()) ?? '',
    });
  }
  return shown;
}

const hosts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => (await chrome.permissions.getAll()).origins);
const outcome = (page: Page): Promise<string | null> => page.getByTestId('resolver-outcome').textContent();

describe('before a resolver is chosen', () => {
  const running = useChromium();

  it.each(['chrome', 'firefox', 'thunderbird'])(
    'the %s package asks for no host when it is installed',
    async (target) => {
      const text = await readFile(join(import.meta.dirname, '../../dist', target, 'manifest.json'), 'utf8');
      const manifest = JSON.parse(text) as Record<string, unknown>;
      expect(manifest).not.toHaveProperty('host_permissions');
      expect(manifest).not.toHaveProperty('content_scripts');
      expect(JSON.stringify(manifest['permissions'])).not.toMatch(/:\/\/|<all_urls>|tabs|webRequest/);
    },
  );

  it('reaches no host, and checks without asking anybody', async () => {
    const page = await openInViewer(running(), mailbox);
    expect(await hosts(page)).toEqual([]);
    expect(await shownVerdicts(page)).toEqual(await expectedVerdicts(createUnavailableResolver('not-configured')));
    for (const path of ['options/index.html', 'welcome/index.html']) await (await running().open(path)).close();
    expect(running().asked).toEqual([]);
    // The record is no blind one: it notices a request of the background and one of a page.
    for (const from of [page, ...running().context.serviceWorkers()]) {
      await from.evaluate((url) => fetch(url).catch(() => undefined), `${server.url}?noticed`);
    }
    expect(running().asked).toEqual([`${server.url}?noticed`, `${server.url}?noticed`]);
  });

  it('greets the reader with every level, and with the choice of a resolver', async () => {
    const page = await running().open('welcome/index.html');
    await expect.poll(() => page.title()).toBe(t('welcome_title'));
    const levels = ['verified', 'signed', 'unsigned', 'unchecked', 'caution', 'warning'];
    const terms = (await page.locator('dt').allTextContents()).map((term) => term.trim());
    expect(terms).toEqual(levels.map((level) => t(`level_${level}`)));
    expect(await page.locator('[name=resolver]:checked').count()).toBe(0);
    const [options] = await Promise.all([
      running().context.waitForEvent('page'),
      page.getByRole('button', { name: t('welcome_more_options') }).click(),
    ]);
    await options.getByRole('heading', { name: t('options_heading') }).waitFor();
  });
});

describe('the options', () => {
  const running = useChromium((chromium) => chromium.agreeToHost(LOOPBACK));

  it('say that a resolver has to be chosen first', async () => {
    const page = await running().open('options/index.html');
    await page.getByTestId('resolver-accept').click();
    expect(await outcome(page)).toBe(t('resolver_choose_first'));
  });

  it.each([
    '',
    'no address',
    'ftp://dns.example/',
    'http://dns.example/dns-query',
    'https://me:secret@dns.example/',
    'http://[::1]/dns-query',
  ])('refuse %j, which is no address of a resolver', async (url) => {
    const page = await running().open('options/index.html');
    await chooseResolver(page, url);
    expect(await outcome(page)).toBe(t('resolver_bad_url'));
    expect(await page.getByTestId('resolver-url').getAttribute('aria-invalid')).toBe('true');
  });

  it('refuse a web server that is no resolver, and keep no permission for it', async () => {
    const web = createServer((_, response) => response.end('<title>Hello</title>'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const page = await running().open('options/index.html');
    await chooseResolver(page, `http://127.0.0.1:${address.port}/`);
    web.close();
    expect(await outcome(page)).toBe(t('resolver_failed_http'));
    expect(await hosts(page)).toEqual([]);
  });

  it('refuse a port where nobody listens', async () => {
    const gone = await startDohServer(demo.zone);
    await gone.close();
    const page = await running().open('options/index.html');
    await chooseResolver(page, gone.url);
    expect(await outcome(page)).toBe(t('resolver_failed_network'));
  });

  it('take a resolver by keyboard alone, after it answered a real question, and stop asking', async () => {
    const page = await running().open('options/index.html');
    const { host } = new URL(server.url);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp'); // from the first radio button round to the last
    await page.keyboard.press('Tab');
    await page.keyboard.type(server.url);
    await page.keyboard.press('Enter');
    await page.getByText(t('resolver_accepted', { host })).waitFor();
    expect(await hosts(page)).toEqual([LOOPBACK]);
    expect(running().asked.at(-1)).toContain(server.url);

    await page.reload();
    expect(await page.getByTestId('resolver-url').inputValue()).toBe(server.url);
    await page.getByTestId('resolver-stop').focus();
    await page.keyboard.press('Space');
    await page.getByText(t('resolver_stopped')).waitFor();
    expect(await page.getByTestId('resolver-accept').evaluate((button) => button === document.activeElement)).toBe(
      true,
    );
    expect(await hosts(page)).toEqual([]);
    await page.reload();
    await page.getByTestId('resolver-accept').waitFor();
    expect(await page.locator('[name=resolver]:checked, [data-testid=resolver-stop]').count()).toBe(0);
  });

  it('keep which checks are made, and make no others', async () => {
    await useDemoResolver(running());
    const page = await running().open('options/index.html');
    for (const name of ['dkim', 'practices']) {
      await page.getByTestId(`check-${name}`).focus();
      await page.keyboard.press('Space');
      await page.getByTestId('save-state').getByText(t('options_saved')).waitFor();
    }
    await page.reload();
    await page.getByTestId('check-dkim').waitFor();
    const kept = Object.fromEntries(
      await page
        .locator('[data-testid^=check-]')
        .evaluateAll((boxes) =>
          boxes.map((box) => [box.dataset['testid'] ?? '', box instanceof HTMLInputElement && box.checked]),
        ),
    ) as Record<string, boolean>;
    expect(kept).toEqual({ 'check-dkim': false, 'check-practices': false, 'check-spf': true, 'check-arc': true });

    const before = running().asked.length;
    const viewer = await openInViewer(running(), mailbox);
    await viewer.getByTestId('section-practices').getByText(t('panel_practices_why_switched_off')).waitFor();
    expect(
      running()
        .asked.slice(before)
        .filter((url) => !url.startsWith(server.url)),
    ).toEqual([]);
    for (const name of ['dkim', 'practices']) await page.getByTestId(`check-${name}`).check();
  });
});

describe('the viewer', () => {
  const running = useChromium(useDemoResolver);

  it('says of every message what the core says, and asks nobody but the chosen resolver', async () => {
    const page = await openInViewer(running(), mailbox);
    expect(await shownVerdicts(page)).toEqual(await expectedVerdicts(createZoneResolver(demo.zone)));
    expect([...new Set(running().asked.map((url) => url.split('?')[0]))]).toEqual([server.url]);
  });

  it('hands out the report of the core', async () => {
    const signed = demo.messages.find(({ id }) => id === 'two-algorithms');
    if (!signed) throw new Error('no such demo message');
    await running().context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await openInViewer(running(), await saveFile(folder, 'one.eml', signed.eml));
    await page.getByTestId('copy').click();
    await page.getByTestId('copy-status').getByText(t('panel_copied')).waitFor();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as Report;
    const expected = await checkMessage(signed.eml, { resolver: createZoneResolver(demo.zone), now: new Date() });
    // The page's cache has had the keys for some seconds.
    const withoutAge = ({ dkim }: Report): unknown[] => dkim.map((signature) => ({ ...signature, keyTtl: null }));
    expect(withoutAge(copied)).toEqual(withoutAge(expected));
    expect(copied.dkim.map(({ algorithm, result }) => [algorithm, result])).toEqual([
      ['ed25519-sha256', 'pass'],
      ['rsa-sha256', 'pass'],
    ]);
    const { level, findings, identities } = expected;
    expect(copied).toMatchObject({ level, findings, identities });
  });

  it('is led by keyboard alone, from the files to the line of evidence', async () => {
    const two = demo.messages.slice(0, 2).map(({ eml }) => eml);
    const page = await openInViewer(running(), await saveFile(folder, 'two.mbox', toMbox(two)));
    await page.getByTestId('viewer-file').focus();
    const visited: string[] = [];
    for (let step = 0; step < 40 && visited.at(-1) !== t('panel_section_header'); step++) {
      await page.keyboard.press('Tab');
      visited.push(await page.evaluate(() => document.activeElement?.textContent?.replace(/.* · /, '').trim() ?? ''));
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
      expect(outline, `${visited.at(-1)} shows that it has the focus`).not.toBe('none');
    }
    const sections = ['findings', 'who', 'signatures', 'practices', 'servers', 'solicitation', 'path', 'header'];
    expect(visited).toEqual([
      'Apples are ripe',
      'Récolte de novembre',
      t('panel_copy'),
      t('panel_open_options'),
      ...sections.flatMap((name) => [
        t(`panel_section_${name}`),
        ...(name === 'findings' ? [t('panel_evidence')] : []),
        ...(name === 'signatures' ? [t('panel_more')] : []),
      ]),
    ]);

    const isOpen = (): Promise<boolean> =>
      page.getByTestId('section-path').evaluate((section) => section.hasAttribute('open'));
    await page.getByTestId('section-path').locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await isOpen()).toBe(true);
    await page.keyboard.press('Space');
    expect(await isOpen()).toBe(false);

    await page.locator('.evidence summary').first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const line = page.locator('[id^=field-]:focus');
    expect(await line.textContent()).toMatch(/^DKIM-Signature:.*d=orchard\.example/s);
    expect(await line.evaluate((field) => field.getBoundingClientRect().top < innerHeight)).toBe(true);
  });

  it('tries again when the reader is back online', async () => {
    const signed = demo.messages.find(({ id }) => id === 'solicitation');
    if (!signed) throw new Error('no such demo message');
    const page = await running().open('options/index.html');
    await page.getByTestId('clear-cache').click();
    await page.getByText(t('options_cache_cleared')).waitFor();
    const file = await saveFile(folder, 'offline.eml', signed.eml);
    await running().context.setOffline(true);
    const viewer = await openInViewer(running(), file);
    expect(await viewer.getByTestId('level').textContent()).toBe(t('level_unchecked'));
    await running().context.setOffline(false);
    await viewer.getByTestId('retry').focus();
    await viewer.keyboard.press('Enter');
    await viewer.getByTestId('viewer-status').getByText(t('viewer_rechecked')).waitFor();
    expect(await viewer.getByTestId('level').textContent()).toBe(t('level_verified'));
  });

  it('checks an attached message as one of its own', async () => {
    const [signed] = demo.messages;
    if (!signed) throw new Error('no demo message');
    const page = await openInViewer(running(), await saveFile(folder, 'doubt.eml', forwardAsAttachment(signed.eml)));
    const entries = await page.getByTestId('viewer-messages').getByRole('button').allTextContents();
    expect(entries).toHaveLength(2);
    expect(entries[0]).toContain('Is this real?');
    expect(entries[1]).toContain(t('viewer_attached', { label: 'doubt.eml', number: '1' }));
    expect(entries[1]).toContain(t('level_verified'));
  });

  it('makes no markup of a hostile message, runs nothing, and stays within 320 pixels', async () => {
    const errors: Error[] = [];
    const file = await saveFile(folder, '<img src=x onerror=alert(1)>.eml', hostileMessage());
    const benign = await openInViewer(running(), mailbox);
    const page = await openInViewer(running(), file);
    page.on('pageerror', (error) => errors.push(error));
    await page.setViewportSize({ width: 320, height: 800 });
    await page.locator('details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
    const kindsOf = (one: Page): Promise<readonly string[]> =>
      one.locator('*').evaluateAll((all) => [...new Set(all.map(({ localName }) => localName))].sort());
    expect(await kindsOf(benign)).toEqual(expect.arrayContaining([...(await kindsOf(page))]));
    const sources = await page.locator('img, script').evaluateAll((all) => all.map((one) => one.getAttribute('src')));
    expect(sources.filter((source) => !/^(?:\/icons\/\w+\.svg|\.\.\/assets\/[\w.-]+\.js)$/.test(source ?? ''))).toEqual(
      [],
    );
    expect(await page.evaluate((name) => name in window, TAKEN_OVER)).toBe(false);
    expect(await page.locator('#root').textContent()).not.toMatch(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e\u2066]/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(errors).toEqual([]);
    await page.screenshot({ path: join(import.meta.dirname, '../../dist/e2e/viewer-hostile-320.png'), fullPage: true });
  });
});
