/** The picture of the path and who handled the message, in the panel: a long way with lists, forwarders and scanners on it. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { DEFAULT_SETTINGS } from '../../extension/settings/settings.ts';
import type { CheckReply } from '../../extension/messaging/protocol.ts';
import { findViolations, startChromium, type Chromium } from './support/chromium.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { DIST, t } = await import('./support/pages.ts');
const { checkParsed } = await import('../../extension/judging/checker.ts');

const POLICY = 'https://opes.example/policy';
const HOPS = 34;

/** Newest first: two own servers, then strangers. */
function received(): readonly string[] {
  const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 7, 0, second)).toUTCString();
  const own = [
    `Received: from mx.home.example ([10.0.0.2]) by imap.home.example with LMTP id 2; ${at(2)}`,
    `Received: from relay.list.example (relay.list.example [192.0.2.7]) by mx.home.example with ESMTP id 1; ${at(30)}`,
  ];
  const others = Array.from({ length: HOPS - own.length }, (_, at0) => {
    const keyword = at0 === 0 ? ' (SOLICIT=net.example:ADV)' : '';
    return `Received: from h${at0 + 1}.example ([198.51.100.${at0 + 1}]) by h${at0}.example with ESMTPS${keyword} id 3; ${at(-at0 * 90)}`;
  });
  return [...own, ...others];
}

const MESSAGE = [
  ...received(),
  `OPES-System: ${POLICY}`,
  'List-Id: <walks.list.example>',
  'X-Spam-Status: No, score=-1',
  'From: <ann@walks.example>',
  'Subject: A long way',
  '',
  'Hello.',
  '',
].join('\r\n');

let chromium: Chromium;
beforeAll(async () => {
  chromium = await startChromium({ extension: join(DIST, 'thunderbird') });
});
afterAll(() => chromium.close());

/** The panel with that message, as the background would answer; a page of the package stands in for it. */
async function openPanel(): Promise<Page> {
  const settings = {
    ...DEFAULT_SETTINGS,
    trust: { account1: { authservIds: ['mx.home.example'], resultsBelowEntry: 0 } },
  };
  const checked = await checkParsed(
    parseMessage(utf8ToBytes(MESSAGE)),
    settings,
    'account1',
    createZoneResolver({}),
    () => new Date(),
  );
  const reply: CheckReply = { state: 'checked', messageId: 1, ...checked, rules: 'none' };
  const background = await chromium.open('pages/settings/index.html');
  await background.evaluate(
    `chrome.runtime.onMessage.addListener((message, sender, send) => send(${JSON.stringify(reply)}))`,
  );
  await chromium.context.addInitScript(
    'window.opened = []; window.messenger = { windows: { openDefaultBrowser: async (url) => void opened.push(url) } };',
  );
  const page = await chromium.open('pages/details/index.html?message=1');
  await page.getByTestId('section-path').waitFor();
  return page;
}

it('draws the path from the oldest server to the newest, and folds its middle until it is asked for', async () => {
  const page = await openPanel();
  const steps = page.getByTestId('path-step');
  await expect.poll(() => page.getByRole('list', { name: t('panel_path_label') }).count()).toBe(1);
  expect(await steps.count()).toBeLessThan(12);
  expect(await steps.first().textContent()).toContain(`h${HOPS - 3}.example`);
  expect(await steps.last().textContent()).toContain('imap.home.example');

  const entry = steps.filter({ hasText: t('panel_hop_entry') });
  await expect.poll(() => entry.count()).toBe(1);
  expect(await entry.textContent()).toContain('mx.home.example');
  expect(await entry.textContent()).toContain(t('panel_hop_plain'));
  expect(await entry.textContent()).toContain(t('panel_hop_public'));
  await expect.poll(() => steps.filter({ hasText: 'SOLICIT=net.example:ADV' }).count()).toBe(1);
  await expect.poll(() => steps.filter({ hasText: t('panel_hop_clock', { time: '28 sec' }) }).count()).toBe(1);
  await expect.poll(() => page.locator('[data-testid=path-step][data-own=true]').count()).toBe(2);

  await page.getByTestId('path-unfold').focus();
  await page.keyboard.press('Enter');
  await steps.nth(HOPS - 1).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(await steps.nth(3).textContent());
  await page.close();
});

it('stands in a row where there is room, one below the other where there is none, and reads well either way', async () => {
  const page = await openPanel();
  const placeOf = (at: number): Promise<DOMRect> =>
    page
      .getByTestId('path-step')
      .nth(at)
      .evaluate((step) => step.getBoundingClientRect());
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 800]) {
      await page.setViewportSize({ width, height: 900 });
      const [first, second] = [await placeOf(0), await placeOf(1)];
      if (width === 320) expect(second.top).toBeGreaterThanOrEqual(first.bottom);
      else expect([second.top, second.left > first.left]).toEqual([first.top, true]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await page
        .getByTestId('section-path')
        .screenshot({ path: join(DIST, 'e2e', `path-${colorScheme}-${width}.png`) });
      expect(await findViolations(page)).toEqual([]);
    }
  }
  await page.close();
});

it('opens what a system publishes about itself only when told to', async () => {
  const page = await openPanel();
  const opened = (): Promise<unknown> => page.evaluate('opened');
  const system = page.getByTestId('handler').filter({ hasText: POLICY });
  expect(await system.textContent()).toContain(t('panel_changed_untold'));
  await expect.poll(() => page.locator('a[href^=http]').count()).toBe(0);
  expect(await opened()).toEqual([]);
  await system.getByRole('button').click();
  expect(await opened()).toEqual([POLICY]);
  await page.close();
});
