/** What is known of webmail in this session: numbers of messages, and the badges that were shown. No source of a message. */
import { EMPTY_STATE, type WebmailState } from '../hosts/webmail.ts';
import type { WebBadge } from '../webmail/protocol.ts';
import { sessionValue } from './session-value.ts';

export const webmailState = sessionValue<WebmailState>('webmail', EMPTY_STATE);

type Badges = readonly (readonly [number, WebBadge])[];
const badges = sessionValue<Badges>('webmailBadges', []);
const MOST_BADGES = 500;
let last: Promise<unknown> = Promise.resolve();

export async function badgeOf(messageId: number): Promise<WebBadge | undefined> {
  return new Map(await badges.load()).get(messageId);
}

export function keepBadge(messageId: number, badge: WebBadge): Promise<void> {
  const mine = last.then(async () => {
    const others = (await badges.load()).filter(([one]) => one !== messageId);
    await badges.save([...others, [messageId, badge] as const].slice(-MOST_BADGES));
  });
  last = mine.catch(() => undefined);
  return mine;
}
