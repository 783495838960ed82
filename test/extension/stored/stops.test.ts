/**
 * The background is ended at every point of its work, over the real journal's double and, for a part, over the real journal: after
 * the next start nothing is lost, done twice or left half done, and undoing puts everything back.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRunner } from '../../../extension/background/rules/runner.ts';
import type { MailStore } from '../../../extension/hosts/mail-store.ts';
import { newRun } from '../../../extension/journal/changes.ts';
import type { Journal, RunMode, RunOrigin } from '../../../extension/journal/types.ts';
import { checkMessage } from '../../../src/check.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { memoryJournal } from '../rules/support/journal.ts';
import { memoryStore, type MemoryStore } from '../rules/support/mail-store.ts';
import { ADS, ELSEWHERE, fill, INBOX, inbox, NOW, picture, SUB, TAG_AND_MOVE } from '../rules/support/set-up.ts';
import { installBrowser } from '../support/browser.ts';

const MESSAGES = 12;

/** The end of everything: from then on nothing answers. */
class Ended extends Error {}

const report = checkMessage(new TextEncoder().encode('From: Shop <post@shop.example>\r\n\r\nHello\r\n'), {
  resolver: createZoneResolver({ 'shop.example': { A: ['192.0.2.1'] } }),
  now: NOW,
  trust: { authservIds: [], resultsBelowEntry: 0 },
});

/** Counts every call and ends everything at one of them: before it takes effect, or when it has and nobody hears of it. */
class Stop {
  calls = 0;
  readonly #at: number;
  constructor(at: number) {
    this.#at = at;
  }

  get isOver(): boolean {
    return this.calls > this.#at;
  }

  over<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (of, name, receiver) => {
        const found: unknown = Reflect.get(of, name, receiver);
        if (typeof found !== 'function') return found;
        const act = found as (...all: unknown[]) => unknown;
        if (name === 'list') return (...all: unknown[]) => this.#listing(act.apply(of, all) as AsyncIterable<unknown>);
        return async (...all: unknown[]) => {
          this.#count();
          const result = await act.apply(of, all);
          this.#count();
          return result;
        };
      },
    });
  }

  async *#listing(pages: AsyncIterable<unknown>): AsyncIterable<unknown> {
    for await (const page of pages) {
      this.#count();
      yield page;
    }
  }

  #count(): void {
    this.calls += 1;
    if (this.isOver) throw new Ended();
  }
}

function start(store: MailStore, journal: Journal, isNewSession: boolean) {
  return createRunner({
    store,
    journal,
    startChecking: () => Promise.resolve(() => report),
    now: () => NOW,
    loadRules: () => Promise.resolve(TAG_AND_MOVE),
    notify: () => Promise.resolve(),
    ready: () => Promise.resolve(isNewSession),
    keepAwake: () => Promise.resolve(),
    sleep: () => Promise.resolve(),
  });
}

type Work = 'folder' | 'new mail' | 'preview' | 'undo';

/** Messages and a journal with work to do. Gives the run. */
async function prepare(work: Work, store: MemoryStore, journal: Journal): Promise<number> {
  fill(store, MESSAGES);
  const begin = async (mode: RunMode, origin: RunOrigin): Promise<number> =>
    (await journal.addRun(newRun(mode, origin, 'gentle', NOW), mode === 'undo' ? null : TAG_AND_MOVE)).id;
  if (work === 'new mail') {
    await journal.enqueueNewMail(
      store.all().map(({ id: messageId, ...message }) => ({ ...message, messageId })),
      NOW,
    );
    return (await journal.running())[0]?.id ?? expect.fail('no run of new mail');
  }
  const id = await begin(work === 'preview' ? 'preview' : 'act', inbox());
  if (work !== 'undo') return id;
  await start(store, journal, false).wake();
  return begin('undo', { kind: 'undo', run: id });
}

interface Ends {
  /** The call at which the first life ends. */
  readonly at: number;
  /** The call at which the second ends; where it does, a third finishes. */
  readonly again: number;
  /** The mail program ended as well. */
  readonly isNewSession: boolean;
}

/** Lives that end at a call, and one that does not. False where the work was over before the first end. */
async function endedAt({ at, again, isNewSession }: Ends, work: Work, openJournal: () => Promise<Journal>) {
  const store = memoryStore([INBOX, ADS, SUB, ELSEWHERE]);
  const journal = await openJournal();
  const run = await prepare(work, store, journal);
  const before = picture(store);
  store.acts.length = 0;
  const stop = new Stop(at);
  await start(stop.over<MailStore>(store), stop.over(journal), false).wake();
  const next = new Stop(again);
  if (isNewSession) store.restart();
  await start(next.over<MailStore>(store), next.over(journal), isNewSession).wake();
  if (isNewSession) store.restart();
  await start(store, journal, isNewSession).wake();

  const where = `${work}, calls ${at} and ${again}${isNewSession ? ', new session' : ''}`;
  const counts = { total: MESSAGES, done: MESSAGES, acted: MESSAGES, failed: 0 };
  expect([where, await journal.run(run)]).toMatchObject([where, { state: 'finished', counts }]);
  expect([where, await journal.intended(), await journal.nextRows(run, 9)]).toEqual([where, [], []]);
  const moves = store.acts.filter((act) => act.startsWith('move'));
  expect([where, moves.length]).toEqual([where, work === 'preview' ? 0 : MESSAGES]);
  expect([where, new Set(moves).size]).toEqual([where, moves.length]);
  if (work === 'preview') expect([where, picture(store)]).toEqual([where, before]);
  if (work === 'undo')
    expect([where, store.all().every((one) => one.folderId === INBOX.id && one.tags.length === 0)]).toEqual([
      where,
      true,
    ]);
  if (work === 'folder' || work === 'new mail')
    expect([where, store.all().every((one) => one.folderId === ADS.id && one.tags.length === 1 && one.read)]).toEqual([
      where,
      true,
    ]);
  return stop.isOver;
}

/** Ends at every so manieth call, and at another one later; gives how often it was ended. */
async function atEveryCall(work: Work, openJournal: () => Promise<Journal>, every: number): Promise<number> {
  const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let stops = 0;
  for (const again of [Infinity, 3, 23, 61]) {
    for (const isNewSession of [false, true]) {
      for (let at = 0; await endedAt({ at, again, isNewSession }, work, openJournal); at += every) {
        stops += again === Infinity ? 1 : 2;
      }
    }
  }
  silence.mockRestore();
  return stops;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a background that is ended at every call it makes', () => {
  it.each<[Work, number]>([
    ['folder', 2000],
    ['new mail', 2000],
    ['undo', 2000],
    ['preview', 1000],
  ])('loses nothing and does nothing twice: %s', async (work, least) => {
    expect(await atEveryCall(work, () => Promise.resolve(memoryJournal()), 1)).toBeGreaterThan(least);
  });

  it.each<Work>(['folder', 'new mail', 'undo'])('over the real journal: %s', async (work) => {
    const openJournal = async () => {
      installBrowser();
      return (await import('../../../extension/adapters/journal.ts')).journal;
    };
    expect(await atEveryCall(work, openJournal, 23)).toBeGreaterThan(50);
  });
});
