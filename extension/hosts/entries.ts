/** Ways into Countersign beside the button: a shortcut and a menu entry for a message, the spaces toolbar and the tools menu. */

/** As in the manifest (manifest/targets.ts). */
const COMMAND = 'open-details';

/** Calls back with the tab in which the shortcut was pressed. */
export function watchShortcut(open: (tabId: number) => void): void {
  messenger.commands.onCommand.addListener((command, tab) => {
    if (command === COMMAND && tab.id !== undefined) open(tab.id);
  });
}

/** The name of the space: letters and underscores only. */
const SPACE = 'countersign';

/** A space of its own, as Mail and Calendar are, and an entry in the tools menu. Both lead to a page of this extension. */
export function keepSpace(title: string, page: string): void {
  const url = messenger.runtime.getURL(page);
  const createSpace = async (): Promise<void> => {
    // It is there still when the background has only slept.
    const kept = await messenger.spaces.query({ isSelfOwned: true, name: SPACE });
    if (kept.length === 0) await messenger.spaces.create(SPACE, url, { title, defaultIcons: '/icons/countersign.svg' });
  };
  createSpace().catch(console.error);
  const createEntry = (): void => {
    messenger.menus.create({ id: SPACE, title, contexts: ['tools_menu'] }, () => messenger.runtime.lastError);
  };
  messenger.runtime.onInstalled.addListener(createEntry);
  messenger.runtime.onStartup.addListener(createEntry);
  messenger.menus.onClicked.addListener(({ menuItemId }) => {
    if (menuItemId === SPACE) void messenger.tabs.create({ url });
  });
}

/** An entry in the menus of the list and of the text of a message. Registered at top level, so that it wakes the background. */
export function watchContextMenu(
  title: string,
  openMessage: (messageId: number) => void,
  openIn: (tabId: number) => void,
): void {
  const create = (): void => {
    // One that a start has kept is there already, which is told by the error that is read here.
    messenger.menus.create(
      { id: COMMAND, title, contexts: ['message_list', 'page', 'selection', 'link'] },
      () => messenger.runtime.lastError,
    );
  };
  messenger.runtime.onInstalled.addListener(create);
  messenger.runtime.onStartup.addListener(create);
  messenger.menus.onClicked.addListener((info, tab) => {
    if (info.menuItemId !== COMMAND) return;
    const chosen = info.selectedMessages?.messages ?? [];
    const [message, ...others] = chosen;
    if (message !== undefined && others.length === 0) openMessage(message.id);
    else if (tab?.id !== undefined) openIn(tab.id);
  });
}
