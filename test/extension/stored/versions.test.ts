/** What earlier versions stored is read by this one with nothing lost; what a later one stored is left as it is. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../extension/settings/settings.ts';
import journal1 from './fixtures/journal-1.json' with { type: 'json' };
import memory1 from './fixtures/memory-1.json' with { type: 'json' };
import storage1 from './fixtures/storage-1.json' with { type: 'json' };
import { installBrowser, type MemoryBrowser } from '../support/browser.ts';

let browser: MemoryBrowser;
beforeEach(() => {
  browser = installBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A database as it was stored. */
function store(
  name: string,
  version: number,
  create: (database: IDBDatabase) => void,
  rows: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onerror = () => reject(new Error(opening.error?.message));
    opening.onupgradeneeded = () => create(opening.result);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(Object.keys(rows), 'readwrite');
      for (const [table, all] of Object.entries(rows)) {
        for (const row of all) transaction.objectStore(table).put(row);
      }
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}

/** The tables of the journal's version 1, written down as they were. */
function createJournal1(database: IDBDatabase): void {
  const numbered = { keyPath: 'id', autoIncrement: true };
  database.createObjectStore('runs', numbered).createIndex('state', 'state');
  database.createObjectStore('rules', { keyPath: 'run' });
  const entries = database.createObjectStore('entries', numbered);
  entries.createIndex('run', ['run', 'id']);
  entries.createIndex('state', 'state');
  entries.createIndex('headerMessageId', 'message.headerMessageId');
  const queue = database.createObjectStore('queue', numbered);
  queue.createIndex('run', ['run', 'id']);
  queue.createIndex('message', ['run', 'headerMessageId']);
  queue.createIndex('folder', ['run', 'folderId']);
}

function createMemory1(database: IDBDatabase): void {
  database.createObjectStore('keys', { keyPath: 'name' }).createIndex('usedAt', 'usedAt');
  database.createObjectStore('domains', { keyPath: 'domain' }).createIndex('usedAt', 'usedAt');
}

describe('version 1', () => {
  it('of the journal is upgraded: its run goes on, its entries can be undone, and nothing is set again', async () => {
    await store('journal', 1, createJournal1, journal1);
    const { journal } = await import('../../../extension/adapters/journal.ts');
    expect(await journal.running()).toEqual(journal1.runs);
    expect(await journal.nextRows(1, 9)).toEqual(journal1.queue);
    expect(await journal.undoable(1, undefined, 9)).toEqual(journal1.entries);
    expect(await journal.unconfirmed()).toEqual([]);
    const [entry] = await journal.undoable(1, undefined, 1);
    await journal.settle(entry ? [entry] : [], new Date());
    expect(await journal.unconfirmed()).toHaveLength(1);
  });

  it('of the memory is read', async () => {
    await store('memory', 1, createMemory1, memory1);
    const { memory } = await import('../../../extension/adapters/memory.ts');
    expect(await memory.archive.find('s._domainkey.shop.example')).toEqual(memory1.keys[0]?.keys);
  });

  it('of settings, rules, classes and uses is read, and what came since has its default', async () => {
    browser.local.values = structuredClone(storage1);
    const { loadSettings, updateSettings } = await import('../../../extension/adapters/settings-store.ts');
    const { loadRules } = await import('../../../extension/adapters/rules-store.ts');
    const { loadClasses, loadUses } = await import('../../../extension/adapters/classes-store.ts');
    expect(await loadSettings()).toMatchObject({ ...DEFAULT_SETTINGS, ...storage1.settings });
    expect((await loadRules()).rules).toMatchObject([{ ...storage1.rules.rules[0], enabled: true, stop: false }]);
    expect(await loadClasses()).toMatchObject(storage1.classes);
    expect(await loadUses()).toMatchObject(storage1.passKeyUses.uses);
    expect(await updateSettings(() => ({ older: true }))).toMatchObject({ ...storage1.settings, older: true });
  });
});

describe('a later version', () => {
  it('of the journal is not touched: runs are refused rather than half understood', async () => {
    await store('journal', 99, createJournal1, journal1);
    const { journal } = await import('../../../extension/adapters/journal.ts');
    await expect(journal.running()).rejects.toThrow(/version/i);
    await expect(journal.enqueueNewMail([], new Date())).rejects.toThrow(/version/i);
  });

  it('of the memory is no memory, and checks go on', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await store('memory', 99, createMemory1, memory1);
    const { memory } = await import('../../../extension/adapters/memory.ts');
    expect(await memory.archive.find('s._domainkey.shop.example')).toEqual([]);
    expect(await memory.observed.find('shop.example')).toBeNull();
    expect(error).toHaveBeenCalled();
  });

  it('of rules is not read as this one, and not written over', async () => {
    browser.local.values = { rules: { version: 99, rules: [] } };
    const { loadRules, saveRules } = await import('../../../extension/adapters/rules-store.ts');
    await expect(loadRules()).rejects.toThrow('cannot be read');
    await expect(saveRules({ version: 1, rules: [] }, { version: 1, rules: [] })).rejects.toThrow('cannot be read');
    expect(browser.local.values).toEqual({ rules: { version: 99, rules: [] } });
  });
});
