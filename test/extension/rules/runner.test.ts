/** Runs over messages: nothing is skipped, repeated or lost, whenever the program stops; and all can be taken back. */
import { describe, expect, it, vi } from 'vitest';
import { createRunner } from '../../../extension/background/rules/runner.ts';
import type { MailStore } from '../../../extension/hosts/mail-store.ts';
import { newRun } from '../../../extension/journal/changes.ts';
import type { Journal, Run, RunMode, RunOrigin } from '../../../extension/journal/types.ts';
import { checkMessage } from '../../../src/check.ts';
import { createUnavailableResolver } from '../../../src/dns/unavailable.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import type { Rule, RuleSet } from '../../../src/rules/types.ts';
import { memoryJournal } from './support/journal.ts';
import { folder, memoryStore, type MemoryStore } from './support/mail-store.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const INBOX = folder('INBOX');
const ADS = folder('Ads');
const SUB = folder('Ads/Old');
const ELSEWHERE = folder('Ads', 'account2');
const FOLDERS = [INBOX, ADS, SUB, ELSEWHERE];

const answering = createZoneResolver({ 'shop.example': { A: ['192.0.2.1'] } });

function rule(actions: Rule['actions'], more: Partial<Rule> = {}): Rule {
  return {
    id: 'r',
    name: 'Rule',
    enabled: true,
    conditions: { all: [] },
    actions,
    stop: false,
    unchecked: false,
    ...more,
  };
}

const TAG_AND_MOVE: RuleSet = {
  version: 1,
  rules: [
    rule([
      { do: 'tag', tag: 'class-adv' },
      { do: 'mark', as: 'read' },
      { do: 'move', folder: 'Ads' },
    ]),
  ],
};

/** Ends a program at a certain act: from then on nothing answers any more. */
class Killed extends Error {}

function setUp(rules: RuleSet = TAG_AND_MOVE, resolver = answering) {
  const store = memoryStore(FOLDERS);
  const journal = memoryJournal();
  const notify = vi.fn(() => Promise.resolve());
  const start = (overStore: MailStore = store, overJournal: Journal = journal) =>
    createRunner({
      store: overStore,
      journal: overJournal,
      startChecking: () =>
        Promise.resolve((raw) =>
          checkMessage(raw, { resolver, now: NOW, trust: { authservIds: [], resultsBelowEntry: 0 } }),
        ),
      now: () => NOW,
      loadRules: () => Promise.resolve(rules),
      notify,
      ready: () => Promise.resolve(true),
      keepAwake: () => Promise.resolve(),
      sleep: () => Promise.resolve(),
    });
  const begin = (mode: RunMode, origin: RunOrigin): Promise<Run> =>
    journal.addRun(newRun(mode, origin, 'full', NOW), mode === 'undo' ? null : rules);
  const run = async (mode: RunMode, origin: RunOrigin): Promise<Run> => {
    const { id } = await begin(mode, origin);
    await start().wake();
    return journal.runs.get(id) ?? expect.fail('the run is gone');
  };
  return { store, journal, notify, start, begin, run };
}

const inbox = (subfolders = false): RunOrigin => ({
  kind: 'folder',
  folderId: INBOX.id,
  name: 'Inbox',
  subfolders,
});

function fill(store: MemoryStore, count: number, folderId = INBOX.id): void {
  for (let at = 0; at < count; at++) store.add(folderId, `${folderId.replace(/\W/g, '')}-${at}`);
}

/** What can be seen of messages, whatever their numbers. */
function picture(store: MemoryStore): readonly unknown[] {
  return store
    .all()
    .map(({ headerMessageId, folderId, tags, read, flagged, junk }) => ({
      headerMessageId,
      folderId,
      tags,
      read,
      flagged,
      junk,
    }))
    .sort((left, right) => (left.headerMessageId < right.headerMessageId ? -1 : 1));
}

describe('a run over a folder', () => {
  it('tags, marks and moves every message once, and says so', async () => {
    const { store, journal, run } = setUp();
    fill(store, 120);
    const { state, counts } = await run('act', inbox());
    expect({ state, counts }).toEqual({
      state: 'finished',
      counts: { total: 120, done: 120, acted: 120, failed: 0 },
    });
    for (const message of store.all()) {
      expect(message).toMatchObject({ folderId: ADS.id, tags: ['class-adv'], read: true, flagged: false });
    }
    expect(store.acts).toHaveLength(240);
    expect(journal.entries.size).toBe(120);
    expect([...journal.entries.values()][0]).toMatchObject({
      state: 'done',
      before: { folderId: INBOX.id, tags: [], read: false },
      rules: [{ id: 'r', name: 'Rule' }],
      level: 'unsigned',
    });
  });

  it('takes subfolders where it is asked to, and never a message it has moved there', async () => {
    const { store, run } = setUp({ version: 1, rules: [rule([{ do: 'move', folder: 'Ads/Old' }])] });
    fill(store, 10, ADS.id);
    fill(store, 10, SUB.id);
    fill(store, 10, ELSEWHERE.id);
    const { counts } = await run('act', { kind: 'folder', folderId: ADS.id, name: 'Ads', subfolders: true });
    expect(counts).toEqual({ total: 20, done: 20, acted: 10, failed: 0 });
  });

  it('leaves alone what somebody moved away meanwhile', async () => {
    const { store, journal, begin, start } = setUp();
    fill(store, 60);
    const { id } = await begin('act', inbox());
    const carried = store.all()[55]?.headerMessageId ?? '';
    const moving: MailStore = {
      ...store,
      move: async (ids, to) => {
        const moved = await store.move(ids, to);
        store.carry(carried, SUB.id);
        return moved;
      },
    };
    await start(moving).wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'finished', counts: { done: 60, acted: 59, failed: 0 } });
    expect(store.all().find(({ headerMessageId }) => headerMessageId === carried)).toMatchObject({
      folderId: SUB.id,
      tags: [],
    });
  });

  it('is about messages as they were chosen, whatever their numbers mean after a restart', async () => {
    const { store, journal, start } = setUp();
    fill(store, 3);
    const [, { id: messageId, ...chosen } = expect.fail()] = store.all();
    const { id } = await journal.addRun(newRun('act', { kind: 'messages', count: 1 }, 'full', NOW), TAG_AND_MOVE, [
      { messageId, ...chosen },
    ]);
    store.restart();
    await start().wake();
    expect(journal.runs.get(id)).toMatchObject({ state: 'finished', counts: { total: 1, acted: 1 } });
    expect(store.all().filter(({ folderId }) => folderId === ADS.id)).toMatchObject([
      { headerMessageId: chosen.headerMessageId },
    ]);
  });

  it('says nothing of messages that are already as the rules want them', async () => {
    const { store, journal, run } = setUp({ version: 1, rules: [rule([{ do: 'mark', as: 'starred' }])] });
    store.add(INBOX.id, 'starred', { flagged: true });
    const { counts } = await run('act', inbox());
    expect(counts).toEqual({ total: 1, done: 1, acted: 0, failed: 0 });
    expect(journal.entries.size).toBe(0);
  });

  it('only tells what it would do in a preview', async () => {
    const { store, journal, run } = setUp();
    fill(store, 12);
    const before = picture(store);
    expect((await run('preview', inbox())).counts).toEqual({ total: 12, done: 12, acted: 12, failed: 0 });
    expect(picture(store)).toEqual(before);
    expect([...journal.entries.values()].map(({ state }) => state)).toEqual(Array(12).fill('previewed'));
  });

  it('leaves unchecked mail alone unless the rule says otherwise', async () => {
    const offline = createUnavailableResolver('offline');
    const actions = TAG_AND_MOVE.rules[0]?.actions ?? [];
    for (const unchecked of [false, true]) {
      const { store, run } = setUp({ version: 1, rules: [rule(actions, { unchecked })] }, offline);
      fill(store, 1);
      expect((await run('act', inbox())).counts.acted).toBe(unchecked ? 1 : 0);
    }
  });

  it('tells a folder that does not exist, and does the rest', async () => {
    const { store, journal, run } = setUp({
      version: 1,
      rules: [
        rule([
          { do: 'move', folder: 'Nowhere' },
          { do: 'tag', tag: 't' },
        ]),
      ],
    });
    fill(store, 1);
    expect((await run('act', inbox())).counts).toMatchObject({ acted: 0, failed: 1 });
    expect([...journal.entries.values()][0]).toMatchObject({
      state: 'failed',
      problems: [{ why: 'no-folder', detail: 'Nowhere' }],
    });
    expect(store.all()[0]).toMatchObject({ folderId: INBOX.id, tags: ['t'] });
  });

  it('tells what the mail program refuses, message by message, and goes on', async () => {
    const { store, journal, run } = setUp();
    fill(store, 3);
    store.refused.add(store.all()[1]?.headerMessageId ?? '');
    expect((await run('act', inbox())).counts).toEqual({ total: 3, done: 3, acted: 2, failed: 1 });
    expect([...journal.entries.values()].flatMap(({ problems }) => problems)).toEqual([
      { why: 'refused', detail: 'read only' },
    ]);
    store.refused.add(ADS.id);
    store.add(INBOX.id, 'late');
    await run('act', inbox());
    const last = [...journal.entries.values()].at(-1);
    expect(last).toMatchObject({ state: 'failed', problems: [{ why: 'refused', detail: 'over quota' }] });
    expect(last?.change).not.toHaveProperty('moveTo'); // it was not moved
  });

  it('does nothing without permission, and tells why', async () => {
    const { store, journal, run } = setUp();
    fill(store, 2);
    store.permitted = false;
    expect((await run('act', inbox())).counts).toMatchObject({ acted: 0, failed: 2 });
    expect(store.acts).toEqual([]);
    expect([...journal.entries.values()].every(({ problems }) => problems[0]?.why === 'not-permitted')).toBe(true);
  });

  it('tells messages that cannot be read', async () => {
    const { store, journal, run } = setUp();
    store.add(INBOX.id, 'broken');
    store.refused.add('broken');
    await run('act', inbox());
    expect([...journal.entries.values()][0]).toMatchObject({ state: 'failed', problems: [{ why: 'unreadable' }] });
  });

  it('keeps of what a message calls itself what it is known by', async () => {
    const { store, journal, run } = setUp();
    store.add(INBOX.id, 'long', { subject: 'W'.repeat(5000), author: 'W'.repeat(5000) });
    await run('act', inbox());
    expect(JSON.stringify([...journal.entries.values()]).length).toBeLessThan(2000);
  });

  it('ends as broken where its folder is gone, and the next run goes on', async () => {
    const { store, journal, begin, start } = setUp();
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
    fill(store, 1);
    const lost = await begin('act', { kind: 'folder', folderId: 'account1://gone', name: 'Gone', subfolders: false });
    const next = await begin('act', inbox());
    await start().wake();
    expect(journal.runs.get(lost.id)).toMatchObject({
      state: 'broken',
      error: expect.stringContaining('Gone') as string,
    });
    expect(journal.runs.get(next.id)).toMatchObject({ state: 'finished', counts: { acted: 1 } });
  });
});

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
        settle: (entries) => (at('settle'), journal.settle(entries)),
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

  it('sets marks again that did not reach the server, and only those', async () => {
    const { store, journal, begin, start } = setUp();
    fill(store, 80);
    const { id } = await begin('act', inbox());
    const pausing: Journal = {
      ...journal,
      settle: async (entries) => {
        await journal.settle(entries);
        await journal.changeRun(id, () => ({ state: 'paused' }));
      },
    };
    await start(store, pausing).wake();
    store.restart();
    const [lost] = store.all();
    await store.update(lost?.id ?? 0, { tags: [] });
    await journal.changeRun(id, () => ({ state: 'running' }));
    store.acts.length = 0;
    await start().wake();
    expect(store.all().every(({ tags }) => tags.length === 1)).toBe(true);
    expect(store.acts.filter((act) => act.startsWith('update'))).toHaveLength(31);
    expect(journal.runs.get(id)?.counts).toEqual({ total: 80, done: 80, acted: 80, failed: 0 });
  });

  it('moves neither of two copies it finds in both folders', async () => {
    const { store, journal, begin, start } = setUp();
    store.add(INBOX.id, 'a');
    await begin('act', inbox());
    const move = vi.fn(() => new Promise<never>(() => undefined));
    void start({ ...store, move }).wake();
    await vi.waitFor(() => expect(move).toHaveBeenCalled());
    store.add(ADS.id, 'a');
    await start().wake();
    expect(store.all().map(({ folderId }) => folderId)).toEqual([INBOX.id, ADS.id]);
    expect([...journal.entries.values()][0]?.problems).toEqual([{ why: 'in-two-places', detail: '' }]);
  });

  it('tells of a message that is nowhere to be found afterwards', async () => {
    const { store, journal, begin, start } = setUp();
    store.add(INBOX.id, 'a');
    await begin('act', inbox());
    const move = vi.fn(() => new Promise<never>(() => undefined));
    void start({ ...store, move }).wake();
    await vi.waitFor(() => expect(move).toHaveBeenCalled());
    store.carry('a@shop.example', SUB.id);
    await start().wake();
    expect([...journal.entries.values()][0]?.problems).toEqual([{ why: 'not-found', detail: '' }]);
  });
});

describe('undoing', () => {
  it('puts back one message of a run', async () => {
    const { store, journal, run } = setUp();
    fill(store, 3);
    const { id } = await run('act', inbox());
    const [, entry] = [...journal.entries.values()];
    await run('undo', { kind: 'undo', run: id, entry: entry?.id ?? 0 });
    const name = entry?.message.headerMessageId;
    expect(store.all().filter(({ folderId }) => folderId === INBOX.id)).toMatchObject([
      { headerMessageId: name, tags: [], read: false },
    ]);
    expect(journal.entries.get(entry?.id ?? 0)).toHaveProperty('undoneBy');
  });

  it('leaves what was changed since, and says so', async () => {
    const { store, journal, run } = setUp({
      version: 1,
      rules: [
        rule([
          { do: 'tag', tag: 'a' },
          { do: 'mark', as: 'starred' },
          { do: 'mark', as: 'read' },
        ]),
      ],
    });
    const { id: message } = store.add(INBOX.id, 'one', { tags: ['own'], read: true });
    const { id } = await run('act', inbox());
    expect(store.all()[0]).toMatchObject({ tags: ['own', 'a'], flagged: true });
    await store.update(message, { flagged: false, tags: ['own', 'a', 'later'] });
    await run('undo', { kind: 'undo', run: id });
    expect(store.all()[0]).toMatchObject({ tags: ['own', 'later'], flagged: false, read: true });
    expect([...journal.entries.values()].at(-1)).toMatchObject({
      state: 'failed',
      problems: [{ why: 'changed-since', detail: 'flagged' }],
    });
  });

  it('does not look for a message somewhere else, and can be tried again', async () => {
    const { store, journal, run } = setUp();
    fill(store, 1);
    const { id } = await run('act', inbox());
    const name = store.all()[0]?.headerMessageId ?? '';
    store.carry(name, SUB.id);
    expect((await run('undo', { kind: 'undo', run: id })).counts).toMatchObject({ done: 1, acted: 0, failed: 1 });
    expect([...journal.entries.values()].at(-1)?.problems).toMatchObject([{ why: 'not-found' }]);
    store.carry(name, ADS.id);
    expect((await run('undo', { kind: 'undo', run: id })).counts).toMatchObject({ acted: 1, failed: 0 });
    expect(store.all()[0]).toMatchObject({ folderId: INBOX.id, tags: [], read: false });
    expect((await run('undo', { kind: 'undo', run: id })).counts.total).toBe(0);
  });

  it('tells two messages with the same Message-ID apart', async () => {
    const { store, run } = setUp();
    store.add(INBOX.id, 'same');
    store.add(INBOX.id, 'same', { read: true });
    const { id } = await run('act', inbox());
    await run('undo', { kind: 'undo', run: id });
    expect(store.all().map(({ folderId }) => folderId)).toEqual([INBOX.id, INBOX.id]);
    expect(store.all().every(({ tags }) => tags.length === 0)).toBe(true);
  });
});

describe('new mail', () => {
  const NOTIFY: RuleSet = { version: 1, rules: [rule([{ do: 'notify' }, { do: 'move', folder: 'Ads' }])] };

  it('is worked off in the order of its days, and told once', async () => {
    const { store, journal, notify, start } = setUp(NOTIFY);
    const runner = start();
    for (const name of ['one', 'two']) {
      const { id: messageId, ...message } = store.add(INBOX.id, name);
      await journal.enqueueNewMail([{ messageId, ...message }], NOW);
      await runner.wake();
    }
    expect([...journal.runs.values()]).toMatchObject([{ state: 'finished', counts: { total: 2, acted: 2 } }]);
    expect(notify).toHaveBeenCalledTimes(2);
    expect(store.all().every(({ folderId }) => folderId === ADS.id)).toBe(true);
  });

  it('is not what a rule moved, nor what undoing moved back', async () => {
    const { store, journal, run, start } = setUp(NOTIFY);
    fill(store, 1);
    const { id } = await run('act', inbox());
    const arrive = async (): Promise<void> => {
      const [message] = store.all();
      if (message) await journal.enqueueNewMail([{ ...message, messageId: message.id }], NOW);
      await start().wake();
    };
    await arrive();
    await run('undo', { kind: 'undo', run: id });
    await arrive();
    expect(store.all()).toMatchObject([{ folderId: INBOX.id }]);
  });

  it('goes before a long run', async () => {
    const { store, journal, begin, start } = setUp();
    fill(store, 200);
    await begin('act', inbox());
    const late = store.add(SUB.id, 'late');
    let position = 0;
    const busy: MailStore = {
      ...store,
      move: async (ids, to) => {
        const moved = await store.move(ids, to);
        if (position === 0) await journal.enqueueNewMail([{ ...late, messageId: late.id }], NOW);
        position += 1;
        if (ids.includes(late.id)) expect(position).toBe(2);
        return moved;
      },
    };
    await start(busy).wake();
    expect(store.all().every(({ folderId }) => folderId === ADS.id)).toBe(true);
  });
});
