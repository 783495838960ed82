/** From the installation to the first verdict, by the reader's own hand: welcome, resolver, permission, trust, switches. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import { expectedButton, expectedReport, tellsLevel } from './support/expected.ts';
import { waitFor } from './support/process.ts';
import { demoMessage, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ configured: false, preferences: { 'security.notification_enable_delay': 0 } });
});
afterEach(async () => {
  scene.proxy.setMode('pass');
  await scene.thunderbird.closeOtherTabs();
});
afterAll(() => scene.close());

const OPTIONS = 'pages/settings/index.html';

interface StoredSettings {
  readonly resolver: string | null;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly trust: Readonly<Record<string, { readonly authservIds: readonly string[] }>>;
}

/** What the options page stored; asked of an extension page in front. */
async function storedSettings(): Promise<StoredSettings | undefined> {
  const stored = await scene.thunderbird.tab.run(() => messenger.storage.local.get('settings'), null);
  return stored['settings'] as StoredSettings | undefined;
}

/** Fills in an own resolver and presses "Test and use". */
async function tryResolver(url: string): Promise<void> {
  const { tab } = scene.thunderbird;
  await tab.press('resolver-own');
  await tab.type('resolver-url', url);
  await tab.press('resolver-accept');
}

// One story: each step is on the one before.
describe('after the installation', () => {
  it('the welcome page is open, and nothing is asked before a resolver is chosen', async () => {
    const { thunderbird, judge } = scene;
    await waitFor('the welcome page', async () =>
      (await thunderbird.tabs()).some(({ url }) => url === 'pages/welcome/index.html'),
    );
    const { icon, title } = await judge('first-party');
    expect(icon).toBe('unchecked.svg');
    expect(title).toContain(words('finding_resolver_not_chosen'));
  });
});

describe('the choice of a resolver', () => {
  it('refuses what is no https address', async () => {
    const { thunderbird } = scene;
    await thunderbird.openPage('pages/welcome/index.html');
    await tryResolver('http://dns.example/dns-query');
    await thunderbird.tab.textWith('resolver-outcome', words('resolver_bad_url'));
    expect(await storedSettings()).toBeUndefined();
  });

  it('changes nothing when the reader does not permit reaching it', async () => {
    const { thunderbird, resolver } = scene;
    await thunderbird.openPage('pages/welcome/index.html');
    await tryResolver(resolver);
    await thunderbird.answerPermission('deny');
    await thunderbird.tab.textWith('resolver-outcome', words('resolver_not_permitted'));
    expect(await storedSettings()).toBeUndefined();
  });

  it('does not accept one that gives no answer', async () => {
    const { thunderbird, resolver, proxy } = scene;
    proxy.setMode('refuse');
    await thunderbird.openPage('pages/welcome/index.html');
    await tryResolver(resolver);
    await thunderbird.answerPermission('allow');
    await thunderbird.tab.textWith('resolver-outcome', words('resolver_failed_network'));
    expect(await storedSettings()).toBeUndefined();
  });

  it('accepts one that answers a real question, and the message on display is checked at once', async () => {
    const { thunderbird, resolver, demo, now, judge } = scene;
    await judge('two-algorithms');
    await thunderbird.openPage('pages/welcome/index.html');
    await tryResolver(resolver);
    await thunderbird.answerPermission('allow');
    await thunderbird.tab.textWith('welcome-done', new URL(resolver).host);
    expect((await storedSettings())?.resolver).toBe(resolver);
    await thunderbird.closeOtherTabs();
    const expected = expectedButton(await expectedReport(demoMessage(demo, 'two-algorithms').eml, demo, now));
    expect(
      await thunderbird.waitForButton((button) => tellsLevel(button) && button.label === expected.label),
    ).toMatchObject(expected);
  });

  it('is shown again by the options page', async () => {
    const { thunderbird, resolver } = scene;
    await thunderbird.openPage(OPTIONS);
    await thunderbird.tab.textWith('resolver-current', new URL(resolver).host);
  });
});

describe('a server the reader believes', () => {
  it('counts from the moment it is added', async () => {
    const { thunderbird, demo, now, judge } = scene;
    const { eml } = demoMessage(demo, 'server-vouches');
    const before = await expectedReport(eml, { ...demo, trust: { authservIds: [] } }, now);
    const after = await expectedReport(eml, demo, now);
    expect(before.level).not.toBe(after.level);
    expect(await judge('server-vouches')).toEqual(expectedButton(before));

    await thunderbird.openPage(OPTIONS);
    const account = await thunderbird.tab.waitFor(
      'the account',
      () =>
        document
          .querySelector('[data-testid^=change-server-]')
          ?.getAttribute('data-testid')
          ?.replace('change-server-', ''),
      null,
    );
    await thunderbird.tab.press(`change-server-${account}`);
    const add = (wanted: { testId: string; name: string }) => {
      const form = document.querySelector(`[data-testid="${wanted.testId}"] form`);
      const input = form?.querySelector('input');
      if (!form || !input) return false;
      input.value = wanted.name;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      return true;
    };
    const testId = `trust-${account}`;
    await thunderbird.tab.waitFor('the form', add, { testId, name: demo.trust.authservIds[0] ?? '' });
    await thunderbird.tab.run((id) => {
      document.querySelector<HTMLFormElement>(`[data-testid="${id}"] form`)?.requestSubmit();
    }, testId);
    await thunderbird.tab.textWith('save-state', words('options_saved'));
    await waitFor('the settings', async () => (await storedSettings())?.trust[account]?.authservIds.length === 1);
    await thunderbird.closeOtherTabs();
    const { label } = expectedButton(after);
    expect(await thunderbird.waitForButton((button) => tellsLevel(button) && button.label === label)).toMatchObject(
      expectedButton(after),
    );
  });
});

describe('a check that is switched off', () => {
  it('is not made, and the message says so', async () => {
    const { thunderbird, judge } = scene;
    await judge('first-party');
    await thunderbird.openPage(OPTIONS);
    await thunderbird.tab.press('check-dkim');
    await thunderbird.tab.textWith('save-state', words('options_saved'));
    expect((await storedSettings())?.checks['dkim']).toBe(false);
    await thunderbird.closeOtherTabs();
    const off = await thunderbird.waitForButton((button) => tellsLevel(button) && button.icon !== 'verified.svg');
    expect(off.title).toContain(words('finding_dkim_switched_off'));

    await thunderbird.openPage(OPTIONS);
    await thunderbird.tab.press('check-dkim');
    await waitFor('the settings', async () => (await storedSettings())?.checks['dkim'] === true);
    await thunderbird.closeOtherTabs();
    await thunderbird.waitForButton(({ icon }) => icon === 'verified.svg');
  });
});

describe('a permission that the reader takes back', () => {
  it('ends the questions at once, and counts again when it is given again', async () => {
    const { thunderbird, judge } = scene;
    expect((await judge('first-party')).icon).toBe('verified.svg');
    await thunderbird.revokeHost('https://localhost/*');
    await thunderbird.waitForButton((button) => tellsLevel(button) && button.icon === 'unchecked.svg');
    await thunderbird.grantHost('https://localhost/*');
    await thunderbird.waitForButton((button) => tellsLevel(button) && button.icon === 'verified.svg');
  });
});

describe('a resolver that is no longer wanted', () => {
  it('is asked nothing more', async () => {
    const { thunderbird, proxy, judge } = scene;
    await judge('first-party');
    await thunderbird.openPage(OPTIONS);
    await thunderbird.tab.press('resolver-stop');
    await thunderbird.tab.textWith('resolver-state', words('resolver_stopped'));
    expect((await storedSettings())?.resolver).toBeNull();
    await thunderbird.closeOtherTabs();
    const { title } = await thunderbird.waitForButton(
      (button) => tellsLevel(button) && button.icon === 'unchecked.svg',
    );
    expect(title).toContain(words('finding_resolver_not_chosen'));

    proxy.setMode('hang');
    expect((await judge('aligned')).icon).toBe('unchecked.svg');
    expect(proxy.isHolding()).toBe(false);
  });
});
