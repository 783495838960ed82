/**
 * What runners rely on in a journal: said once, and held by the real one over IndexedDB and by the double of the tests alike, so
 * that whatever is shown with the double holds for the real one.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newRun } from '../../../extension/journal/changes.ts';
import type { Entry, Journal, New, QueuedMessage, Run } from '../../../extension/journal/types.ts';
import { LIMITS } from '../../../src/limits.ts';
import { memoryJournal } from '../rules/support/journal.ts';
import { TAG_AND_MOVE } from '../rules/support/set-up.ts';
import { installBrowser } from '../support/browser.ts';

const NOW = new Date('2026-11-22T08:00:00.000Z');
const LATER = new Date('2026-11-22T08:00:30.000Z');
const INBOX = 'account1://INBOX';
const ADS = 'account1://Ads';

async function realJournal(): Promise<Journal> {
  installBrowser();
  return (await import('../../../extension/adapters/journal.ts')).journal;
}

const message = (name: string, folderId = INBOX): QueuedMessage => ({ headerMessageId: name, folderId, messageId: 0 });

function entry(run: number, name: string, more: Partial<New<Entry>> = {}): New<Entry> {
  return {
    run,
    at: NOW.toISOString(),
    state: 'intended',
    message: { headerMessageId: name, author: 'a', subject: 's', date: NOW.toISOString() },
    messageId: 1,
    before: { folderId: INBOX, tags: [], read: false, flagged: false, junk: false },
    change: { addTags: ['t'], removeTags: [] },
    rules: [],
    level: null,
    problems: [],
    ...more,
  };
}

describe.each([
  ['over IndexedDB', realJournal],
  ['of the tests', () => Promise.resolve(memoryJournal())],
])('the journal %s', (_which, open) => {
  let journal: Journal;
  beforeEach(async () => {
    journal = await open();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const begin = (...names: string[]): Promise<Run> =>
    journal.addRun(
      newRun('act', { kind: 'messages', count: names.length }, 'full', NOW),
      TAG_AND_MOVE,
      names.map((name) => message(name)),
    );
  const rowsOf = async (run: number) =>
    (await journal.nextRows(run, 1000)).map(({ headerMessageId }) => headerMessageId);
  const step = async (run: number, entries: readonly New<Entry>[], rows: readonly number[] = []) =>
    journal.record({ run, rows, entries, workedMs: 5 });

  it('keeps a run with its rules and its queue', async () => {
    const { id, ...run } = await begin('a', 'b');
    expect(await journal.run(id)).toEqual({ ...run, id, counts: { total: 2, done: 0, acted: 0, failed: 0 } });
    expect(await journal.rulesOf(id)).toEqual(TAG_AND_MOVE);
    expect(await rowsOf(id)).toEqual(['a', 'b']);
    expect(await journal.nextRows(id, 1)).toHaveLength(1);
    expect((await journal.running()).map((one) => one.id)).toEqual([id]);
    expect(await journal.run(id + 99)).toBeUndefined();
    expect(await journal.rulesOf(id + 99)).toBeNull();
  });

  it('changes a run as it is now, and none that does not exist', async () => {
    const { id } = await begin();
    await Promise.all([
      journal.changeRun(id, ({ workedMs }) => ({ workedMs: workedMs + 1 })),
      journal.changeRun(id, ({ workedMs }) => ({ workedMs: workedMs + 2 })),
    ]);
    expect((await journal.run(id))?.workedMs).toBe(3);
    expect(await journal.changeRun(id + 99, () => ({ state: 'paused' }))).toBeUndefined();
  });

  it('finishes what runs and has nothing left, and nothing else', async () => {
    const { id } = await begin('a');
    await journal.finish(id, NOW);
    expect((await journal.run(id))?.state).toBe('running');
    await journal.emptyQueue(id);
    await journal.changeRun(id, () => ({ state: 'paused' }));
    await journal.finish(id, NOW);
    expect((await journal.run(id))?.state).toBe('paused');
    await journal.changeRun(id, () => ({ state: 'running' }));
    await journal.finish(id, NOW);
    expect(await journal.run(id)).toMatchObject({ state: 'finished', endedAt: NOW.toISOString() });
  });

  it('adds to the queue of a run that runs', async () => {
    const { id } = await begin('a');
    const other = await begin('x');
    expect(await journal.enqueue(id, [{ run: id, ...message('b') }])).toBe(true);
    await journal.changeRun(id, () => ({ state: 'cancelled' }));
    expect(await journal.enqueue(id, [{ run: id, ...message('c') }])).toBe(false);
    expect(await rowsOf(id)).toEqual(['a', 'b']);
    expect((await journal.run(id))?.counts.total).toBe(2);
    await journal.emptyQueue(id);
    expect([await rowsOf(id), await rowsOf(other.id)]).toEqual([[], ['x']]);
  });

  it('opens the run of a day again without what ended it before', async () => {
    await journal.enqueueNewMail([message('a')], NOW);
    const [run] = await journal.running();
    const id = run?.id ?? 0;
    await journal.changeRun(id, () => ({ state: 'broken', endedAt: NOW.toISOString(), error: 'a fault' }));
    await journal.enqueueNewMail([message('b')], LATER);
    expect(await journal.run(id)).toEqual({ ...run, counts: { total: 2, done: 0, acted: 0, failed: 0 } });
    expect(await rowsOf(id)).toEqual(['a', 'b']);
    await journal.enqueueNewMail([message('c')], new Date('2026-11-23T00:00:01Z'));
    expect(await journal.running()).toHaveLength(2);
  });

  it('gives numbers to the messages of rows, one message a row and pass', async () => {
    const { id } = await begin('a', 'a', 'b');
    const seen = (messageId: number, name: string) => ({ ...message(name), messageId });
    await journal.renumber(id, 1, [seen(11, 'a'), seen(12, 'a'), seen(13, 'a'), seen(14, 'c')]);
    await journal.renumber(id, 1, [{ ...seen(15, 'b'), folderId: ADS }]);
    expect((await journal.nextRows(id, 9)).map(({ messageId }) => messageId)).toEqual([11, 12, 0]);
    expect(await journal.queuedFolders(id)).toEqual([INBOX]);
  });

  it('takes rows out and writes entries in one', async () => {
    const { id } = await begin('a', 'b', 'c');
    const rows = (await journal.nextRows(id, 2)).map((row) => row.id);
    const written = await step(id, [entry(id, 'a'), entry(id, 'b', { state: 'failed' })], rows);
    expect(written.map(({ state }) => state)).toEqual(['intended', 'failed']);
    expect(await rowsOf(id)).toEqual(['c']);
    expect(await journal.run(id)).toMatchObject({ counts: { total: 3, done: 2, acted: 0, failed: 1 }, workedMs: 5 });
    expect(await journal.intended()).toEqual([written[0]]);
    expect(await journal.entry(written[1]?.id ?? 0)).toEqual(written[1]);
  });

  it('keeps no more of a preview than is shown', async () => {
    const { id } = await journal.addRun(newRun('preview', { kind: 'messages', count: 1 }, 'full', NOW), null);
    const many = Array.from({ length: LIMITS.previewEntries + 5 }, (_, at) =>
      entry(id, `m${at}`, { state: 'previewed' }),
    );
    expect(await step(id, many.slice(0, 3))).toHaveLength(3);
    expect(await step(id, many.slice(3))).toHaveLength(LIMITS.previewEntries - 3);
    expect(await step(id, many.slice(0, 3))).toEqual([]);
    await journal.dropPreviews();
    expect(await journal.undoable(id, undefined, 9)).toEqual([]);
  });

  it('counts how entries came out, and has marks as unconfirmed until they are confirmed', async () => {
    const { id } = await begin();
    const written = await step(
      id,
      ['a', 'b', 'c'].map((name) => entry(id, name)),
    );
    const [first, second, third] = written.map((one, at): Entry => ({ ...one, state: at === 1 ? 'failed' : 'done' }));
    if (!first || !second || !third) return expect.fail();
    await journal.settle([first, second], NOW);
    await journal.settle([{ ...third, change: { addTags: [], removeTags: [], moveTo: ADS } }], LATER);
    expect((await journal.run(id))?.counts).toMatchObject({ acted: 2, failed: 1 });
    expect(await journal.intended()).toEqual([]);
    expect((await journal.unconfirmed()).map(({ message: { headerMessageId } }) => headerMessageId)).toEqual(['a']);
    await journal.confirm({ from: NOW, to: LATER });
    expect(await journal.unconfirmed()).toHaveLength(1);
    await journal.confirm({ from: new Date(0), to: new Date(0) });
    expect(await journal.unconfirmed()).toEqual([]);
    expect(await journal.entry(first.id)).toEqual(first);
    await journal.settle([first], NOW);
    await journal.confirm({ from: LATER, to: LATER });
    expect(await journal.unconfirmed()).toEqual([]);
  });

  it('knows what can be undone, newest first, and by which entry it was', async () => {
    const { id } = await begin();
    const written = await step(
      id,
      ['a', 'b', 'c'].map((name) => entry(id, name, { state: 'done' })),
    );
    const ids = written.map((one) => one.id);
    expect((await journal.undoable(id, undefined, 2)).map((one) => one.id)).toEqual([ids[2], ids[1]]);
    expect((await journal.undoable(id, ids[1], 9)).map((one) => one.id)).toEqual([ids[0]]);
    const undo = await journal.addRun(newRun('undo', { kind: 'undo', run: id }, 'full', NOW), null);
    const [back, vain] = await step(undo.id, [
      entry(undo.id, 'a', { undoes: ids[0] ?? 0 }),
      entry(undo.id, 'b', { undoes: ids[1] ?? 0 }),
    ]);
    if (!back || !vain) return expect.fail();
    await journal.settle([{ ...back, state: 'done' }], NOW);
    await journal.settle([{ ...vain, state: 'failed', problems: [{ why: 'refused', detail: '' }] }], NOW);
    expect((await journal.undoable(id, undefined, 9)).map((one) => one.id)).toEqual([ids[2], ids[1]]);
    expect((await journal.entry(ids[0] ?? 0))?.undoneBy).toBe(back.id);
    expect(await journal.undoable(undo.id, undefined, 9)).toEqual([]);
  });

  it('no longer waits for marks that were taken back', async () => {
    const { id } = await begin();
    const [one] = await step(id, [entry(id, 'a')]);
    if (!one) return expect.fail();
    await journal.settle([{ ...one, state: 'done' }], NOW);
    const [back] = await step(id, [
      entry(id, 'a', { undoes: one.id, change: { addTags: [], removeTags: [], moveTo: ADS } }),
    ]);
    if (!back) return expect.fail();
    await journal.settle([{ ...back, state: 'done' }], NOW);
    expect(await journal.unconfirmed()).toEqual([]);
  });

  it('knows what was put into a folder', async () => {
    const { id } = await begin();
    const change = { addTags: [], removeTags: [], moveTo: ADS };
    await step(id, [entry(id, 'a', { change }), entry(id, 'b', { change, state: 'previewed' }), entry(id, 'c')]);
    const asked = [
      ['a', ADS],
      ['a', INBOX],
      ['b', ADS],
      ['c', ADS],
    ] as const;
    expect(await Promise.all(asked.map(([name, folder]) => journal.wasPutInto(name, folder)))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('forgets the oldest runs that are over, with all that belongs to them', async () => {
    const oldest = await begin('left in the queue');
    const [gone] = await step(oldest.id, [entry(oldest.id, 'a', { state: 'done' })]);
    const going = await begin('still to do');
    await journal.changeRun(oldest.id, () => ({ state: 'broken' }));
    for (let count = 2; count < LIMITS.journalRuns; count++) await begin();
    expect(await journal.run(oldest.id)).toBeDefined();
    await begin();
    expect(await journal.run(oldest.id)).toBeUndefined();
    expect(await journal.rulesOf(oldest.id)).toBeNull();
    expect(await journal.entry(gone?.id ?? 0)).toBeUndefined();
    expect(await rowsOf(oldest.id)).toEqual([]);
    expect(await rowsOf(going.id)).toEqual(['still to do']);
  });
});
