/** Runs over messages: what is done, once and to each, and what is told. */
import { describe, expect, it, vi } from 'vitest';
import type { MailStore } from '../../../extension/hosts/mail-store.ts';
import { newRun } from '../../../extension/journal/changes.ts';
import { createUnavailableResolver } from '../../../src/dns/unavailable.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import { ADS, ELSEWHERE, fill, INBOX, inbox, NOW, picture, rule, setUp, SUB, TAG_AND_MOVE } from './support/set-up.ts';

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

  it('waits for the start of the mail program before it acts, and tells without waiting', async () => {
    const { store, ready, run } = setUp();
    fill(store, 1);
    await run('preview', inbox());
    expect(ready).not.toHaveBeenCalled();
    await run('act', inbox());
    expect(ready).toHaveBeenCalled();
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
