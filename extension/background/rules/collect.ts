/** Writes down what a run has to look at, before it looks: so it neither skips nor repeats a message, whatever moves meanwhile. */
import { LIMITS } from '../../../src/limits.ts';
import type { MailStore, StoredMessage } from '../../hosts/mail-store.ts';
import type { Entry, Journal, New, QueuedMessage, QueueRow, Run } from '../../journal/types.ts';

const ENTRIES_AT_ONCE = 200;

/** Fills the queue of a run anew: what an interrupted collection left is dropped, since nothing was done by it yet. */
export async function collect(store: MailStore, journal: Journal, run: Run): Promise<void> {
  await journal.emptyQueue(run.id);
  await journal.changeRun(run.id, ({ counts }) => ({ counts: { ...counts, total: 0 } }));
  let taken = 0;
  let cut = false;
  for await (const rows of rowsOf(store, journal, run)) {
    const room = LIMITS.runMessages - taken;
    if (!(await journal.enqueue(run.id, rows.slice(0, room)))) return; // paused or cancelled meanwhile
    taken += Math.min(rows.length, room);
    cut = rows.length > room;
    if (cut) break;
  }
  await journal.changeRun(run.id, () => ({ collected: true, cut }));
}

async function* rowsOf(store: MailStore, journal: Journal, run: Run): AsyncIterable<readonly New<QueueRow>[]> {
  const { origin } = run;
  switch (origin.kind) {
    case 'new-mail':
    case 'messages':
      return; // put into the queue what they are about
    case 'folder': {
      const folders = await store.folders();
      const root = folders.find(({ id }) => id === origin.folderId);
      if (!root) throw new Error(`there is no folder ${origin.name}`);
      const isWithin = (path: string): boolean => origin.subfolders && path.startsWith(`${root.path}/`);
      for (const { id, accountId, path } of folders) {
        if (id !== root.id && !(accountId === root.accountId && isWithin(path))) continue;
        for await (const page of store.list(id)) yield page.map((message) => rowOf(run.id, message));
      }
      return;
    }
    case 'undo':
      yield* entriesToUndo(journal, run.id, origin);
  }
}

/** Newest first, so that a message two entries are about goes back step by step. */
async function* entriesToUndo(
  journal: Journal,
  run: number,
  { run: of, entry: only }: Extract<Run['origin'], { readonly kind: 'undo' }>,
): AsyncIterable<readonly New<QueueRow>[]> {
  if (only !== undefined) {
    const entry = await journal.entry(only);
    if (entry) yield [undoRowOf(run, entry)];
    return;
  }
  let below: number | undefined;
  for (;;) {
    const entries = await journal.undoable(of, below, ENTRIES_AT_ONCE);
    if (entries.length === 0) return;
    yield entries.map((entry) => undoRowOf(run, entry));
    below = entries.at(-1)?.id;
  }
}

function rowOf(run: number, message: StoredMessage): New<QueueRow> {
  return { run, ...queuedMessage(message) };
}

/** What a message is found by again. */
export function queuedMessage({ headerMessageId, folderId, id }: StoredMessage): QueuedMessage {
  return { headerMessageId, folderId, messageId: id };
}

/** A message is looked for where its entry left it. One that was moved got another number by it. */
function undoRowOf(run: number, { id: entry, message, before, change, messageId }: Entry): New<QueueRow> {
  const { headerMessageId } = message;
  return change.moveTo === undefined
    ? { run, headerMessageId, folderId: before.folderId, messageId, entry }
    : { run, headerMessageId, folderId: change.moveTo, messageId: 0, entry };
}
