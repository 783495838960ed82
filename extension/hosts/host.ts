/** What every mail surface offers: which messages are on display, and their raw bytes. */

export interface HostMessage {
  readonly id: number;
  /** The account it belongs to; null for a message that is in none (an attached or saved one). */
  readonly accountId: string | null;
  /** Where it is, as rules name it: names from the account's root, joined by `/`; null for a message that is in no folder. */
  readonly folder: string | null;
}

export interface HostAccount {
  readonly id: string;
  readonly name: string;
}

export interface MailHost {
  /** Calls back whenever other messages are chosen in a list, before a tab shows them. Registered at top level like the next. */
  onChosen(listener: (tabId: number, messages: readonly HostMessage[]) => void): void;
  /** Calls back whenever the messages on display in a tab change. Registered at top level, so that it wakes the background. */
  onDisplayed(listener: (tabId: number, messages: readonly HostMessage[]) => void): void;
  displayedIn(tabId: number): Promise<readonly HostMessage[]>;
  /** Every tab that shows messages now. */
  tabsOnDisplay(): Promise<readonly number[]>;
  /** Where a message is, on display or not. */
  message(messageId: number): Promise<HostMessage>;
  readRaw(messageId: number): Promise<Uint8Array<ArrayBuffer>>;
  accounts(): Promise<readonly HostAccount[]>;
  /** The addresses the reader writes under, of all accounts. */
  ownAddresses(): Promise<readonly string[]>;
  /** The newest messages an account received, at most `most` of them. */
  newestMessages(accountId: string, most: number): Promise<readonly number[]>;
}
