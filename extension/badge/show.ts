/** Puts a badge on the message display button of one tab: the only file that touches that API. */
import type { Badge } from './state.ts';

export async function showBadge(tabId: number, badge: Badge): Promise<void> {
  const button = messenger.messageDisplayAction;
  await Promise.all([
    button.setIcon({ tabId, path: badge.icon }),
    button.setLabel({ tabId, label: badge.label }),
    button.setTitle({ tabId, title: badge.title }),
    button.setBadgeText({ tabId, text: badge.text }),
    button.setBadgeBackgroundColor({ tabId, color: badge.color }),
  ]);
}
