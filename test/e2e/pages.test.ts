/** Welcome page and options of the Chrome package in a real Chromium, as people use them; and that nobody is asked before they chose whom. */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createUnavailableResolver } from '../../src/dns/unavailable.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { saveFile, toMbox } from './support/saved-mail.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const {
  chooseResolver,
  DIST,
  expectedVerdicts,
  LOOPBACK,
  openInViewer,
  shownVerdicts,
  t,
  tabTo,
  useChromium,
  useResolver,
} = await import('./support/pages.ts');

declare const chrome: {
  readonly permissions: { getAll(): Promise<{ readonly origins: readonly string[] }> };
};

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

const hosts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => (await chrome.permissions.getAll()).origins);
const outcome = (page: Page): Promise<string | null> => page.getByTestId('resolver-outcome').textContent();

describe('before a resolver is chosen', () => {
  const running = useChromium();

  it.each(['chrome', 'firefox', 'thunderbird'])(
    'the %s package asks for no host when it is installed',
    async (target) => {
      const text = await readFile(join(DIST, target, 'manifest.json'), 'utf8');
      const manifest = JSON.parse(text) as Record<string, unknown>;
      expect(manifest).not.toHaveProperty('host_permissions');
      expect(manifest).not.toHaveProperty('content_scripts');
      expect(JSON.stringify(manifest['permissions'])).not.toMatch(/:\/\/|<all_urls>|tabs|webRequest/);
    },
  );

  it('reaches no host, and checks without asking anybody', async () => {
    const page = await openInViewer(running(), mailbox);
    expect(await hosts(page)).toEqual([]);
    expect(await shownVerdicts(page)).toEqual(
      await expectedVerdicts(demo, createUnavailableResolver('not-configured')),
    );
    for (const path of ['pages/settings/index.html', 'pages/welcome/index.html'])
      await (await running().open(path)).close();
    expect(running().asked).toEqual([]);
    // The record is no blind one: it notices a request of the background and one of a page.
    const noticed = `fetch(${JSON.stringify(`${server.url}?noticed`)}).catch(() => undefined)`;
    await page.evaluate(noticed);
    for (const background of running().context.serviceWorkers()) await background.evaluate(noticed);
    expect(running().asked).toEqual([`${server.url}?noticed`, `${server.url}?noticed`]);
  });

  it('greets the reader with every level, and with the choice of a resolver', async () => {
    const page = await running().open('pages/welcome/index.html');
    await expect.poll(() => page.title()).toBe(t('welcome_title'));
    // One is recommended, and the browser's prompt is announced; nothing is used before its button is pressed.
    expect(await page.locator('[name=resolver]:checked').getAttribute('value')).toBe('quad9');
    expect(await page.getByTestId('resolver-announce').textContent()).toContain('dns.quad9.net');
    expect(await hosts(page)).toEqual([]);
    await page.getByTestId('welcome-skip').click();
    const levels = ['verified', 'signed', 'unsigned', 'broken', 'unchecked', 'caution', 'warning'];
    await page.locator('.badge').first().waitFor();
    const badges = (await page.locator('.badge').allTextContents()).map((word) => word.trim());
    expect(badges).toEqual(levels.map((level) => t(`badge_level_${level}`)));
    await page.getByTestId('open-overview').click();
    await page.getByRole('heading', { name: t('nav_overview') }).waitFor();
    // What is missing leads to exactly the step that was left out.
    await page.getByTestId('missing-dns').getByRole('link').click();
    await page.getByTestId('resolver-accept').waitFor();
  });
});

describe('the options', () => {
  const running = useChromium((chromium) => chromium.agreeToHost(LOOPBACK));

  it.each([
    '',
    'no address',
    'ftp://dns.example/',
    'http://dns.example/dns-query',
    'https://me:secret@dns.example/',
    'http://[::1]/dns-query',
  ])('refuse %j, which is no address of a resolver', async (url) => {
    const page = await running().open('pages/settings/index.html');
    await chooseResolver(page, url);
    expect(await outcome(page)).toBe(t('resolver_bad_url'));
    expect(await page.getByTestId('resolver-url').getAttribute('aria-invalid')).toBe('true');
  });

  it('refuse a web server that is no resolver, and keep no permission for it', async () => {
    const web = createServer((_, response) => response.end('<title>Hello</title>'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const address = web.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const page = await running().open('pages/settings/index.html');
    await chooseResolver(page, `http://127.0.0.1:${address.port}/`);
    web.close();
    expect(await outcome(page)).toBe(t('resolver_failed_http'));
    expect(await hosts(page)).toEqual([]);
  });

  it('refuse a port where nobody listens', async () => {
    const gone = await startDohServer(demo.zone);
    await gone.close();
    const page = await running().open('pages/settings/index.html');
    await chooseResolver(page, gone.url);
    expect(await outcome(page)).toBe(t('resolver_failed_network'));
  });

  it('take a resolver by keyboard alone, after it answered a real question, and stop asking', async () => {
    const page = await running().open('pages/settings/index.html');
    const { host } = new URL(server.url);
    await tabTo(page, 'resolver-quad9');
    await page.keyboard.press('ArrowUp'); // from the first radio button round to the last
    await page.getByTestId('resolver-url').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(server.url);
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=resolver-state][data-ok=true]').getByText(host).waitFor();
    expect(await hosts(page)).toEqual([LOOPBACK]);
    expect(running().asked.at(-1)).toContain(server.url);

    await page.reload();
    await page.getByTestId('resolver-current').getByText(host).first().waitFor();
    await page.getByTestId('resolver-stop').focus();
    await page.keyboard.press('Space');
    await page.getByText(t('resolver_stopped')).waitFor();
    expect(await page.locator('#dns-title').evaluate((title) => title === document.activeElement)).toBe(true);
    expect(await hosts(page)).toEqual([]);
    await page.reload();
    await page.getByTestId('resolver-accept').waitFor();
    await expect.poll(() => page.getByTestId('resolver-stop').count()).toBe(0);
  });

  it('keep which checks are made, and make no others', async () => {
    await useResolver(running(), server.url);
    const page = await running().open('pages/settings/index.html#checks');
    for (const name of ['dkim', 'practices']) {
      await page.getByTestId(`check-${name}`).focus();
      await page.keyboard.press('Space');
      await page.getByTestId('save-state').getByText(t('options_saved')).waitFor();
    }
    // The words are there from the first change on already.
    const isChecked = async (name: string): Promise<boolean> => page.getByTestId(`check-${name}`).isChecked();
    await expect
      .poll(async () => {
        await page.reload();
        await page.getByTestId('check-dkim').waitFor();
        return Promise.all(['dkim', 'practices', 'spf', 'arc'].map(isChecked));
      })
      .toEqual([false, false, true, true]);

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
