/** The page of classes and pass keys in a real Chromium, and what the viewer then says of mail with them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findViolations } from './support/chromium.ts';
import { saveFile } from './support/saved-mail.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { DIST, openInViewer, t, useChromium } = await import('./support/pages.ts');

const NAME = '<b>Ann</b>';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-classes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the page of classes and pass keys', () => {
  const running = useChromium();
  const open = () => running().open('pages/settings/index.html#classes');

  it('makes a key by keyboard alone, hands it out, and takes it back', async () => {
    const page = await open();
    await page.getByTestId('pass-key-name').focus();
    await page.keyboard.type(NAME);
    await page.keyboard.press('Tab');
    await page.keyboard.type('no domain');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('pass-key-domain').getAttribute('aria-invalid')).toBe('true');
    await page.getByText(t('pass_key_bad_domain')).waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('me@mail.example.org');
    await page.keyboard.press('Enter');
    await page
      .getByTestId('classes-status')
      .getByText(t('pass_key_created', { name: NAME }))
      .waitFor();
    const line = (await page.getByTestId('pass-key-line').textContent()) ?? '';
    expect(line).toMatch(/^Solicitation: org\.example\.mail:key-[a-z2-7]{16}$/);
    expect(await page.getByTestId('pass-key-domain').inputValue()).toBe('me@mail.example.org');

    await running().context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('pass-key-copy').click();
    await page
      .getByTestId('classes-status')
      .getByText(t('pass_key_copied', { name: NAME }))
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${t('pass_key_handout')}\n\n${line}\n`);

    await page.getByTestId('pass-key-revoke').click();
    await page.locator('[data-testid=pass-key][data-revoked=true]').waitFor();
    await page.reload();
    await expect.poll(() => page.locator('[data-testid=pass-key][data-revoked=true]').count()).toBe(1);
    await page.getByTestId('pass-key-erase').click();
    await page.getByTestId('confirm-yes').click();
    await page.getByText(t('pass_keys_none')).waitFor();
  });

  it('names classes in the reader’s words, and the viewer tells them', async () => {
    const page = await open();
    await page.getByTestId('class-save').click();
    await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBe(2);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('class-keyword');
    await page.getByTestId('class-keyword').fill('net.shop');
    await page.getByTestId('class-name').fill('Shop <i>news</i>');
    await page.getByTestId('class-note').fill('asked for in May');
    await page.keyboard.press('Enter');
    await page.getByTestId('own-class').getByText('Shop <i>news</i>').waitFor();
    await page.getByTestId('class-edit').click();
    await page.getByTestId('class-name').fill('Shop news');
    await page.getByTestId('class-save').click();
    await page.getByTestId('own-class').getByText('Shop news', { exact: true }).waitFor();

    await page.getByTestId('pass-key-name').fill('Bo');
    await page.getByTestId('pass-key-domain').fill('example.org');
    await page.getByTestId('pass-key-create').click();
    const line = (await page.getByTestId('pass-key-line').textContent()) ?? '';
    const mail = [
      'From: Bo <bo@friend.example>',
      'Subject: ADV: boots',
      `${line}, net.shop:ADV, x`,
      'Precedence: bulk',
    ];
    const file = await saveFile(folder, 'class.eml', [...mail, '', 'text', ''].join('\r\n'));
    const viewer = await openInViewer(running(), file);
    await expect.poll(() => viewer.getByTestId('finding-pass-key-unsigned').count()).toBe(1);
    const classes = viewer.getByTestId('section-solicitation').getByTestId('class');
    expect(await classes.locator('.card-title').allTextContents()).toEqual(['Bo', 'Shop news', 'x']);
    expect(await classes.nth(1).getByTestId('open-definition').textContent()).toBe(
      t('panel_class_definition', { domain: 'shop.net' }),
    );
    expect(await viewer.getByTestId('section-solicitation').textContent()).toContain(t('panel_law_us_states'));
    expect(await viewer.getByTestId('section-solicitation').textContent()).toContain(t('panel_bulk_precedence'));
    expect(running().asked).toEqual([]);
    await viewer.screenshot({ path: join(DIST, 'e2e', 'viewer-classes.png'), fullPage: true });
  });

  it('saves names as a file and loads it again; a broken file changes nothing and is told with its places', async () => {
    const page = await open();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('classes-export').click()]);
    const saved = await readFile(await download.path(), 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ format: 'countersign-classes', classes: [{ keyword: 'net.shop' }] });

    const broken = saved.replace('"net.shop"', '"1 bad"');
    await page.getByTestId('classes-import').setInputFiles(await saveFile(folder, 'broken.json', broken));
    await page.getByTestId('classes-status').getByText(t('classes_import_refused')).waitFor();
    expect(await page.getByTestId('classes-problems').textContent()).toContain('/classes/0/keyword');
    await expect.poll(() => page.getByTestId('own-class').count()).toBe(1);

    const other = saved.replace('"net.shop"', '"net.other"');
    await page.getByTestId('classes-import').setInputFiles(await saveFile(folder, 'other.json', other));
    await page
      .getByTestId('classes-status')
      .getByText(t('classes_imported', { added: '1', replaced: '0' }))
      .waitFor();
    await expect.poll(() => page.getByTestId('own-class').count()).toBe(2);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page), colorScheme).toEqual([]);
      await page.screenshot({ path: join(DIST, 'e2e', `classes-${colorScheme}.png`), fullPage: true });
    }
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
