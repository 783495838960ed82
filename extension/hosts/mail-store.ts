/** What a mail surface offers to whoever carries out rules: folders, pages of messages, and acts that destroy nothing. */

export interface StoredMessage {
  /** Holds until the mail program ends, or the message is moved. */
  readonly id: number;
  /** The Message-ID without angle brackets; what a message is found by again. */
  readonly headerMessageId: string;
  readonly accountId: string;
  readonly folderId: string;
  readonly author: string;
  readonly subject: string;
  readonly date: string;
  readonly tags: readonly string[];
  readonly read: boolean;
  readonly flagged: boolean;
  readonly junk: boolean;
}

export interface MailFolder {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  /** As rules name it: names from the account's root, joined by `/`. */
  readonly path: string;
}

/** What is to be set; what is absent stays. `tags` are all there shall be. */
export interface MessageUpdate {
  readonly tags?: readonly string[];
  readonly read?: boolean;
  readonly flagged?: boolean;
  readonly junk?: boolean;
}

export interface MailStore {
  /** Calls back with new mail of inboxes and ordinary folders. Registered at top level, so that it wakes the background. */
  onNewMail(listener: (pages: AsyncIterable<readonly StoredMessage[]>) => void): void;
  /** Folders that hold messages of their own, in the order of their accounts. */
  folders(): Promise<readonly MailFolder[]>;
  /** The messages of a folder as it is now, page by page; a reader who stops early leaves nothing open. */
  list(folderId: string): AsyncIterable<readonly StoredMessage[]>;
  /** The message by its number; undefined where there is none any more. */
  find(id: number): Promise<StoredMessage | undefined>;
  readRaw(id: number): Promise<Uint8Array<ArrayBuffer>>;
  update(id: number, update: MessageUpdate): Promise<void>;
  /**
   * Moves messages, in one go where the server can, and returns them as they are there: those of them that showed up in time. They
   * get other numbers by it.
   */
  move(ids: readonly number[], folderId: string): Promise<readonly StoredMessage[]>;
  /** Makes sure that a tag is known; an unknown one could not be set. */
  ensureTags(tags: readonly string[]): Promise<void>;
  /** Whether the reader permitted acting. */
  mayAct(): Promise<boolean>;
}
