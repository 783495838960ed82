/** Nothing is skipped, repeated or lost, whenever a run or the whole program stops. */
import { describe, expect, it, vi } from 'vitest';
import type { MailStore } from '../../../extension/hosts/mail-store.ts';
import type { Journal } from '../../../extension/journal/types.ts';
import { ADS, fill, INBOX, inbox, NOW, picture, setUp, SUB } from './support/set-up.ts';

/** Ends a program at a certain act: from then on nothing answers any more. */
class Killed extends Error {}

describe('a run that is paused, cancelled or resumed', () => {
  /** Changes the run's state while its first step acts. */
  async function interrupt(state: 'paused' | 'cancelled') {
    const scene = setUp();
    fill(scene.store, 120);
    const { id } = await scene.begin('act', inbox());
    const interfering: MailStore = {
      ...scene.store,
      move: async (ids, to) => {
        await scene.journal.changeRun(id, () => ({ state }));
        return scene.store.move(ids, to);
      },
    };
    await scene.start(interfering).wake();
    return { ...scene, id };
  }

  it('stops after the step it is at, and goes on where it was', async () => {
    const { store, journal, start, id } = await interrupt('paused');
    expect(journal.runs.get(id)).toMatchObject({ state: 'paused', counts: { total: 120, done: 50, acted: 50 } });
    await journal.changeRun(id, () => ({ state: 'running' }));
    store.restart();
    await start().wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'finished', counts: { total: 120, done: 120, acted: 120 } });
    expect(store.acts).toHaveLength(240);
  });

  it('stays cancelled', async () => {
    const { store, journal, start, id } = await interrupt('cancelled');
    await start().wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'cancelled', counts: { done: 50 } });
    expect(store.all().filter(({ folderId }) => folderId === INBOX.id)).toHaveLength(70);
  });

  it('collects anew where it was stopped while collecting', async () => {
    const { store, journal, begin, start } = setUp();
    fill(store, 30);
    const { id } = await begin('act', inbox());
    const stopping: Journal = {
      ...journal,
      enqueue: async (run, rows) => {
        const taken = await journal.enqueue(run, rows);
        await journal.changeRun(id, () => ({ state: 'paused' }));
        return taken;
      },
    };
    await start(store, stopping).wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'paused', collected: false });
    await journal.changeRun(id, () => ({ state: 'running' }));
    await start().wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'finished', counts: { total: 30, done: 30, acted: 30 } });
  });
});

describe('a journal that fails', () => {
  it('lets the background sleep all the same', async () => {
    const { store, journal, keepAwake, begin, start } = setUp();
    fill(store, 3);
    await begin('act', inbox());
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const full = new DOMException('no room', 'QuotaExceededError');
    await start(store, {
      ...journal,
      record: () => Promise.reject(full),
      changeRun: () => Promise.reject(full),
    }).wake();
    expect(keepAwake.mock.calls.at(-1)).toEqual([false]);
    expect(error).toHaveBeenCalled();
    error.mockRestore();
    await start().wake();
    expect(store.all().every(({ folderId }) => folderId === ADS.id)).toBe(true);
  });

  it('leaves no queue behind where a run is given up, but what new mail there still is', async () => {
    const { store, journal, begin, start } = setUp();
    fill(store, 60);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await begin('act', inbox());
    await journal.enqueueNewMail([{ headerMessageId: 'n', folderId: INBOX.id, messageId: 1 }], NOW);
    await start(store, { ...journal, record: () => Promise.reject(new Error('a fault')) }).wake();
    error.mockRestore();
    expect([...journal.runs.values()].map(({ state }) => state)).toEqual(['broken', 'broken']);
    expect([...journal.queue.values()].map(({ headerMessageId }) => headerMessageId)).toEqual(['n']);
  });
});

describe('a program that is killed', () => {
  /** Names of everything that can be the last thing to happen. */
  const MOMENTS = [
    'collect',
    'record',
    'recorded',
    'update',
    'updated',
    'move',
    'moved',
    'half moved',
    'settle',
  ] as const;

  it.each(MOMENTS)(
    'at "%s" loses and repeats nothing: the next start finishes, and undoing restores all',
    async (moment) => {
      const { store, journal, begin, start, run } = setUp();
      fill(store, 75);
      const before = picture(store);
      const { id } = await begin('act', inbox());
      let isDead = false;
      let calls = 0;
      /** The second time this is reached, all ends. */
      const at = (here: (typeof MOMENTS)[number]): void => {
        if (here === moment && (calls += 1) === 2) isDead = true;
        if (isDead) throw new Killed(here);
      };
      const dying: Journal & MailStore = {
        ...store,
        ...journal,
        enqueue: (...all) => (at('collect'), journal.enqueue(...all)),
        record: async (step) => {
          at('record');
          const written = await journal.record(step);
          at('recorded');
          return written;
        },
        settle: (...all) => (at('settle'), journal.settle(...all)),
        changeRun: (...all) => (isDead ? Promise.reject(new Killed()) : journal.changeRun(...all)),
        running: () => (isDead ? Promise.reject(new Killed()) : journal.running()),
        find: (number) => (isDead ? Promise.reject(new Killed()) : store.find(number)),
        update: async (number, update) => {
          at('update');
          await store.update(number, update);
          at('updated');
        },
        move: async (ids, to) => {
          at('move');
          const moved = await store.move(moment === 'half moved' && calls === 1 ? ids.slice(0, 9) : ids, to);
          at('half moved');
          at('moved');
          return moved;
        },
      };
      const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      await start(dying, dying).wake();
      silence.mockRestore();
      expect(isDead).toBe(true);

      store.restart();
      await start().wake();
      expect(journal.runs.get(id)).toMatchObject({
        state: 'finished',
        counts: { total: 75, done: 75, acted: 75, failed: 0 },
      });
      expect(store.all()).toHaveLength(75);
      expect(store.all().every(({ folderId, tags }) => folderId === ADS.id && tags.length === 1)).toBe(true);
      const moves = store.acts.filter((act) => act.startsWith('move'));
      expect(new Set(moves).size).toBe(75);
      expect(moves).toHaveLength(75);

      await run('undo', { kind: 'undo', run: id });
      expect(picture(store)).toEqual(before);
    },
  );

  /** A run over 80 messages after its first step, which the program did not outlive. */
  async function endedAfterOneStep() {
    const scene = setUp();
    fill(scene.store, 80);
    const { id } = await scene.begin('act', inbox());
    const pausing: Journal = {
      ...scene.journal,
      settle: async (...all) => {
        await scene.journal.settle(...all);
        await scene.journal.changeRun(id, () => ({ state: 'paused' }));
      },
    };
    await scene.start(scene.store, pausing).wake();
    scene.store.restart();
    /** The next session, in which the run goes on. Gives the updates there were. */
    const goOn = async (): Promise<number> => {
      await scene.journal.changeRun(id, () => ({ state: 'running' }));
      scene.store.acts.length = 0;
      await scene.start().wake();
      expect(scene.journal.runs.get(id)?.counts).toEqual({ total: 80, done: 80, acted: 80, failed: 0 });
      return scene.store.acts.filter((act) => act.startsWith('update')).length;
    };
    return { ...scene, id, goOn };
  }

  it('sets marks again of which the server shows nothing, and only those', async () => {
    const { store, goOn } = await endedAfterOneStep();
    const [lost] = store.all();
    await store.update(lost?.id ?? 0, { tags: [], read: false });
    expect(await goOn()).toBe(31);
    expect(store.all().every(({ tags, read }) => tags.length === 1 && read)).toBe(true);
  });

  it('leaves a tag away that its reader took away: the other marks show that the server had both', async () => {
    const { store, goOn } = await endedAfterOneStep();
    const [changed] = store.all();
    await store.update(changed?.id ?? 0, { tags: [] });
    expect(await goOn()).toBe(30);
    expect(store.all().filter(({ tags }) => tags.length === 0)).toHaveLength(1);
  });

  it.each([
    ['when the server has had time for them', 60_000],
    ['when the clock was set back meanwhile', -60_000],
  ])('leaves all marks as they are %s', async (_what, later) => {
    const { store, journal, clock, start, id, goOn } = await endedAfterOneStep();
    clock.now = new Date(NOW.getTime() + later);
    // The run goes on for a step in the same session, and its marks alone are then still on their way.
    await journal.changeRun(id, () => ({ state: 'running' }));
    const [changed] = store.all();
    await start().wake();
    await store.update(changed?.id ?? 0, { tags: [], read: false });
    store.restart();
    expect(await goOn()).toBe(0);
    expect(store.all().filter(({ tags }) => tags.length === 0)).toHaveLength(1);
  });

  it('does not set marks again that were taken back meanwhile', async () => {
    const { store, journal, start, begin, id } = await endedAfterOneStep();
    await journal.changeRun(id, () => ({ state: 'cancelled' }));
    await begin('undo', { kind: 'undo', run: id });
    await start().wake();
    store.restart();
    store.acts.length = 0;
    await start().wake();
    expect(store.acts).toEqual([]);
    expect(store.all().every(({ tags }) => tags.length === 0)).toBe(true);
  });

  /** One message, and a program that ended while the server was moving it. */
  async function endedWhileMoving() {
    const scene = setUp();
    scene.store.add(INBOX.id, 'a');
    await scene.begin('act', inbox());
    const move = vi.fn(() => new Promise<never>(() => undefined));
    void scene.start({ ...scene.store, move }).wake();
    await vi.waitFor(() => expect(move).toHaveBeenCalled());
    return scene;
  }

  it('moves neither of two copies it finds in both folders', async () => {
    const { store, journal, start } = await endedWhileMoving();
    store.add(ADS.id, 'a');
    await start().wake();
    expect(store.all().map(({ folderId }) => folderId)).toEqual([INBOX.id, ADS.id]);
    expect([...journal.entries.values()][0]?.problems).toEqual([{ why: 'in-two-places', detail: '' }]);
  });

  it('tells of a message that is nowhere to be found afterwards', async () => {
    const { store, journal, start } = await endedWhileMoving();
    store.carry('a@shop.example', SUB.id);
    await start().wake();
    expect([...journal.entries.values()][0]?.problems).toEqual([{ why: 'not-found', detail: '' }]);
  });
});
