/** When the network, the resolver or the moment is against us: nothing wrong is said, and what failed can be tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import { LIMITS } from '../../src/limits.ts';
import { mail } from '../fixtures/build/mail.ts';
import { expectedButton, expectedHeadline, expectedReport, plainButton, tellsLevel } from './support/expected.ts';
import { waitFor } from './support/process.ts';
import { demoMessage, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

/** Its domain's records are signed, and were changed on the way. */
const TAMPERED = mail({ from: 'Mallory <mallory@tampered.example>', subject: 'Changed answers', body: 'Hello.\r\n' });
const TAMPERED_ID = 'changedanswers.0@mail.example';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    extraMessages: () => [Buffer.from(TAMPERED)],
    extraZone: {
      'tampered.example': { A: ['192.0.2.80'], _secure: true },
      '_dmarc.tampered.example': { TXT: ['v=DMARC1; p=none'], _secure: true },
      '_adsp._domainkey.tampered.example': { TXT: ['dkim=unknown'], _secure: true },
    },
    tampered: ['tampered.example'],
  });
});
beforeEach(async () => {
  await forgetAnswers();
  await scene.judge('broken');
  await scene.judge('unsigned');
});
afterEach(async () => {
  scene.proxy.setMode('pass');
  await scene.thunderbird.setOffline(false);
  await scene.thunderbird.closePanel();
  await scene.thunderbird.closeOtherTabs();
});
afterAll(() => scene.close());

async function forgetAnswers(): Promise<void> {
  const { thunderbird } = scene;
  await thunderbird.openPage('pages/settings/index.html');
  await thunderbird.tab.press('clear-cache');
  await thunderbird.tab.textWith('save-state', words('settings_cache_cleared'));
  await thunderbird.closeOtherTabs();
}

const expectedOf = async (id: string) =>
  expectedButton(await expectedReport(demoMessage(scene.demo, id).eml, scene.demo, scene.now));

/** Presses "Try again" in the panel, as often as it takes, until panel and button tell the outcome. */
async function tryAgain(id: string): Promise<void> {
  const { thunderbird } = scene;
  const expected = await expectedOf(id);
  // A resolver that just failed is left alone for some seconds (RFC 9520 §3.2).
  const again = async () => {
    if (await thunderbird.popup.has('retry')) await thunderbird.popup.press('retry');
    return words(`level_${expected.icon.replace('.svg', '')}`) === (await thunderbird.popup.text('level'));
  };
  await waitFor('the check to succeed', again, { interval: 500 });
  await thunderbird.waitForButton(({ label }) => label === expected.label);
  expect(plainButton(await thunderbird.waitForButton(tellsLevel))).toEqual(expected);
}

describe('offline', () => {
  it('is told as such, and checked when online again', async () => {
    const { thunderbird, proxy, judge } = scene;
    await thunderbird.setOffline(true);
    proxy.setMode('refuse'); // open connections live on for a while
    const { icon, title } = await judge('first-party');
    expect(icon).toBe('unchecked.svg');
    expect(title).toContain(words('finding_offline'));
    await thunderbird.openPanel();
    expect(await thunderbird.popup.text('headline')).toBe(words('finding_offline'));
    await thunderbird.setOffline(false);
    proxy.setMode('pass');
    await tryAgain('first-party');
    expect(await thunderbird.popup.has('retry')).toBe(false);
  });
});

describe('a resolver that is gone', () => {
  it('leaves the message unchecked, never unsigned, until it is back', async () => {
    const { thunderbird, proxy, judge } = scene;
    proxy.setMode('refuse');
    const { label, title } = await judge('first-party');
    expect(label).toBe(words('badge_level_unchecked'));
    expect(title).toContain(words('finding_dns_failed'));
    await thunderbird.openPanel();
    expect(await thunderbird.popup.text('headline')).toBe(words('finding_dns_failed'));
    await thunderbird.closePanel();
    await thunderbird.openDetails();
    expect(await thunderbird.tab.text('finding-dns-failed')).toContain('_domainkey.orchard.example');
    await thunderbird.closeOtherTabs();
    await thunderbird.openPanel();
    proxy.setMode('pass');
    await tryAgain('first-party');
  });

  it('is told apart from answers that DNSSEC shows to be forged (RFC 8914 §4.7)', async () => {
    const { thunderbird, judge } = scene;
    const { label } = await judge(TAMPERED_ID);
    expect(label).toBe(words('badge_level_unchecked'));
    await thunderbird.openPanel();
    expect(await thunderbird.popup.has('retry')).toBe(true);
    await thunderbird.closePanel();
    await thunderbird.openDetails();
    expect(await thunderbird.tab.has('finding-dns-bogus')).toBe(true);
  });
});

describe('a message whose answers are on their way', () => {
  it('clears the button at once, and says that it is checking only after a while', async () => {
    const { thunderbird, proxy, judge, rowOf } = scene;
    const { icon, label } = await judge('unsigned');
    expect(icon).toBe('unsigned.svg');
    proxy.setMode('hang');
    // Every state is noted as it is painted: the blank button lasts for less than a busy machine takes to look twice.
    const seen = await thunderbird.timeSelection(rowOf('first-party'));
    const next = (values: readonly string[], ...before: readonly string[]) =>
      values.filter((value) => !before.includes(value)).slice(0, 2);
    // Thunderbird may write what it says of the message before once more.
    expect(next(seen.words, 'stale', label)).toEqual(['', words('badge_checking')]);
    expect(next(seen.icons, icon)).toEqual(['blank.svg', 'checking.svg']);
  });

  it('warns of what needs no answer', async () => {
    const { thunderbird, proxy, judge, rowOf } = scene;
    const { title } = await judge('look-alike');
    await forgetAnswers();
    await judge('unsigned');
    proxy.setMode('hang');
    await thunderbird.select(rowOf('look-alike'));
    await waitFor('the question', () => proxy.isHolding());
    expect(plainButton(await thunderbird.waitForButton(tellsLevel)).title).toBe(title);
    expect(proxy.isHolding()).toBe(true);
  });

  it('is unchecked after six seconds, where the resolver never answers', async () => {
    const { thunderbird, proxy, rowOf } = scene;
    proxy.setMode('hang');
    const start = Date.now();
    await thunderbird.select(rowOf('first-party'));
    expect((await thunderbird.waitForButton(tellsLevel)).icon).toBe('unchecked.svg');
    expect(Date.now() - start).toBeGreaterThan(LIMITS.lookupsDeadline - 500);
    expect(Date.now() - start).toBeLessThan(LIMITS.lookupsDeadline + 2500);
  });
});

describe('the button', () => {
  it('is about as wide for one verdict as for another', async () => {
    const { thunderbird, judge } = scene;
    const widths: number[] = [];
    for (const id of ['first-party', 'list', 'unsigned', 'broken', 'signs-all', 'two-from']) {
      await judge(id);
      widths.push((await thunderbird.readButton())?.width ?? 0);
    }
    expect(Math.min(...widths)).toBeGreaterThan(40);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(3);
  });
});

describe('switching quickly', () => {
  it('never shows a late result at another message', async () => {
    const { thunderbird, proxy, judge, rowOf } = scene;
    const expected = await judge('unsigned');
    proxy.setMode('hang');
    await thunderbird.select(rowOf('first-party'));
    await waitFor('the question', () => proxy.isHolding());
    await thunderbird.waitForButton(({ label }) => label === words('badge_checking'));
    expect(await judge('unsigned')).toEqual(expected);
    proxy.setMode('pass');
    for (const end = Date.now() + 1500; Date.now() < end; await sleep(20)) {
      const button = await thunderbird.readButton();
      expect(button && plainButton(button)).toEqual(expected);
    }
    expect(await judge('first-party')).toEqual(await expectedOf('first-party'));
  });

  it('ends with the right verdict after every message was passed in a moment', async () => {
    const { thunderbird, demo, rowOf } = scene;
    const rows = demo.messages.map(({ id }) => rowOf(id));
    for (const last of ['first-party', 'two-from', 'unsigned']) {
      await thunderbird.selectQuickly([...rows, rowOf(last)], 15);
      const expected = await expectedOf(last);
      await thunderbird.waitForButton((button) => tellsLevel(button) && plainButton(button).title === expected.title);
      await sleep(500);
      expect(plainButton(await thunderbird.waitForButton(tellsLevel))).toEqual(expected);
    }
  });
});

describe('a background that was put to sleep', () => {
  it('wakes for the next message', async () => {
    const { thunderbird, judge } = scene;
    await thunderbird.sleepBackground();
    expect(await judge('list')).toEqual(await expectedOf('list'));
    expect(await thunderbird.backgroundState()).toBe('running');
  });

  it('wakes for the panel', async () => {
    const { thunderbird, judge } = scene;
    await judge('list');
    await thunderbird.sleepBackground();
    await thunderbird.openPanel();
    const report = await expectedReport(demoMessage(scene.demo, 'list').eml, scene.demo, scene.now);
    expect(await thunderbird.popup.text('headline')).toBe(expectedHeadline(report));
  });

  it('leaves the button of the message on display as it was', async () => {
    const { thunderbird, judge } = scene;
    const before = await judge('reject');
    await thunderbird.sleepBackground();
    await sleep(500);
    const button = await thunderbird.readButton();
    expect(button && plainButton(button)).toEqual(before);
  });
});
