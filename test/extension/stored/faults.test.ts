/**
 * Storage that is full, fails or is not there: whatever the journal or the memory was at is undone whole, and comes out right when
 * it is tried again. Checks go on without a memory.
 */
import { IDBObjectStore as Store } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newRun } from '../../../extension/journal/changes.ts';
import type { Journal, New, Entry } from '../../../extension/journal/types.ts';
import { installBrowser } from '../support/browser.ts';
import { ADS, INBOX, NOW, TAG_AND_MOVE } from '../rules/support/set-up.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Everything a database holds. */
async function dump(name: string): Promise<unknown> {
  const { openDB } = await import('idb');
  const database = await openDB(name);
  const all = await Promise.all(
    [...database.objectStoreNames].map(async (table) => [table, await database.getAll(table)] as const),
  );
  database.close();
  return Object.fromEntries(all);
}

/** Has the so manieth write from now on fail; gives whether there were so many. */
function failWrite(number: number): () => boolean {
  let writes = 0;
  for (const name of ['add', 'put', 'delete'] as const) {
    const real = Reflect.get(Store.prototype, name) as (...all: unknown[]) => IDBRequest;
    vi.spyOn(Store.prototype, name).mockImplementation(function (this: unknown, ...all: unknown[]) {
      writes += 1;
      const request = real.apply(this, all);
      if (writes === number) request.addEventListener('success', () => request.transaction?.abort()); // as where no room is left
      return request as never;
    });
  }
  return () => writes >= number;
}

const message = (name: string) => ({ headerMessageId: name, folderId: INBOX.id, messageId: 1 });
const entry = (name: string): New<Entry> => ({
  run: 1,
  at: NOW.toISOString(),
  state: 'intended',
  message: { headerMessageId: name, author: '', subject: '', date: '' },
  messageId: 1,
  before: { folderId: INBOX.id, tags: [], read: false, flagged: false, junk: false },
  change: { addTags: ['t'], removeTags: [], moveTo: ADS.id },
  rules: [],
  level: null,
  problems: [],
});

/** Each of the journal's acts of more than one write, on a journal with a run, three rows and two entries. */
const ACTS: Readonly<Record<string, (journal: Journal) => Promise<unknown>>> = {
  addRun: (journal) =>
    journal.addRun(newRun('act', { kind: 'messages', count: 2 }, 'full', NOW), TAG_AND_MOVE, ['x', 'y'].map(message)),
  enqueue: (journal) =>
    journal.enqueue(
      1,
      ['x', 'y'].map((name) => ({ run: 1, ...message(name) })),
    ),
  enqueueNewMail: (journal) => journal.enqueueNewMail(['x', 'y'].map(message), NOW),
  emptyQueue: (journal) => journal.emptyQueue(1),
  renumber: (journal) =>
    journal.renumber(
      1,
      5,
      ['a', 'b'].map((name) => ({ ...message(name), messageId: 9 })),
    ),
  record: async (journal) => {
    const rows = (await journal.nextRows(1, 2)).map(({ id }) => id);
    return journal.record({ run: 1, rows, entries: ['a', 'b'].map(entry), workedMs: 1 });
  },
  settle: async (journal) => {
    const intended = await journal.intended();
    return journal.settle(
      intended.map((one) => ({ ...one, state: 'done' })),
      NOW,
    );
  },
};

async function prepared(): Promise<Journal> {
  installBrowser();
  const { journal } = await import('../../../extension/adapters/journal.ts');
  await journal.addRun(newRun('act', { kind: 'messages', count: 3 }, 'full', NOW), null, ['a', 'b', 'c'].map(message));
  await journal.record({ run: 1, rows: [], entries: ['d', 'e'].map(entry), workedMs: 1 });
  return journal;
}

describe('a journal whose store fails in the middle', () => {
  it.each(Object.keys(ACTS))('undoes all of it, and does all of it the next time: %s', async (name) => {
    const act = ACTS[name] ?? expect.fail();
    const whole = await prepared();
    await act(whole);
    const wanted = await dump('journal');
    let stops = 0;
    for (let number = 1; ; number++) {
      const journal = await prepared();
      const before = await dump('journal');
      const failed = failWrite(number);
      const outcome = await act(journal).then(
        () => null,
        (error: unknown) => error,
      );
      const hasFailed = failed();
      vi.restoreAllMocks();
      if (!hasFailed) break;
      expect([number, outcome]).toEqual([number, expect.any(DOMException)]);
      expect([number, await dump('journal')]).toEqual([number, before]);
      await act(journal);
      expect([number, withoutNumbers(await dump('journal'))]).toEqual([number, withoutNumbers(wanted)]);
      stops += 1;
    }
    expect(stops).toBeGreaterThan(1);
  });
});

/** Numbers that a database gave out and took back are not given out again. */
function withoutNumbers(tables: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tables, (key, value: unknown) => (key === 'id' || key === 'run' ? undefined : value)),
  );
}

describe('a memory that cannot be kept', () => {
  const lesson = async () => {
    const { checkMessage } = await import('../../../src/check.ts');
    const { createZoneResolver } = await import('../../../src/dns/zone.ts');
    const raw = new TextEncoder().encode(
      'From: a@shop.example\r\nDate: Sun, 22 Nov 2026 07:00:00 +0000\r\n\r\nHello\r\n',
    );
    const trust = { authservIds: [], resultsBelowEntry: 0 };
    return {
      raw,
      context: { resolver: createZoneResolver({ 'shop.example': { A: ['192.0.2.1'] } }), now: NOW, trust },
      checkMessage,
    };
  };

  it('is an empty one where there is no database, as in a private window: checks come out the same', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    installBrowser();
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('no storage here', 'InvalidStateError');
      },
    });
    const { memory } = await import('../../../extension/adapters/memory.ts');
    const { raw, context, checkMessage } = await lesson();
    const { archive, observed } = memory;
    const empty = {
      archive: { find: () => Promise.resolve([]), seen: () => undefined },
      observed: { find: () => Promise.resolve(null) },
    };
    const without = await checkMessage(raw, { ...context, ...empty });
    expect(await checkMessage(raw, { ...context, archive, observed })).toEqual(without);
    archive.seen('s._domainkey.shop.example', 'v=DKIM1; p=AAAA', 'insecure', NOW);
    await vi.waitFor(() => expect(error).toHaveBeenCalled());
  });

  it('keeps what it has where there is no room for more', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    installBrowser();
    const { memory } = await import('../../../extension/adapters/memory.ts');
    memory.archive.seen('s._domainkey.shop.example', 'v=DKIM1; p=AAAA', 'insecure', NOW);
    await vi.waitFor(async () => expect(await memory.archive.find('s._domainkey.shop.example')).toHaveLength(1));
    const failed = failWrite(1);
    memory.archive.seen('s._domainkey.shop.example', 'v=DKIM1; p=BBBB', 'insecure', NOW);
    await vi.waitFor(() => expect(error).toHaveBeenCalled());
    expect(failed()).toBe(true);
    expect(await memory.archive.find('s._domainkey.shop.example')).toMatchObject([{ record: 'v=DKIM1; p=AAAA' }]);
  });
});
