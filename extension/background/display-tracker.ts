/**
 * Keeps the button of each tab right while its reader goes from message to message. The outcome of the message before is cleared in
 * the moment another one is chosen, before anything is waited for; and only the newest choice of a tab may set its button, so that a
 * late result never appears on another message. What goes wrong in one tab stays with that tab.
 */
import { faultOf } from '../judging/fault.ts';
import type { BadgeState } from '../badge/state.ts';
import type { HostMessage } from '../hosts/host.ts';

export interface DisplayPorts {
  /** What the button says once a message was checked. Rejects where it could not be. */
  readonly check: (message: HostMessage) => Promise<BadgeState>;
  /** What it may say before, where that needs no answer from the DNS; null where nothing. */
  readonly checkEarly: (message: HostMessage) => Promise<BadgeState | null>;
  /** What the tab shows at this moment. */
  readonly displayedIn: (tabId: number) => Promise<readonly HostMessage[]>;
  readonly show: (tabId: number, state: BadgeState) => Promise<void>;
  /** Called once the outcome of a message is shown to its reader. */
  readonly onJudged: (message: HostMessage) => void;
}

/** Nothing here rejects. */
export interface DisplayTracker {
  /** Messages were chosen in a tab, which will show them in a moment: what can be done meanwhile is begun. */
  chosen(tabId: number, messages: readonly HostMessage[]): Promise<void>;
  /** A tab shows messages. */
  displayed(tabId: number, messages: readonly HostMessage[]): Promise<void>;
  /** Judges anew what these tabs show, as far as they show anything, all at once. */
  refresh(tabIds: readonly number[]): Promise<void>;
  /** The tab is closed. */
  forget(tabId: number): void;
}

/** Most checks are over by then; a word that only flashes up would be in the way. */
export const QUIET_MS = 400;

/** One message in one tab. */
interface Display {
  readonly messageId: number | undefined;
  /** What there is to say of it, and when. */
  readonly outcome: Promise<BadgeState>;
  /** Nothing could be said of it: should it be displayed once more, that is tried again, since it may be there in full only now. */
  failed: boolean;
  /** There is an outcome. */
  over: boolean;
}

export function createDisplayTracker(ports: DisplayPorts): DisplayTracker {
  const { check, checkEarly, displayedIn, show, onJudged } = ports;
  const newest = new Map<number, Display>();

  async function say(tabId: number, display: Display, state: BadgeState): Promise<void> {
    try {
      await show(tabId, state);
    } catch (error) {
      // A tab that was closed meanwhile has no button any more.
      if (newest.get(tabId) === display) console.error(error);
    }
  }

  function begin(tabId: number, message: HostMessage): Display {
    const cleared = show(tabId, { kind: 'pending' });
    const display: Display = { messageId: message.id, outcome: outcomeOf(message), failed: false, over: false };
    newest.set(tabId, display);
    cleared.catch(() => undefined); // where the button is gone, so will be the outcome's
    const quiet = setTimeout(() => void showProgress(tabId, message, display), QUIET_MS);
    void display.outcome.then(() => {
      display.over = true;
      clearTimeout(quiet);
    });
    return display;
  }

  async function outcomeOf(message: HostMessage): Promise<BadgeState> {
    try {
      return await check(message);
    } catch (error) {
      return { kind: faultOf(error).state }; // our own fault is shown as that, and never as a statement about the message
    }
  }

  async function showProgress(tabId: number, message: HostMessage, display: Display): Promise<void> {
    if (newest.get(tabId) !== display) return;
    await say(tabId, display, { kind: 'checking' });
    const early = await checkEarly(message).catch(() => null); // what is wrong shows in the outcome
    if (early !== null && !display.over && newest.get(tabId) === display) await say(tabId, display, early);
  }

  /** No message or several: there is nothing to check. */
  function showNone(tabId: number, count: number): Promise<void> {
    const state: BadgeState = { kind: count === 0 ? 'idle' : 'several' };
    const display: Display = { messageId: undefined, outcome: Promise.resolve(state), failed: false, over: true };
    newest.set(tabId, display);
    return say(tabId, display, state);
  }

  async function showOutcome(tabId: number, message: HostMessage, display: Display): Promise<void> {
    const state = await display.outcome;
    if (newest.get(tabId) !== display) return;
    display.failed = state.kind !== 'level';
    await say(tabId, display, state);
    if (state.kind === 'level') onJudged(message);
  }

  return {
    async chosen(tabId, messages) {
      const [message] = messages;
      if (message === undefined || messages.length > 1) return showNone(tabId, messages.length);
      if (newest.get(tabId)?.messageId !== message.id) begin(tabId, message);
    },
    displayed(tabId, messages) {
      const [message] = messages;
      if (message === undefined || messages.length > 1) return showNone(tabId, messages.length);
      const begun = newest.get(tabId);
      // Thunderbird reports a message as displayed more than once.
      const isBegun = begun?.messageId === message.id && !begun.failed;
      return showOutcome(tabId, message, isBegun ? begun : begin(tabId, message));
    },
    async refresh(tabIds) {
      await Promise.all(tabIds.map(refreshOne));
    },
    forget: (tabId) => void newest.delete(tabId),
  };

  async function refreshOne(tabId: number): Promise<void> {
    const before = newest.get(tabId);
    const [message, ...others] = await displayedIn(tabId).catch(() => []);
    // Whoever chose another message meanwhile has begun its check.
    if (message === undefined || others.length > 0 || newest.get(tabId) !== before) return;
    await showOutcome(tabId, message, begin(tabId, message));
  }
}
