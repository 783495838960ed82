/** Thunderbird as a mail host, over its own WebExtension APIs. Differences between its versions end here. */
import { stringToOctets } from '../../src/bytes/ascii.ts';
import { folderNameOf } from './folder-name.ts';
import type { HostAccount, HostMessage, MailHost } from './host.ts';

/** Received mail older than this no longer tells which servers an account has now. */
const NEW_DAYS = 120;
const MOST_LISTED = 200;

type MessageHeader = messenger.messages.MessageHeader;

export const thunderbird: MailHost = {
  onChosen(listener) {
    messenger.mailTabs.onSelectedMessagesChanged.addListener((tab, messages) => {
      if (tab.id !== undefined) listener(tab.id, firstOf(messages));
    });
  },

  onDisplayed(listener) {
    messenger.messageDisplay.onMessagesDisplayed.addListener((tab, messages) => {
      if (tab.id !== undefined) listener(tab.id, firstOf(messages));
    });
  },

  async displayedIn(tabId) {
    return firstOf(await messenger.messageDisplay.getDisplayedMessages(tabId));
  },

  async tabsOnDisplay() {
    const tabs = await messenger.tabs.query({});
    return tabs.flatMap(({ id }) => id ?? []);
  },

  async message(messageId) {
    return toHostMessage(await messenger.messages.get(messageId));
  },

  async readRaw(messageId) {
    const raw = await messenger.messages.getRaw(messageId, { data_format: 'File' });
    return typeof raw === 'string' ? stringToOctets(raw) : new Uint8Array(await raw.arrayBuffer());
  },

  async accounts(): Promise<readonly HostAccount[]> {
    const accounts = await messenger.accounts.list(false);
    return accounts
      .filter(({ type }) => type !== 'none' || accounts.length === 1)
      .map(({ id, name }) => ({ id, name }));
  },

  async ownAddresses() {
    const accounts = await messenger.accounts.list(false);
    return accounts.flatMap(({ identities }) => identities.flatMap(({ email }) => email ?? []));
  },

  async newestMessages(accountId, most) {
    const ids: { readonly id: number; readonly date: number }[] = [];
    for (const { id: folderId } of await messenger.folders.query({ accountId, specialUse: ['inbox'] })) {
      if (folderId === undefined) continue;
      const fromDate = new Date(Date.now() - NEW_DAYS * 86_400_000);
      const page = await messenger.messages.query({ folderId, fromDate, messagesPerPage: MOST_LISTED });
      if (typeof page === 'string') continue;
      ids.push(...page.messages.map(({ id, date }) => ({ id, date: new Date(date).getTime() })));
      if (page.id) await messenger.messages.abortList(page.id);
    }
    return ids
      .sort((left, right) => right.date - left.date)
      .slice(0, most)
      .map(({ id }) => id);
  },
};

/**
 * Of what is on display the first hundred, which tells one message from several. Manifest V3 hands out a page of a list, whatever
 * the types say; the rest of the list is let go, or Thunderbird would keep it for pages nobody asks for.
 */
function firstOf(displayed: readonly MessageHeader[] | messenger.messages.MessageList): readonly HostMessage[] {
  if (!('messages' in displayed)) return displayed.map(toHostMessage);
  if (displayed.id) void messenger.messages.abortList(displayed.id);
  return displayed.messages.map(toHostMessage);
}

function toHostMessage({ id, folder }: MessageHeader): HostMessage {
  return { id, accountId: folder?.accountId ?? null, folder: folder ? folderNameOf(folder.path) : null };
}
