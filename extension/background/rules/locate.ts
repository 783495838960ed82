/** Finds messages again: numbers hold for one session of the mail program, Message-ID and folder outlast it. */
import type { MailStore, StoredMessage } from '../../hosts/mail-store.ts';
import type { Entry, Journal, QueueRow } from '../../journal/types.ts';
import { eachOf } from './each-of.ts';

/** An entry and the messages it may be about, where they are now. */
export interface Located {
  readonly entry: Entry;
  /** The message in the folder it had before. */
  readonly source: StoredMessage | undefined;
  /** The message in the folder it goes to. */
  readonly target: StoredMessage | undefined;
}

const AT_ONCE = 8;

/** The messages of rows by the rows' ids, of those whose number still means the same message in the same folder. */
export async function findByNumber(
  store: MailStore,
  rows: readonly QueueRow[],
): Promise<ReadonlyMap<number, StoredMessage>> {
  const found = new Map<number, StoredMessage>();
  await eachOf(rows, AT_ONCE, async ({ id, messageId, headerMessageId, folderId }) => {
    const message = messageId === 0 ? undefined : await store.find(messageId);
    if (message?.headerMessageId === headerMessageId && message.folderId === folderId) found.set(id, message);
  });
  return found;
}

/** Gives all rows of a run the present numbers of their messages, in one pass over the folders. */
export async function renumber(store: MailStore, journal: Journal, run: number, pass: number): Promise<void> {
  for (const folderId of await journal.queuedFolders(run)) {
    for await (const page of listOf(store, folderId)) {
      await journal.renumber(
        run,
        pass,
        page.map(({ id: messageId, headerMessageId }) => ({ messageId, headerMessageId, folderId })),
      );
    }
  }
}

/** Looks for the messages of entries where they were and where they go. Of several alike each entry gets one. */
export async function locateEntries(store: MailStore, entries: readonly Entry[]): Promise<readonly Located[]> {
  const wanted = new Set(entries.map(({ message }) => message.headerMessageId));
  const folders = new Set(entries.flatMap(({ before, change }) => [before.folderId, change.moveTo ?? []].flat()));
  const found = new Map<string, StoredMessage[]>();
  for (const folderId of folders) {
    for await (const page of listOf(store, folderId)) {
      for (const message of page) {
        if (!wanted.has(message.headerMessageId)) continue;
        const key = placeOf(folderId, message.headerMessageId);
        found.set(key, [...(found.get(key) ?? []), message]);
      }
    }
  }
  const take = (folderId: string | undefined, { headerMessageId }: Entry['message']): StoredMessage | undefined =>
    folderId === undefined ? undefined : found.get(placeOf(folderId, headerMessageId))?.shift();
  return entries.map((entry) => ({
    entry,
    source: take(entry.before.folderId, entry.message),
    target: take(entry.change.moveTo, entry.message),
  }));
}

/** A folder that is gone has no messages. */
async function* listOf(store: MailStore, folderId: string): AsyncIterable<readonly StoredMessage[]> {
  const folders = await store.folders();
  if (folders.some(({ id }) => id === folderId)) yield* store.list(folderId);
}

function placeOf(folderId: string, headerMessageId: string): string {
  return JSON.stringify([folderId, headerMessageId]);
}
