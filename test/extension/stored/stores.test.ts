/** The stores in the extension's own storage: one writer at a time, all or nothing, and nothing lost by a storage that fails. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Rule } from '../../../src/rules/types.ts';
import { DEFAULT_SETTINGS } from '../../../extension/settings/settings.ts';
import { rule } from '../rules/support/set-up.ts';
import { installBrowser, type MemoryBrowser } from '../support/browser.ts';

let browser: MemoryBrowser;
beforeEach(() => {
  browser = installBrowser();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const settingsStore = () => import('../../../extension/adapters/settings-store.ts');
const rulesStore = () => import('../../../extension/adapters/rules-store.ts');
const classesStore = () => import('../../../extension/adapters/classes-store.ts');
const FULL = new DOMException('the quota is used up', 'QuotaExceededError');
const onSet = (error: Error) => (call: string) => {
  if (call.startsWith('set')) throw error;
};
const setOf = (...ids: string[]) => ({
  version: 1 as const,
  rules: ids.map((id): Rule => rule([{ do: 'tag', tag: 't' }], { id })),
});

describe('dismissed banners', () => {
  it('keep both of two that are dismissed at once, and are shown again one by one or all together', async () => {
    const { loadMuted, muteBanner, unmuteAll, unmuteBanner } =
      await import('../../../extension/adapters/muted-banners.ts');
    const [first, second] = ['a@one.example', 'b@two.example'].map(
      (sender) => ({ sender, finding: 'reply-to-differs' }) as const,
    );
    if (!first || !second) expect.fail();
    await Promise.all([muteBanner(first), muteBanner(second)]);
    expect(await loadMuted()).toEqual([first, second]);
    await unmuteBanner(first);
    expect(await loadMuted()).toEqual([second]);
    await unmuteAll();
    expect(await loadMuted()).toEqual([]);
  });
});

describe('settings', () => {
  it('keep both of two switches that are turned at once', async () => {
    const { updateSettings, loadSettings } = await settingsStore();
    await Promise.all([
      updateSettings(() => ({ older: true })),
      updateSettings(() => ({ banner: true })),
      updateSettings(({ checks }) => ({ checks: { ...checks, arc: false } })),
      updateSettings(({ checks }) => ({ checks: { ...checks, spf: false } })),
    ]);
    expect(await loadSettings()).toEqual({
      ...DEFAULT_SETTINGS,
      older: true,
      banner: true,
      checks: { dkim: true, practices: true, arc: false, spf: false },
    });
  });

  it('keep the accounts of a hundred changes at once, from two contexts', async () => {
    const { updateSettings, loadSettings } = await settingsStore();
    vi.resetModules();
    const other = await settingsStore();
    expect(other.updateSettings).not.toBe(updateSettings);
    const trust = { authservIds: ['mx.example'], resultsBelowEntry: 0 };
    await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        (at % 2 === 0 ? updateSettings : other.updateSettings)((settings) => ({
          trust: { ...settings.trust, [`account${at}`]: trust },
        })),
      ),
    );
    expect(Object.keys((await loadSettings()).trust)).toHaveLength(100);
  });

  it('stay as they were where the storage is full or fails, and can be changed again afterwards', async () => {
    const { updateSettings, loadSettings } = await settingsStore();
    await updateSettings(() => ({ older: true }));
    browser.local.fault = onSet(FULL);
    await expect(updateSettings(() => ({ older: false }))).rejects.toThrow('quota');
    browser.local.fault = () => Promise.reject(new Error('the disk does not answer'));
    await expect(loadSettings()).rejects.toThrow('disk');
    await expect(updateSettings(() => ({ older: false }))).rejects.toThrow('disk');
    browser.local.fault = () => undefined;
    expect((await loadSettings()).older).toBe(true);
    expect((await updateSettings(() => ({ banner: true }))).older).toBe(true);
  });

  it('are free for the next writer after a change that throws', async () => {
    const { updateSettings } = await settingsStore();
    const throwing = updateSettings(() => {
      throw new TypeError('a bug');
    });
    await expect(throwing).rejects.toThrow('a bug');
    expect(await updateSettings(() => ({ older: true }))).toMatchObject({ older: true });
  });

  it('tell whoever listens, until it listens no more', async () => {
    const { updateSettings, onSettingsChanged } = await settingsStore();
    const listener = vi.fn();
    const stop = onSettingsChanged(listener);
    await updateSettings(() => ({ older: true }));
    await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce());
    stop();
    await updateSettings(() => ({ older: false }));
    await browser.local.api.get('settings');
    expect(listener).toHaveBeenCalledOnce();
  });
});

describe('rules', () => {
  it('are saved where they are still those the change was made from, and never over the change of another window', async () => {
    const { loadRules, saveRules } = await rulesStore();
    const none = await loadRules();
    const saved = await Promise.all([saveRules(none, setOf('a')), saveRules(none, setOf('b'))]);
    expect(saved).toEqual([true, false]);
    expect((await loadRules()).rules.map(({ id }) => id)).toEqual(['a']);
    expect(await saveRules(await loadRules(), setOf('a', 'b'))).toBe(true);
  });

  it('that cannot be read are neither applied nor written over, but by their reader’s own wish', async () => {
    const { loadRules, readStoredRules, replaceRules, saveRules } = await rulesStore();
    const broken = { version: 1, rules: 'none' };
    browser.local.values = { rules: broken };
    await expect(loadRules()).rejects.toThrow('cannot be read');
    await expect(saveRules(setOf(), setOf('a'))).rejects.toThrow('cannot be read');
    expect(await readStoredRules()).toEqual(broken);
    await replaceRules(setOf('a'));
    expect(await loadRules()).toEqual(setOf('a'));
  });

  it('stay as they were where there is no room', async () => {
    const { loadRules, saveRules } = await rulesStore();
    await saveRules(await loadRules(), setOf('a'));
    browser.local.fault = onSet(FULL);
    await expect(saveRules(await loadRules(), setOf('a', 'b'))).rejects.toThrow('quota');
    expect(await loadRules()).toEqual(setOf('a'));
  });
});

describe('uses of pass keys', () => {
  it('all count where many messages come at once, and writing nothing new writes nothing', async () => {
    const { changeClasses, recordUses, loadUses, forgetUses } = await classesStore();
    const { addPassKey } = await import('../../../extension/classes/collection.ts');
    const createdAt = '2026-11-01T00:00:00.000Z';
    const keyword = 'home.example:k1';
    await changeClasses((now) => addPassKey(now, { keyword, name: 'A friend', createdAt, revokedAt: null }));
    const use = (at: number) => ({ keyword, digest: `m${at}`, at: createdAt, author: null, signedBy: [] });
    await Promise.all(Array.from({ length: 20 }, (_, at) => recordUses([use(at)])));
    expect(await loadUses()).toHaveLength(20);
    const writes: string[] = [];
    browser.local.fault = (call) => {
      if (call.startsWith('set')) writes.push(call);
    };
    expect((await changeClasses((now) => now)).changed).toBe(false);
    expect(writes).toEqual([]);
    await forgetUses(keyword);
    expect(await loadUses()).toEqual([]);
  });
});

describe('the DNS cache', () => {
  it('that cannot be written is told in the console, and costs nothing else', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { dnsCacheStore } = await import('../../../extension/adapters/dns-cache-store.ts');
    browser.local.fault = onSet(FULL);
    dnsCacheStore('https://dns.example/').save(() => ({ version: 1, entries: [] }));
    vi.advanceTimersByTime(5000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(error).toHaveBeenCalledWith(FULL));
    error.mockRestore();
  });
});
