/** The banner above messages in a real Thunderbird: where it stands, what it says, and that a message cannot take it away. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import type { Rule } from '../../src/rules/types.ts';
import { expectedHeadline, expectedReport, plainButton, tellsLevel } from './support/expected.ts';
import { waitFor } from './support/process.ts';
import { demoMessage, OUTPUT, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';
import type { Banner } from './support/session.ts';

const HOSTILE = 'hostile-style@odd.example';
const COVERING = 'covering@odd.example';
const KEYED = 'keyed@odd.example';
const KEY = 'org.example.me:key-a';

/** Two authors, which is a warning; and every trick of a style sheet to get the banner away. */
const STYLES = [
  'html > *, html > * * { display: none !important; visibility: hidden !important; opacity: 0 !important; transition: all 99s !important }',
  'html { zoom: .05; opacity: 0 !important; clip-path: inset(300px 0 0); animation: none; perspective: 1px; transform: translateY(-900px); filter: opacity(0); visibility: hidden; pointer-events: none; direction: rtl }',
  'html > * { position: absolute !important; top: -9999px !important; clip-path: inset(50%) !important; max-height: 0 !important }',
  ':popover-open, [popover] { display: none !important; width: 0 !important; height: 0 !important; color: #fff !important }',
  'html > body { zoom: 20; display: block !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important }',
  'html > body, html > body > p { visibility: visible !important; opacity: 1 !important; display: block !important; background: #fff }',
].join('\n');

function message(id: string, fields: readonly string[], html: string): Uint8Array {
  const lines = [...fields, 'To: reader@home.example', 'Date: Sun, 22 Nov 2026 07:00:00 +0000', `Message-ID: <${id}>`];
  const head = [...lines, 'MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'];
  return Buffer.from([...head, '', html, ''].join('\r\n'), 'utf8');
}

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    extraMessages: () => [
      message(
        HOSTILE,
        ['From: Ann <a@odd.example>', 'From: Bo <b@odd.example>', 'Subject: style'],
        `<html><head><style>${STYLES}</style></head><body><p>Nothing to see.</p></body></html>`,
      ),
      message(
        COVERING,
        ['From: Ann <a@odd.example>', 'From: Bo <b@odd.example>', 'Subject: cover'],
        `<style>.fake { position: fixed; inset: 0 0 auto 0; width: 100%; height: 300px; margin: 0; background: #eaf6ee }</style>
        <p><button id="popover" popovertarget="one">One</button> <button id="dialog" commandfor="two" command="show-modal">Two</button>
        <div class="fake" id="one" popover>Verified</div><dialog class="fake" id="two">Verified</dialog>`,
      ),
      message(KEYED, ['From: Bo <b@odd.example>', 'Subject: key', `No-Solicit: ${KEY}`], '<p>Hello.</p>'),
    ],
  });
});
afterAll(() => scene.close());

async function headlineOf(id: string): Promise<string> {
  return expectedHeadline(await expectedReport(demoMessage(scene.demo, id).eml, scene.demo, scene.now));
}
const plain = ({ words: all }: Banner): readonly string[] => all.map((one) => one.replaceAll(/[\u2068\u2069]/g, ''));

/** Selects a message, waits until it is judged and a banner had time to come. */
async function bannerOf(id: string): Promise<Banner | null> {
  await scene.judge(id);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return scene.thunderbird.banner();
}

/** Runs in an extension page: stores what pages of the extension would. */
async function store(content: Readonly<Record<string, unknown>>): Promise<void> {
  const { thunderbird } = scene;
  await thunderbird.openPage('pages/settings/index.html');
  await thunderbird.tab.run((what) => messenger.storage.local.set(what), content);
  await thunderbird.closeOtherTabs();
}

describe('before it is switched on', () => {
  it('there is none', async () => {
    expect(await bannerOf('two-from')).toBeNull();
  });
});

describe('once it is switched on in the options', () => {
  beforeAll(async () => {
    const { thunderbird } = scene;
    await scene.judge('first-party');
    await thunderbird.openPage('pages/settings/index.html');
    await thunderbird.tab.press('banner');
    await thunderbird.tab.textWith('save-state', words('options_saved'));
    await thunderbird.closeOtherTabs();
  });

  it('says the headline above a warning, after the background slept as well', async () => {
    const { thunderbird, rowOf } = scene;
    const expected = [
      `${words('level_warning')}:`,
      await headlineOf('two-from'),
      words('finding_several_from_fields_advice'),
    ];
    await thunderbird.select(rowOf('two-from'));
    const banner = await thunderbird.waitForBanner();
    expect(banner).toMatchObject({
      look: 'warning',
      buttons: [words('banner_evidence'), words('banner_close')],
      top: 0,
    });
    expect(plain(banner)).toEqual(expected);
    expect(banner.isOnTop).toBe(true);
    await thunderbird.screenshot(join(OUTPUT, 'banner.png'));
    await scene.judge('first-party');
    await thunderbird.sleepBackground();
    await thunderbird.select(rowOf('two-from'));
    expect(plain(await thunderbird.waitForBanner())).toEqual(expected);
  });

  it.each(['first-party', 'unsigned'])('keeps away from %s, which is no worse than unsigned', async (id) => {
    expect(await bannerOf(id)).toBeNull();
  });

  it('stands above everything a message draws, whatever its style sheets say', async () => {
    const { thunderbird, rowOf } = scene;
    await thunderbird.select(rowOf(HOSTILE));
    const banner = await thunderbird.waitForBanner();
    expect(banner).toMatchObject({ look: 'warning', isOnTop: true, isPainted: true });
    expect(banner.top).toBeGreaterThanOrEqual(0);
    expect(banner.width).toBeGreaterThan(300);
    expect(banner.height).toBeGreaterThan(25);
  });

  it.each(['#popover', '#dialog'])('stays above a box that a click on %s puts into the top layer', async (button) => {
    const { thunderbird, rowOf } = scene;
    await scene.judge('first-party');
    await thunderbird.select(rowOf(COVERING));
    await thunderbird.waitForBanner();
    await thunderbird.pressInMessage(button);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await thunderbird.isShownInMessage('.fake:popover-open, .fake[open]')).toBe(true);
    expect(await thunderbird.banner()).toMatchObject({ look: 'warning', isOnTop: true, isPainted: true });
    // It answers as well: nothing made it inert.
    await thunderbird.pressBanner(1);
    expect(await thunderbird.banner()).toBeNull();
  });

  it('leads to the evidence, and goes when its reader closes it', async () => {
    const { thunderbird, rowOf } = scene;
    await scene.judge('first-party');
    await thunderbird.select(rowOf('two-from'));
    await thunderbird.waitForBanner();
    await thunderbird.pressBanner(0);
    await waitFor('the panel', async () =>
      (await thunderbird.tabs()).some(
        ({ url, active }) => active && url.startsWith('pages/details/index.html?message='),
      ),
    );
    expect((await thunderbird.tab.text('headline')).replaceAll(/[\u2068\u2069]/g, '')).toBe(
      await headlineOf('two-from'),
    );
    await thunderbird.closeOtherTabs();
    await thunderbird.pressBanner(1);
    expect(await thunderbird.banner()).toBeNull();
  });

  it('follows the rules of the reader', async () => {
    const rule = (id: string, level: string, show: string, text?: string): Rule => ({
      id,
      name: `Rule ${id}`,
      enabled: true,
      conditions: { all: [{ field: 'level', compare: 'is', level: level as 'verified' }] },
      actions: [{ do: 'banner', show: show as 'note', ...(text === undefined ? {} : { text }) }],
      stop: false,
      unchecked: false,
    });
    await store({
      rules: { version: 1, rules: [rule('a', 'verified', 'note', '<b>Mine</b>'), rule('b', 'warning', 'none')] },
    });
    const { thunderbird, rowOf } = scene;
    expect(await bannerOf('two-from')).toBeNull();
    await thunderbird.select(rowOf('first-party'));
    const banner = await thunderbird.waitForBanner();
    expect(banner.look).toBe('note');
    expect(plain(banner).slice(0, 2)).toEqual([`${words('level_note')}:`, '<b>Mine</b>']);
    expect(plain(banner)[2]).toContain(words('rules_banner_of', { name: 'Rule a' }));
    await store({ rules: { version: 1, rules: [] } });
  });

  it('is gone from the next message on when it is switched off', async () => {
    const { thunderbird } = scene;
    await thunderbird.openPage('pages/settings/index.html');
    await thunderbird.tab.press('banner');
    await thunderbird.tab.textWith('save-state', words('options_saved'));
    await thunderbird.closeOtherTabs();
    await scene.judge('first-party');
    expect(await bannerOf('two-from')).toBeNull();
  });
});

describe('a pass key', () => {
  it('is told with the mail that used it, and warned of where it came unsigned', async () => {
    const { thunderbird, rowOf } = scene;
    const createdAt = scene.now.toISOString();
    await store({
      classes: { version: 1, classes: [], passKeys: [{ keyword: KEY, name: 'Bo', createdAt, revokedAt: null }] },
    });
    for (const row of [rowOf(KEYED), rowOf('first-party'), rowOf(KEYED)]) {
      await thunderbird.select(row);
      plainButton(await thunderbird.waitForButton(tellsLevel));
    }
    await thunderbird.openPage('pages/settings/index.html#classes');
    await thunderbird.tab.textWith('pass-key', words('pass_key_used_one', { count: '1' }));
    expect(await thunderbird.tab.text('pass-key-warning')).toBe(words('pass_key_warn_unsigned_one', { count: '1' }));
    expect(await thunderbird.tab.text('pass-key-uses')).toContain('odd.example');
  });
});
