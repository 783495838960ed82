/**
 * Keeps the button of each tab right while its reader switches messages: only the newest display of a tab may set its badge, so a
 * late result never lands on another message. What goes wrong in one tab stays with that tab.
 */
import { faultOf } from '../judging/fault.ts';
import type { BadgeState } from '../badge/state.ts';
import type { HostMessage } from '../hosts/host.ts';
import type { Report } from '../../src/report/types.ts';

export interface DisplayPorts {
  readonly check: (message: HostMessage) => Promise<Report>;
  /** What the tab shows at this moment. */
  readonly displayedIn: (tabId: number) => Promise<readonly HostMessage[]>;
  readonly show: (tabId: number, state: BadgeState) => Promise<void>;
  /** Called once the outcome of a message stands before its reader. */
  readonly onJudged: (message: HostMessage) => void;
}

export interface DisplayTracker {
  /** The tab shows these messages from now on. Never rejects. */
  readonly track: (tabId: number, messages: readonly HostMessage[]) => Promise<void>;
  /** Brings the buttons of these tabs up to date, all at once. Never rejects. */
  readonly refresh: (tabIds: readonly number[]) => Promise<void>;
  /** The tab is closed. */
  readonly forget: (tabId: number) => void;
}

export function createDisplayTracker({ check, displayedIn, show, onJudged }: DisplayPorts): DisplayTracker {
  const newest = new Map<number, symbol>();

  async function follow(tabId: number, messages: readonly HostMessage[], display: symbol): Promise<void> {
    const [message] = messages;
    if (message === undefined) return show(tabId, { kind: 'idle' });
    if (messages.length > 1) return show(tabId, { kind: 'several' });

    await show(tabId, { kind: 'checking' });
    const state = await judge(message);
    if (newest.get(tabId) !== display) return;
    // A background that was asleep has lost its memory of the display, so the tab itself is asked as well.
    const now = await displayedIn(tabId).catch(() => []);
    if (now.length !== 1 || now[0]?.id !== message.id || newest.get(tabId) !== display) return;
    await show(tabId, state);
    if (state.kind === 'level') onJudged(message);
  }

  async function judge(message: HostMessage): Promise<BadgeState> {
    try {
      const { level, headline, headlineParams, identities } = await check(message);
      return { kind: 'level', level, headline, headlineParams, identities };
    } catch (error) {
      return { kind: faultOf(error).state }; // our own fault is shown as that, and never as a statement about the message
    }
  }

  async function track(tabId: number, messages: readonly HostMessage[]): Promise<void> {
    const display = Symbol('display');
    newest.set(tabId, display);
    try {
      await follow(tabId, messages, display);
    } catch (error) {
      // A tab that was closed meanwhile has no button any more.
      if (newest.get(tabId) === display) console.error(error);
    }
  }

  return {
    track,
    async refresh(tabIds) {
      await Promise.all(
        tabIds.map(async (tabId) => {
          const messages = await displayedIn(tabId).catch(() => []);
          if (messages.length > 0) await track(tabId, messages);
        }),
      );
    },
    forget: (tabId) => void newest.delete(tabId),
  };
}
