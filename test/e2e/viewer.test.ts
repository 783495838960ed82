/** The viewer of the Chrome package in a real Chromium, with saved mail of all kinds, by mouse and by keyboard. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Report } from '../../src/report/types.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { forwardAsAttachment, hostileMessage, saveFile, TAKEN_OVER, toMbox } from './support/saved-mail.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { DIST, expectedVerdicts, openInViewer, shownVerdicts, t, useChromium, useResolver } =
  await import('./support/pages.ts');

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

describe('the viewer', () => {
  const running = useChromium((chromium) => useResolver(chromium, server.url));

  it('says of every message what the core says, and asks nobody but the chosen resolver', async () => {
    const page = await openInViewer(running(), mailbox);
    expect(await shownVerdicts(page)).toEqual(await expectedVerdicts(demo, createZoneResolver(demo.zone)));
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
    const last = t('panel_open_profiler', { domain: 'orchard.example' });
    for (let step = 0; step < 40 && visited.at(-1) !== last; step++) {
      await page.keyboard.press('Tab');
      visited.push(
        await page.evaluate(() => {
          const { activeElement: focused } = document;
          return (
            focused?.getAttribute('aria-label') ?? (focused?.querySelector('b') ?? focused)?.textContent.trim() ?? ''
          );
        }),
      );
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
      expect(outline, `${visited.at(-1)} shows that it has the focus`).not.toBe('none');
    }
    expect(visited).toEqual([
      t('viewer_paste'),
      t('viewer_filter'),
      t('viewer_order'),
      t('viewer_export_csv'),
      t('viewer_export_json'),
      'Apples are ripe',
      'Récolte de novembre',
      t('panel_copy_summary'),
      t('panel_copy'),
      t('panel_make_rule'),
      t('panel_evidence'),
      t('panel_more'),
      last,
    ]);

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
    const page = await running().open('pages/settings/index.html#stored');
    await page.getByTestId('clear-cache').click();
    await page.getByText(t('settings_cache_cleared')).first().waitFor();
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

  it('checks a header that is pasted, and says what that leaves out', async () => {
    const page = await running().open('pages/file/index.html');
    await page.getByTestId('viewer-paste').click();
    await page.getByTestId('paste-text').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('paste-text');
    await page.getByTestId('paste-check').click();
    await page.getByTestId('viewer-status').getByText(t('viewer_paste_empty')).waitFor();
    const [signed] = demo.messages;
    const header = new TextDecoder().decode(signed?.eml).split('\r\n\r\n', 1)[0] ?? '';
    await page.getByTestId('paste-text').fill(header);
    await page.getByTestId('paste-check').click();
    await page.getByTestId('headline').getByText(t('finding_header_only')).waitFor();
    expect(await page.getByTestId('level').textContent()).toBe(t('level_unchecked'));
    await page.screenshot({ path: join(DIST, 'e2e', 'viewer-header-only.png'), fullPage: true });

    await page.getByTestId('viewer-paste').click();
    await page.getByTestId('paste-text').fill(new TextDecoder().decode(signed?.eml));
    await page.getByTestId('paste-check').click();
    await page.getByTestId('level').getByText(t('level_verified'), { exact: true }).waitFor();
  });

  it('shows messages by level and in another order, and hands them out', async () => {
    const page = await openInViewer(running(), mailbox);
    const buttons = page.getByTestId('viewer-messages').getByRole('button');
    const all = await buttons.count();
    await page.getByTestId('viewer-filter').selectOption({ label: t('level_warning') });
    await expect.poll(() => buttons.count()).toBeLessThan(all);
    const warnings = await buttons.allTextContents();
    expect(warnings.every((text) => text.endsWith(t('level_warning')))).toBe(true);
    expect(await page.getByTestId('level').textContent()).toBe(t('level_warning'));
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByTestId('viewer-csv').click()]);
    const rows = (await readFile(await csv.path(), 'utf8')).trimEnd().split('\r\n');
    expect(rows).toHaveLength(warnings.length + 1);
    await page.getByTestId('viewer-filter').selectOption('');
    await page.getByTestId('viewer-order').selectOption('worst');
    await expect.poll(async () => (await buttons.first().textContent())?.endsWith(t('level_warning'))).toBe(true);
    const [json] = await Promise.all([page.waitForEvent('download'), page.getByTestId('viewer-json').click()]);
    const reports = JSON.parse(await readFile(await json.path(), 'utf8')) as { report: Report }[];
    expect(reports.map(({ report }) => report.schema)).toEqual(Array.from({ length: all }, () => 1));
    await page.screenshot({ path: join(DIST, 'e2e', 'viewer-list.png') });
    await page.setViewportSize({ width: 400, height: 900 });
    await page.screenshot({ path: join(DIST, 'e2e', 'viewer-list-narrow.png') });
  });

  it('takes files dropped beside the frame, and says when the clipboard refuses', async () => {
    const page = await running().open('pages/file/index.html');
    const isKept = await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['From: ann@quiet.example\r\n\r\nHello\r\n'], 'dropped.eml'));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(drop); // else the browser would open the file in the page's place
    });
    expect(isKept).toBe(true);
    await page.getByTestId('headline').waitFor();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    });
    await page.getByTestId('copy').click();
    await page.getByTestId('copy-status').getByText(t('panel_copy_refused')).waitFor();
  });

  it(
    'makes no markup of a hostile message, runs nothing, and stays within 320 pixels',
    { timeout: 120_000 },
    async () => {
      const errors: Error[] = [];
      const file = await saveFile(folder, '<img src=x onerror=alert(1)>.eml', hostileMessage());
      const long = utf8ToBytes('From: ann@notices.customer-service.long-company.example\r\n\r\nHello\r\n');
      const benign = await openInViewer(running(), mailbox, await saveFile(folder, 'long-name.eml', long));
      const page = await openInViewer(running(), file);
      page.on('pageerror', (error) => errors.push(error));
      await page.setViewportSize({ width: 320, height: 800 });
      await page.locator('details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
      const kindsOf = (one: Page): Promise<readonly string[]> =>
        one.locator('*').evaluateAll((all) => [...new Set(all.map(({ localName }) => localName))].sort());
      const harmless = new Set<string>();
      for (const button of await benign.getByTestId('viewer-messages').getByRole('button').all()) {
        await button.click();
        for (const kind of await kindsOf(benign)) harmless.add(kind);
      }
      expect((await kindsOf(page)).filter((kind) => !harmless.has(kind))).toEqual([]);
      const sources = await page.locator('img, script').evaluateAll((all) => all.map((one) => one.getAttribute('src')));
      expect(
        sources.filter((source) => !/^(?:\/icons\/\w+\.svg|\.\.\/\.\.\/assets\/[\w.-]+\.js)$/.test(source ?? '')),
      ).toEqual([]);
      expect(await page.evaluate((name) => name in window, TAKEN_OVER)).toBe(false);
      expect(await page.locator('#root').textContent()).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e\u2066]/,
      );
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(errors).toEqual([]);
      await page.screenshot({ path: join(DIST, 'e2e', 'viewer-hostile-320.png'), fullPage: true });
    },
  );
});
