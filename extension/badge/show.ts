/** Puts a badge on the message display button of one tab: the only file that touches that API. */
import { t } from '../ui/words.ts';
import { createLabels } from './labels.ts';
import { BADGE_WORDS, type Badge } from './state.ts';

let labels: ((word: string) => string) | undefined;

/** Toolbars are set in the font of the system, at whatever size: widths are to one another as here. */
function labelFor(word: string): string {
  if (!labels) {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (context) context.font = '16px system-ui';
    labels = createLabels(
      BADGE_WORDS.map((key) => t(key)),
      (text) => context?.measureText(text).width ?? 0,
    );
  }
  return labels(word);
}

export async function showBadge(tabId: number, { icon, label, title }: Badge): Promise<void> {
  const button = messenger.messageDisplayAction;
  await Promise.all([
    button.setIcon({ tabId, path: icon }),
    button.setLabel({ tabId, label: labelFor(label) }),
    button.setTitle({ tabId, title }),
  ]);
}
