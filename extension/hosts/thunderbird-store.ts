/** Thunderbird as a mail store, over its own WebExtension APIs, Manifest V3. Nothing here deletes anything. */
import browser from 'webextension-polyfill';
import { folderNameOf } from './folder-name.ts';
import type { MailFolder, MailStore, StoredMessage } from './mail-store.ts';
import { thunderbird } from './thunderbird.ts';
import { ACTING_PERMISSIONS } from '../settings/permissions.ts';

type MessageHeader = messenger.messages.MessageHeader;
type MessageList = messenger.messages.MessageList;

/** How a tag is shown in the list of messages. */
export interface TagLook {
  readonly name: string;
  /** `#RRGGBB` */
  readonly colour: string;
}

/** Thunderbird reports a change of tags by an event, and waits for ever where none comes. */
const UPDATE_TIMEOUT_MS = 20_000;
/** Large messages take their time from one server to another; a server that went away takes for ever. */
const MOVE_TIMEOUT_MS = 300_000;
/** An IMAP server is asked for what was moved once it has heard everything else. */
const ARRIVAL_TIMEOUT_MS = 60_000;

export function createThunderbirdStore(lookOf: (tag: string) => TagLook): MailStore {
  return {
    onNewMail(listener) {
      messenger.messages.onNewMailReceived.addListener((_folder, page) => listener(pagesFrom(page)));
    },

    async folders() {
      const [accounts, folders] = await Promise.all([messenger.accounts.list(false), messenger.folders.query({})]);
      return accounts.flatMap((account) =>
        account.type === 'nntp'
          ? []
          : folders.filter(({ accountId }) => accountId === account.id).flatMap((folder) => toFolder(folder, account)),
      );
    },

    async *list(folderId) {
      yield* pagesFrom(await messenger.messages.list(folderId));
    },

    async find(id) {
      try {
        return toMessage(await messenger.messages.get(id));
      } catch {
        return undefined; // Thunderbird knows no message of that number
      }
    },

    readRaw: (id) => thunderbird.readRaw(id),

    async update(id, { tags, ...marks }) {
      const properties = { ...marks, ...(tags && { tags: [...tags] }) };
      await withTimeout(messenger.messages.update(id, properties), UPDATE_TIMEOUT_MS);
    },

    async move(ids, folderId) {
      const arrivals = waitForArrivals(ids);
      try {
        await withTimeout(messenger.messages.move([...ids], folderId), MOVE_TIMEOUT_MS);
        return await arrivals.all();
      } finally {
        arrivals.stop();
      }
    },

    async ensureTags(tags) {
      if (tags.length === 0) return;
      const known = await messenger.messages.tags.list();
      for (const key of tags) {
        if (known.some((tag) => tag.key === key)) continue;
        const { name, colour } = lookOf(key);
        const isTaken = known.some(({ tag }) => tag === name);
        await messenger.messages.tags.create(key, isTaken ? key : name, colour);
      }
    },

    mayAct: () => browser.permissions.contains({ permissions: [...ACTING_PERMISSIONS] }),
  };
}

/** The pages of a list. Who stops before the last one has the rest let go, or Thunderbird would keep it. */
async function* pagesFrom(first: MessageList): AsyncIterable<readonly StoredMessage[]> {
  let page = first;
  try {
    for (;;) {
      yield page.messages.flatMap((header) => toMessage(header) ?? []);
      if (!page.id) return;
      page = await messenger.messages.continueList(page.id);
    }
  } finally {
    if (page.id) await messenger.messages.abortList(page.id);
  }
}

/** What becomes of messages that are moved from now on: complete when all showed up, or when the time is over. */
function waitForArrivals(ids: readonly number[]) {
  const awaited = new Set(ids);
  const arrived: StoredMessage[] = [];
  let complete = (): void => undefined;
  const isComplete = new Promise<void>((resolve) => {
    complete = resolve;
  });
  const onMoved = (from: MessageList, to: MessageList): void => {
    void (async () => {
      const [left, moved] = await Promise.all([messagesOf(from), messagesOf(to)]);
      if (!left.some(({ id }) => awaited.has(id))) return; // somebody else's move
      arrived.push(...moved);
      for (const { id } of left) awaited.delete(id);
      if (awaited.size === 0) complete();
    })();
  };
  messenger.messages.onMoved.addListener(onMoved);
  return {
    /** To be asked for once the move is made. */
    async all(): Promise<readonly StoredMessage[]> {
      await withTimeout(isComplete, ARRIVAL_TIMEOUT_MS).catch(() => undefined);
      return arrived;
    },
    stop(): void {
      messenger.messages.onMoved.removeListener(onMoved);
    },
  };
}

async function messagesOf(list: MessageList): Promise<readonly StoredMessage[]> {
  const all: StoredMessage[] = [];
  for await (const page of pagesFrom(list)) all.push(...page);
  return all;
}

/** Undefined for a message that is in no folder, an attached one for instance. */
function toMessage(header: MessageHeader): StoredMessage | undefined {
  const { id, folder, headerMessageId, author, subject, date, tags, read, flagged, junk } = header;
  if (folder?.id === undefined || folder.accountId === undefined) return undefined;
  return {
    id,
    headerMessageId,
    accountId: folder.accountId,
    folderId: folder.id,
    author,
    subject,
    date: new Date(date).toISOString(),
    tags,
    read: read === true,
    flagged,
    junk,
  };
}

/** Searches and the roots of accounts hold no messages of their own. */
function toFolder(
  { id, path, isRoot, isVirtual, isUnified }: messenger.folders.MailFolder,
  { id: accountId, name: accountName }: messenger.accounts.MailAccount,
): readonly MailFolder[] {
  const name = folderNameOf(path);
  if (id === undefined || name === null || isRoot || isVirtual || isUnified) return [];
  return [{ id, accountId, accountName, path: name }];
}

async function withTimeout(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), ms);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
