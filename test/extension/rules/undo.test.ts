/** What rules did is taken back, as far as it is still as they made it. */
import { describe, expect, it } from 'vitest';
import { ADS, fill, INBOX, inbox, rule, setUp, SUB } from './support/set-up.ts';

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
