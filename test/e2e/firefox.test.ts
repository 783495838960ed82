/** The Firefox package in a real Firefox: it installs, a resolver is chosen by a real click, and saved mail is checked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { headlineWords } from '../../src/words/finding.ts';
import { counted } from '../../src/words/translate.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { startFirefox, type Firefox, type FirefoxPage } from './support/firefox.ts';
import { saveFile, toMbox } from './support/saved-mail.ts';
import { DIST } from './support/scene.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { lookOf } = await import('../../extension/ui/look.ts');
const { readCatalogue, wordsOf } = await import('./support/catalogue.ts');

const t = wordsOf(readCatalogue('en'));

let demo: Demo;
let server: DohServer;
let folder: string;
let firefox: Firefox;
beforeAll(async () => {
  demo = await buildDemo(new Date());
  server = await startDohServer(demo.zone);
  folder = await mkdtemp(join(tmpdir(), 'countersign-mail-'));
  firefox = await startFirefox({ extension: join(DIST, 'firefox') });
});
afterAll(async () => {
  await firefox.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const grantedHosts = (page: FirefoxPage): Promise<unknown> =>
  page.call('async () => (await browser.permissions.getAll()).origins');

async function openInViewer(file: string, count: number): Promise<FirefoxPage> {
  const page = await firefox.open('pages/file/index.html');
  await page.chooseFiles('[data-testid=viewer-file]', file);
  await page.waitFor('[data-testid=viewer-status]', counted(t, 'viewer_done', count));
  return page;
}

it('reaches no host until a real click has chosen a resolver, which is then asked', async () => {
  const page = await firefox.open('pages/settings/index.html');
  expect(await grantedHosts(page)).toEqual([]);
  await page.click('[data-testid=resolver-own]');
  await page.waitFor('[data-testid=resolver-accept]');
  await page.click('[data-testid=resolver-url]');
  await page.type(server.url);
  await page.click('[data-testid=resolver-accept]');
  await page.waitFor('[data-testid=resolver-state]', new URL(server.url).host);
  expect(await grantedHosts(page)).toEqual(['http://127.0.0.1/*']);
});

it('says of every saved message what the core says', async () => {
  const page = await openInViewer(
    await saveFile(folder, 'demo.mbox', toMbox(demo.messages.map(({ eml }) => eml))),
    demo.messages.length,
  );
  const now = new Date();
  const resolver = createZoneResolver(demo.zone);
  const reports = await Promise.all(demo.messages.map(({ eml }) => checkMessage(eml, { resolver, now })));
  const sentence = (report: Report): string => `${t(`level_${lookOf(report)}`)}: ${headlineWords(report, t).title}`;
  const shown = await page.call(
    `async () => {
      const shown = [];
      const textOf = (id) => document.querySelector('[data-testid=' + id + ']').textContent;
      for (const button of document.querySelectorAll('button.message')) {
        button.click();
        while (button.getAttribute('aria-current') !== 'true') await new Promise((resolve) => setTimeout(resolve, 5));
        shown.push(textOf('level') + ': ' + textOf('headline'));
      }
      return shown;
    }`,
  );
  expect(shown).toEqual(reports.map(sentence));
  await page.picture(join(DIST, 'e2e', 'firefox-viewer.png'));
});

function never(): never {
  throw new Error('a message without its report');
}

it('verifies Ed25519 signatures', async () => {
  const signed = demo.messages.find(({ id }) => id === 'two-algorithms') ?? never();
  const page = await openInViewer(await saveFile(folder, 'ed25519.eml', signed.eml), 1);
  const cards = (await page.call(
    `() => [...document.querySelectorAll('#signatures .card')].map((card) => [
      card.textContent.match(/(?:ed25519|rsa)-sha256/)?.[0],
      card.querySelector('[data-result]').dataset.result,
    ])`,
  )) as readonly (readonly string[])[];
  expect(cards).toEqual([
    ['ed25519-sha256', 'pass'],
    ['rsa-sha256', 'pass'],
  ]);
  expect(await page.waitFor('[data-testid=level]')).toBe(t('level_verified'));
});

it('keeps which checks are made, and stops asking', async () => {
  const page = await firefox.open('pages/settings/index.html#checks');
  await page.click('[data-testid=check-arc]');
  await page.waitFor('[data-testid=save-state]', t('options_saved'));
  await page.click('[data-testid=resolver-stop]');
  await page.waitFor('[data-testid=resolver-state]', t('resolver_stopped'));
  const again = await firefox.open('pages/settings/index.html');
  await again.waitFor('[data-testid=resolver-accept]');
  expect(await again.call("() => document.querySelector('[data-testid=check-arc]').checked")).toBe(false);
  // What is recommended is marked, and nothing is in use.
  expect(await again.call("() => document.querySelector('[name=resolver]:checked').value")).toBe('quad9');
  expect(await again.call("async () => (await browser.storage.local.get('settings')).settings.resolver")).toBe(null);
  expect(await grantedHosts(again)).toEqual([]);
  await again.picture(join(DIST, 'e2e', 'firefox-options.png'));
});
