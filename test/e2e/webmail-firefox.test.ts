/** Webmail in a real Firefox, with a real Roundcube over a real Dovecot. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { headlineWords } from '../../src/words/finding.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { startDovecot, type Dovecot } from './support/dovecot.ts';
import { startFirefox, type Firefox, type FirefoxPage } from './support/firefox.ts';
import { waitFor } from './support/process.ts';
import { startRoundcube, type Roundcube } from './support/roundcube.ts';
import { DIST } from './support/scene.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('./support/catalogue.ts');
const t = wordsOf(readCatalogue('en'));

let demo: Demo;
let server: DohServer;
let dovecot: Dovecot;
let roundcube: Roundcube;
let firefox: Firefox;
let settings: FirefoxPage;
let site: string;
const IDS = ['first-party', 'two-algorithms'];
const emlOf = (id: string): Uint8Array<ArrayBuffer> =>
  demo.messages.find((message) => message.id === id)?.eml ?? new Uint8Array();

beforeAll(async () => {
  demo = await buildDemo(new Date());
  server = await startDohServer(demo.zone);
  dovecot = await startDovecot([]);
  for (const id of IDS.toReversed())
    await dovecot.deliver('INBOX', [Buffer.from(emlOf(id)).toString('utf8').replaceAll('\r\n', '\n')]);
  roundcube = await startRoundcube(dovecot.port);
  site = new URL(roundcube.url).origin;
  firefox = await startFirefox({ extension: join(DIST, 'firefox') });
  settings = await firefox.open('pages/settings/index.html');
});
afterAll(async () => {
  await firefox.close();
  await roundcube.stop();
  await dovecot.stop();
  await server.close();
});

/** What the toolbar says of the tab with the site. */
const toolbar = (): Promise<unknown> =>
  settings.call(
    `async (site) => {
      const [tab] = await browser.tabs.query({ url: 'http://127.0.0.1/*' });
      return tab ? browser.action.getTitle({ tabId: tab.id }) : '';
    }`,
    site,
  );

it('checks what is opened on a site its reader named, and shows it beside the sender and on the toolbar', async () => {
  await settings.click('[data-testid=resolver-own]');
  await settings.waitFor('[data-testid=resolver-accept]');
  await settings.click('[data-testid=resolver-url]');
  await settings.type(server.url);
  await settings.click('[data-testid=resolver-accept]');
  await settings.waitFor('[data-testid=resolver-state]', new URL(server.url).host);
  // The host is permitted by now, as the resolver's; the site is not named yet.
  const mail = await firefox.visit(roundcube.url);
  await mail.call(
    `({ user, password }) => {
      document.querySelector('#rcmloginuser').value = user;
      document.querySelector('#rcmloginpwd').value = password;
    }`,
    { user: dovecot.user, password: dovecot.password },
  );
  await mail.click('#rcmloginsubmit');
  await mail.waitFor('#messagelist tr.message');
  expect(await toolbar()).toBe(t('badge_idle_title'));
  await settings.call('async (site) => browser.storage.local.set({ webmailSites: [site] })', site);
  await settings.waitFor('[data-testid=sites]', site);

  for (const [row, id] of IDS.entries()) {
    // The newest has the highest number.
    const address = `${roundcube.url}?_task=mail&_mbox=INBOX&_uid=${IDS.length - row}&_action=show`;
    await mail.call('(address) => { location.href = address; }', address);
    const report = await checkMessage(emlOf(id), { resolver: createZoneResolver(demo.zone), now: new Date() });
    const title = `${t(`level_${report.level}`)}: ${headlineWords(report, t).title}`;
    let last: unknown;
    await waitFor(`the toolbar to say ${title}`, async () =>
      (last = await toolbar()) === title ? true : undefined,
    ).catch((error: unknown) => {
      throw new Error(`the toolbar says ${String(last)}`, { cause: error });
    });
    // The badge's own text is in a closed tree; its carrier has a size once there is something in it.
    const size = await waitFor('the badge', async () => {
      const width = await mail.call(
        `() => {
          const frame = [...document.querySelectorAll('iframe')].map((one) => one.contentDocument ?? null).find((one) => one?.querySelector('#message-header'));
          const link = (frame ?? document).querySelector('#message-header a[href^="mailto:"]');
          return link?.nextElementSibling?.getBoundingClientRect().width ?? 0;
        }`,
      );
      return typeof width === 'number' && width > 60 ? width : undefined;
    });
    expect(size).toBeGreaterThan(60);
  }
  await mail.picture(join(DIST, 'e2e', 'webmail-firefox.png'));
});

it('takes a site back by a real click, and says nothing of its pages from then on', async () => {
  await settings.click('[data-testid=remove-site]');
  await settings.waitFor('[data-testid=no-sites]');
  expect(await settings.call("async () => (await browser.storage.local.get('webmailSites')).webmailSites")).toEqual([]);
  // The resolver has the same host, so that the permission stays.
  expect(await settings.call('async () => (await browser.permissions.getAll()).origins')).toEqual([
    'http://127.0.0.1/*',
  ]);
});
