/** Ways to the details of a message beside the button: a keyboard shortcut and the context menu. */

/** As in the manifest (manifest/targets.ts). */
const COMMAND = 'open-details';

/** Calls back with the tab in which the shortcut was pressed. */
export function watchShortcut(open: (tabId: number) => void): void {
  messenger.commands.onCommand.addListener((command, tab) => {
    if (command === COMMAND && tab.id !== undefined) open(tab.id);
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
