/** The page of rules of the Chrome package in a real Chromium: built, ordered, imported and exported, by keyboard, narrow and dark. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseRules } from '../../src/rules/parse.ts';
import { toSieve } from '../../src/rules/sieve.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer, type DohServer } from '../support/doh-server.ts';
import { findViolations } from './support/chromium.ts';
import { saveFile } from './support/saved-mail.ts';
import { OUTPUT } from './support/scene.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { openInViewer, t, useChromium, useResolver } = await import('./support/pages.ts');

/** The extension's storage, as its pages see it. */
declare const chrome: {
  readonly storage: {
    readonly local: {
      set(items: Readonly<Record<string, unknown>>): Promise<void>;
      get(key: string): Promise<Readonly<Record<string, unknown>>>;
    };
  };
};

const WARNING = { all: [{ field: 'level', level: 'warning' }] };
const named = (id: string) => ({ id, name: id.toUpperCase(), conditions: WARNING, actions: [{ do: 'tag', tag: id }] });
const fileOf = (...rules: readonly unknown[]): string => JSON.stringify({ version: 1, rules });

let demo: Demo;
let server: DohServer;
let folder: string;
beforeAll(async () => {
  demo = await buildDemo(new Date());
  server = await startDohServer(demo.zone);
  folder = await mkdtemp(join(tmpdir(), 'countersign-rules-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const chromium = useChromium((started) => useResolver(started, server.url));

/** The page with these rules stored. */
async function openWith(...rules: readonly unknown[]): Promise<Page> {
  const page = await chromium().open('pages/rules/index.html');
  await page.evaluate((stored) => chrome.storage.local.set({ rules: stored }), { version: 1, rules });
  await page.reload();
  await page.getByTestId('rules-new').waitFor();
  return page;
}

async function storedRules(page: Page): Promise<RuleSet> {
  const parsed = parseRules(await page.evaluate(async () => (await chrome.storage.local.get('rules'))['rules']));
  if (!parsed.ok) throw new Error('what is stored is no rules');
  return parsed.value;
}

const orderOn = (page: Page): Promise<readonly string[]> => page.locator('.rule h2').allTextContents();
const status = (page: Page, words: string): Promise<void> =>
  page.getByTestId('rules-status').getByText(words, { exact: true }).waitFor();
const hasFocus = (page: Page, label: string): Promise<boolean> =>
  page.evaluate((name) => document.activeElement?.getAttribute('aria-label') === name, label);
const openPart = (page: Page, id: string): Promise<void> =>
  page.getByTestId(`part-${id}`).locator('summary').first().click();

async function download(page: Page, button: string, within: string): Promise<string> {
  const name = { name: button, exact: true };
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(within).getByRole('button', name).first().click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

describe('a rule', () => {
  it('is built by keyboard alone, and saved once nothing in it is wrong', async () => {
    const page = await openWith();
    await page.getByTestId('rules-new').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Shops');
    await page.keyboard.press('Enter'); // not yet: domain and tag are missing
    const alert = page.getByRole('alert');
    await alert.getByText(t('rules_editor_problems_other', { count: '2' })).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('/conditions/all/0/domain');
    await page.keyboard.type('Bücher shop');
    await page.getByText(t('rules_problem_malformed')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('bücher.example');
    await page.keyboard.press('Tab'); // and names below it
    await page.keyboard.press('Space');
    await page.getByLabel(t('rules_label_tag'), { exact: true }).focus();
    await page.keyboard.type('Shop');
    await page.keyboard.press('Enter');
    await status(page, t('rules_saved', { name: 'Shops', place: '1', count: '1' }));
    expect((await storedRules(page)).rules).toMatchObject([
      {
        name: 'Shops',
        conditions: { all: [{ field: 'author-domain', domain: 'xn--bcher-kva.example', subdomains: true }] },
        actions: [{ do: 'tag', tag: 'shop' }],
      },
    ]);
    expect(await hasFocus(page, t('rules_edit_name', { name: 'Shops' }))).toBe(true);
    await page.close();
  });

  it('keeps the groups it came with, and takes another condition into one of them', async () => {
    const nested = { none: [{ field: 'list', id: 'a.example' }, { any: [{ field: 'level', level: 'caution' }] }] };
    const page = await openWith({ ...named('a'), conditions: nested });
    await page.getByRole('button', { name: t('rules_edit_name', { name: 'A' }) }).click();
    const inner = page.locator('.group .group');
    await inner.getByRole('button', { name: t('rules_condition_add') }).click();
    await expect
      .poll(() => inner.evaluate((group) => group.contains(document.activeElement?.closest('select') ?? null)))
      .toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('shop.example');
    await page.getByTestId('rule-save').click();
    await status(page, t('rules_saved', { name: 'A', place: '1', count: '1' }));
    const [rule] = (await storedRules(page)).rules;
    expect(rule?.conditions).toMatchObject({
      none: [{ id: 'a.example' }, { any: [{ level: 'caution' }, { domain: 'shop.example' }] }],
    });
    await page.close();
  });
});

describe('the list', () => {
  it('is ordered by keyboard, told where the rule is now, and put back', async () => {
    const page = await openWith(named('a'), named('b'), named('c'));
    await page.getByRole('button', { name: t('rules_down_name', { name: 'A' }) }).focus();
    await page.keyboard.press('Enter');
    await status(page, t('rules_moved', { name: 'A', place: '2', count: '3' }));
    expect(await hasFocus(page, t('rules_down_name', { name: 'A' }))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter'); // at the end already
    expect(await orderOn(page)).toEqual(['B', 'C', 'A']);
    expect((await storedRules(page)).rules.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    await page.getByTestId('rules-undo').click();
    await page.getByTestId('rules-undo').click();
    expect(await orderOn(page)).toEqual(['A', 'B', 'C']);
    await page.getByTestId('rules-redo').click();
    await status(page, t('rules_redone'));
    await expect.poll(async () => (await storedRules(page)).rules.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    await page.close();
  });

  it('is ordered by dragging', async () => {
    const page = await openWith(named('a'), named('b'), named('c'));
    const cards = page.locator('.rule');
    await page
      .locator('.drag')
      .first()
      .dragTo(cards.nth(2), { targetPosition: { x: 100, y: 90 } });
    await status(page, t('rules_moved', { name: 'A', place: '3', count: '3' }));
    expect(await orderOn(page)).toEqual(['B', 'C', 'A']);
    await page.close();
  });

  it('switches, duplicates and deletes, and brings back', async () => {
    const page = await openWith(named('a'), named('b'));
    await page.getByRole('switch', { name: t('rules_enabled_name', { name: 'A' }) }).click();
    await page.getByRole('button', { name: t('rules_duplicate_name', { name: 'A' }) }).click();
    expect(await orderOn(page)).toEqual(['A', t('rules_copy_name', { name: 'A' }), 'B']);
    const remove = page.getByRole('button', { name: t('rules_delete_name', { name: 'A' }), exact: true });
    await remove.focus();
    await page.keyboard.press('Enter');
    await status(page, t('rules_deleted', { name: 'A' }));
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(t('rules_edit'));
    await page.getByTestId('rules-undo').click();
    await expect
      .poll(async () => (await storedRules(page)).rules.map(({ name, enabled }) => `${name} ${enabled}`))
      .toEqual(['A false', 'A, copy false', 'B true']);
    await page.close();
  });

  it('takes up what another page changed', async () => {
    const page = await openWith(named('a'));
    const other = await openWith(named('a'), named('b'));
    await page.getByTestId('rules').getByText('B', { exact: true }).waitFor();
    await other.close();
    await page.close();
  });

  it('leaves alone what it cannot read, until told to begin anew', async () => {
    const page = await chromium().open('pages/rules/index.html');
    await page.evaluate(() => chrome.storage.local.set({ rules: { version: 99, rules: [] } }));
    await page.reload();
    await page.getByText(t('rules_unreadable')).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: t('rules_save_file') }).click(),
    ]);
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toEqual({ version: 99, rules: [] });
    await page.getByTestId('begin-anew').click();
    await page.getByTestId('start-levels').click();
    await expect.poll(async () => (await storedRules(page)).rules.length).toBe(6);
    await page.close();
  });

  it('says what can never act', async () => {
    const page = await openWith({ ...named('a'), stop: true }, named('b'));
    await page.getByText(t('rules_remark_behind_stop', { name: 'A' })).waitFor();
    await page.close();
  });
});

describe('a file', () => {
  it('that is broken changes nothing, and is told with every place', async () => {
    const page = await openWith(named('a'));
    await openPart(page, 'import');
    const broken = fileOf(named('x'), {
      ...named('y'),
      conditions: { all: [{ field: 'author-domain', domain: 'a b' }] },
    });
    await page.getByTestId('import-file').setInputFiles([await saveFile(folder, 'broken.json', broken)]);
    const state = page.getByTestId('import-state');
    await state.getByText(t('rules_import_wrong', { file: 'broken.json' })).waitFor();
    expect(await state.locator('li').allTextContents()).toEqual([
      'Rule 2: This is malformed. /rules/1/conditions/all/0/domain',
    ]);
    expect(await orderOn(page)).toEqual(['A']);
    expect((await storedRules(page)).rules).toHaveLength(1);
    await page.close();
  });

  it('is put behind the rules there are, or in their place, and can be taken back', async () => {
    const page = await openWith(named('a'));
    await openPart(page, 'import');
    const file = await saveFile(folder, 'more.json', fileOf(named('a'), named('b')));
    await page.getByTestId('import-file').setInputFiles([file]);
    await page.getByTestId('import-append').click();
    expect(await orderOn(page)).toEqual(['A', 'A', 'B']);
    await page.getByTestId('rules-undo').click();
    await page.getByTestId('import-file').setInputFiles([file]);
    await page.getByTestId('import-replace').click();
    expect(await orderOn(page)).toEqual(['A', 'B']);
    await openPart(page, 'export');
    const saved = parseRules(await download(page, t('rules_save_file'), 'part-export'));
    expect(saved).toEqual({ ok: true, value: await storedRules(page) });
    await page.close();
  });

  it('is a script for the server, with what stays behind', async () => {
    const label = { ...named('label'), conditions: { all: [{ field: 'subject-label' }] } };
    const page = await openWith(label, named('warned'));
    await openPart(page, 'export');
    const rules = await storedRules(page);
    const { script } = toSieve(rules);
    expect(await download(page, t('rules_save_file'), 'export-sieve')).toBe(script);
    expect(script).toContain('addflag');
    await chromium().context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const sieve = page.getByTestId('export-sieve');
    await sieve.getByRole('button', { name: t('rules_copy') }).click();
    await sieve.getByText(t('panel_copied')).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(script);
    expect(await sieve.locator('.left li').allTextContents()).toEqual([
      `WARNED (${t('rules_field_level')}): ${t('rules_left_needs_check')}`,
    ]);
    expect(await download(page, t('rules_save_file'), 'export-filters')).toContain('name="LABEL"');
    await page.close();
  });
});

describe('with mail at hand', () => {
  const demoFile = (id: string): Promise<string> => {
    const message = demo.messages.find((one) => one.id === id);
    if (!message) throw new Error(`no demo message ${id}`);
    return saveFile(folder, `${id}.eml`, message.eml);
  };

  it('rules are tried on saved messages, and nothing is changed', async () => {
    const page = await openWith(named('warned'), {
      ...named('adv'),
      conditions: { all: [{ field: 'subject-label' }] },
    });
    await openPart(page, 'try');
    await page
      .getByTestId('try-files')
      .setInputFiles([await demoFile('impersonation'), await demoFile('subject-label')]);
    await page
      .getByTestId('try-status')
      .getByText(t('viewer_done_other', { count: '2' }))
      .waitFor();
    const rows = await page.getByTestId('tried').locator('tbody tr').allInnerTexts();
    expect(rows[0]).toMatch(/Confirm your account.*Warning.*WARNED.*level is "Warning".*tag it warned/s);
    expect(rows[1]).toMatch(/ADV: Half price überall.*Unsigned.*ADV.*a label in the subject: ADV:.*tag it adv/s);
    await page.close();
  });

  it('a rule for mail like this asks for the signature that proves it; the panel then tells why it matches', async () => {
    await (await openWith()).close();
    const mail = await demoFile('first-party');
    const viewer = await openInViewer(chromium(), mail);
    await expect.poll(() => viewer.getByTestId('section-rules').count()).toBe(0);
    const [page] = await Promise.all([
      chromium().context.waitForEvent('page'),
      viewer.getByTestId('make-rule').click(),
    ]);
    await page.getByTestId('proposals').waitFor();
    expect(page.url()).not.toContain('orchard');
    await expect.poll(() => page.getByTestId('proposals').getByRole('checkbox', { checked: true }).count()).toBe(1);
    await page.getByLabel(t('rules_label_tag'), { exact: true }).fill('orchard');
    await page.getByTestId('rule-save').click();
    await status(page, t('rules_saved', { name: 'orchard.example', place: '1', count: '1' }));
    await page.close();
    await viewer.close();
    const again = await openInViewer(chromium(), mail);
    const told = await again.getByTestId('section-rules').innerText();
    expect(told).toContain('From is an address at orchard.example; validly signed by orchard.example');
    expect(told).toContain('tag it orchard');
    await again.close();
  });
});

it('is readable by everybody, light and dark, narrow and wide', { timeout: 120_000 }, async () => {
  const nested = {
    none: [{ field: 'signature', domain: 'a.example' }, { any: [{ field: 'finding', id: 'no-signature' }] }],
  };
  const page = await openWith(
    named('a'),
    { ...named('b'), enabled: false, conditions: nested },
    { ...named('c'), actions: [] },
  );
  await page.getByRole('button', { name: t('rules_edit_name', { name: 'B' }) }).click();
  await page.getByTestId('rule-editor').waitFor();
  await page.locator('details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
  await page.getByTestId('export-filters').waitFor();
  for (const width of [320, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(OUTPUT, `rules-${colorScheme}-${width}.png`), fullPage: true });
      expect(await findViolations(page), `${colorScheme} ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  }
  await page.close();
});
