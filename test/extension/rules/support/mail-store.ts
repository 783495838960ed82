/** A mail store in memory. Messages get other numbers when they are moved, and all of them when the program starts anew. */
import type { MailFolder, MailStore, StoredMessage } from '../../../../extension/hosts/mail-store.ts';

export interface MemoryStore extends MailStore {
  readonly acts: string[];
  /** Everything there is, in its order. */
  all(): readonly StoredMessage[];
  add(folderId: string, name: string, more?: Partial<StoredMessage>): StoredMessage;
  /** Puts a message elsewhere, as somebody else does. */
  carry(headerMessageId: string, folderId: string): void;
  /** The mail program starts anew. */
  restart(): void;
  /** Messages or folders that acts are refused for. */
  readonly refused: Set<string>;
  permitted: boolean;
}

const PAGE = 7;

export function folder(path: string, accountId = 'account1'): MailFolder {
  return { id: `${accountId}://${path}`, accountId, accountName: accountId, path };
}

export function memoryStore(folders: readonly MailFolder[]): MemoryStore {
  let messages: StoredMessage[] = [];
  let last = 0;
  const next = (): number => (last += 1);
  const acts: string[] = [];
  const refused = new Set<string>();
  const change = (id: number, update: Partial<StoredMessage>): void => {
    messages = messages.map((message) => (message.id === id ? { ...message, ...update } : message));
  };
  const nameOf = (id: number): string => messages.find((message) => message.id === id)?.headerMessageId ?? '';

  const store: MemoryStore = {
    acts,
    refused,
    permitted: true,
    all: () => messages,
    add(folderId, name, more = {}) {
      const message: StoredMessage = {
        id: next(),
        headerMessageId: `${name}@shop.example`,
        accountId: folderId.replace(/:.*/, ''),
        folderId,
        author: 'Shop <post@shop.example>',
        subject: name,
        date: '2026-11-22T08:00:00.000Z',
        tags: [],
        read: false,
        flagged: false,
        junk: false,
        ...more,
      };
      messages.push(message);
      return message;
    },
    carry(headerMessageId, folderId) {
      messages = messages.map((message) =>
        message.headerMessageId === headerMessageId ? { ...message, folderId, id: next() } : message,
      );
    },
    restart() {
      last += 1000;
      messages = messages.map((message) => ({ ...message, id: next() }));
    },
    onNewMail: () => undefined,
    folders: () => Promise.resolve(folders),
    async *list(folderId) {
      const snapshot = messages.filter((message) => message.folderId === folderId);
      for (let at = 0; at < snapshot.length; at += PAGE) yield await Promise.resolve(snapshot.slice(at, at + PAGE));
    },
    find: (id) => Promise.resolve(messages.find((message) => message.id === id)),
    readRaw: (id) => {
      const message = messages.find((one) => one.id === id);
      if (!message || refused.has(message.subject)) return Promise.reject(new Error('Message not found'));
      const text = `From: ${message.author}\r\nSubject: ${message.subject}\r\n\r\nHello\r\n`;
      return Promise.resolve(new TextEncoder().encode(text));
    },
    update: (id, update) => {
      const name = nameOf(id);
      if (refused.has(name)) return Promise.reject(new Error('read only'));
      acts.push(`update ${name}`);
      change(id, update);
      return Promise.resolve();
    },
    move: (ids, folderId) => {
      if (refused.has(folderId)) return Promise.reject(new Error('over quota'));
      const moved = ids.flatMap((id) => {
        acts.push(`move ${nameOf(id)}`);
        const number = next();
        change(id, { folderId, id: number });
        return messages.filter((message) => message.id === number);
      });
      return Promise.resolve(moved);
    },
    ensureTags: () => Promise.resolve(),
    mayAct: () => Promise.resolve(store.permitted),
  };
  return store;
}
