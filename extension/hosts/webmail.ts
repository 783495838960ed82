/**
 * Webmail as a mail host: what the scripts in its pages say is on display, and the sources they hand in. A message is known by its site and
 * by what the webmail calls it. Where the background was asleep, the pages hand in their sources anew when they are needed.
 */
import { hostOf } from '../settings/resolvers.ts';
import { UnreadableMessage } from '../judging/fault.ts';
import type { SourceDoubt } from './web/source.ts';
import type { HostAccount, HostMessage, MailHost } from './host.ts';

/** A frame of a page of webmail, by what the browser says of it. */
export interface WebFrame {
  readonly tabId: number;
  readonly frameId: number;
  /** Its origin, which is the account too. */
  readonly site: string;
}

/** What outlives the background: numbers only, and what the webmail calls its messages. */
export interface WebmailState {
  readonly next: number;
  /** `site id` to the number of the message, the newest last. */
  readonly numbers: readonly (readonly [string, number])[];
  /** What each frame has on display. */
  readonly frames: readonly { readonly tabId: number; readonly frameId: number; readonly shown: readonly number[] }[];
}

export interface WebmailPorts {
  readonly load: () => Promise<WebmailState>;
  readonly save: (state: WebmailState) => Promise<void>;
  readonly sites: () => Promise<readonly string[]>;
  /** Has the pages of a tab hand in their sources anew. */
  readonly callAgain: (tabId: number) => Promise<void>;
  /** What a reader is told where a message is on display no more. */
  readonly goneText: () => string;
}

export interface WebmailHost extends MailHost {
  /** A frame has these messages on display now, and no others. */
  shown(frame: WebFrame, ids: readonly string[]): Promise<void>;
  /** The message a frame has on display under that name; undefined where it has none. */
  find(frame: WebFrame, id: string): Promise<HostMessage | undefined>;
  /** A message of a site, on display or not, that was met before. */
  known(site: string, id: string): Promise<number | undefined>;
  handIn(message: HostMessage, octets: Uint8Array<ArrayBuffer>, doubt: SourceDoubt | null): void;
  handInTrouble(message: HostMessage, words: string): void;
  /** What could have been lost of the source that was read last. */
  doubtOf(messageId: number): SourceDoubt | null;
  /** A tab went elsewhere, or is closed. */
  left(tabId: number): Promise<void>;
}

export const EMPTY_STATE: WebmailState = { next: 1, numbers: [], frames: [] };

const MOST_KNOWN = 1000;
/** Sources that are kept, and octets of all of them. */
const MOST_SOURCES = 40;
const MOST_OCTETS = 96 << 20;
/** A page fetches its source within this time, or nobody waits any longer. */
const SOURCE_MS = 30_000;

type Held =
  { readonly octets: Uint8Array<ArrayBuffer>; readonly doubt: SourceDoubt | null } | { readonly trouble: string };

export function createWebmail({ load, save, sites, callAgain, goneText }: WebmailPorts): WebmailHost {
  const displayed: ((tabId: number, messages: readonly HostMessage[]) => void)[] = [];
  const held = new Map<number, Held>();
  /** Messages whose pages are about to hand in a source. */
  const expected = new Set<number>();
  const waiting = new Map<number, Set<(held: Held) => void>>();
  let state: Promise<WebmailState> | undefined;
  const current = (): Promise<WebmailState> => (state ??= load());

  /** Changes are made one after the other, since each begins with what the one before left. */
  function change(act: (state: WebmailState) => WebmailState): Promise<WebmailState> {
    const next = current().then(async (before) => {
      const after = act(before);
      if (after !== before) await save(after).catch(console.error);
      return after;
    });
    state = next;
    return next;
  }

  const keyOf = (site: string, id: string): string => `${site} ${id}`;
  const siteIn = (key: string): string => key.slice(0, key.indexOf(' '));

  function messageIn({ numbers }: WebmailState, number: number): HostMessage {
    const [key] = numbers.find(([, one]) => one === number) ?? [];
    return { id: number, accountId: key === undefined ? null : siteIn(key), folder: null };
  }

  const messagesIn = (now: WebmailState, tabId: number): readonly HostMessage[] =>
    now.frames.flatMap((frame) => (frame.tabId === tabId ? frame.shown.map((number) => messageIn(now, number)) : []));

  async function tell(tabId: number): Promise<void> {
    const messages = messagesIn(await current(), tabId);
    for (const listener of displayed) listener(tabId, messages);
  }

  function hold(number: number, source: Held): void {
    expected.delete(number);
    held.delete(number);
    held.set(number, source);
    let octets = 0;
    for (const [one, kept] of [...held].toReversed()) {
      octets += 'octets' in kept ? kept.octets.length : 0;
      if (one !== number && (octets > MOST_OCTETS || held.size > MOST_SOURCES)) held.delete(one);
    }
    for (const hear of waiting.get(number) ?? []) hear(source);
    waiting.delete(number);
  }

  /** The next source of a message, and the end of waiting for it. */
  function arrival(number: number): { readonly source: Promise<Held>; readonly stop: () => void } {
    const listeners = waiting.get(number) ?? new Set();
    waiting.set(number, listeners);
    let stop = (): void => undefined;
    const source = new Promise<Held>((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new UnreadableMessage(goneText()));
      }, SOURCE_MS);
      stop = () => {
        clearTimeout(timer);
        listeners.delete(hear);
      };
      const hear = (held: Held): void => {
        stop();
        resolve(held);
      };
      listeners.add(hear);
    });
    return { source, stop };
  }

  async function nextSource(number: number): Promise<Held> {
    const arriving = arrival(number); // before anything is waited for, during which it may come
    const isOnItsWay = expected.has(number);
    const frame = (await current()).frames.find(({ shown }) => shown.includes(number));
    if (frame === undefined) {
      arriving.stop();
      throw new UnreadableMessage(goneText());
    }
    if (!isOnItsWay) await callAgain(frame.tabId);
    return arriving.source;
  }

  return {
    onChosen: () => undefined, // a page shows what was chosen before anybody could hear of it
    onDisplayed: (listener) => void displayed.push(listener),
    displayedIn: async (tabId) => messagesIn(await current(), tabId),
    tabsOnDisplay: async () => [...new Set((await current()).frames.map(({ tabId }) => tabId))],
    message: async (number) => messageIn(await current(), number),

    async readRaw(number) {
      const source = held.get(number) ?? (await nextSource(number));
      if ('trouble' in source) throw new UnreadableMessage(source.trouble);
      return source.octets;
    },

    accounts: async (): Promise<readonly HostAccount[]> =>
      (await sites()).map((site) => ({ id: site, name: hostOf(site) })),
    ownAddresses: () => Promise.resolve([]), // a page does not say for certain whose it is
    newestMessages: async (site, most) =>
      (await current()).numbers
        .flatMap(([key, number]) => (siteIn(key) === site && 'octets' in (held.get(number) ?? {}) ? [number] : []))
        .slice(-most)
        .reverse(),

    async shown({ tabId, frameId, site }, ids) {
      const now = await change((before) => {
        let { next } = before;
        const numbers = new Map(before.numbers);
        const shown = ids.map((id) => {
          const key = keyOf(site, id);
          const number = numbers.get(key) ?? next++;
          numbers.delete(key);
          numbers.set(key, number);
          return number;
        });
        const others = before.frames.filter((frame) => frame.tabId !== tabId || frame.frameId !== frameId);
        const frames = shown.length === 0 ? others : [...others, { tabId, frameId, shown }];
        return { next, numbers: [...numbers].slice(-MOST_KNOWN), frames };
      });
      for (const number of now.frames.find((frame) => frame.tabId === tabId && frame.frameId === frameId)?.shown ??
        []) {
        expected.add(number);
        if ('trouble' in (held.get(number) ?? {})) held.delete(number); // it is tried anew
      }
      await tell(tabId);
    },

    async find({ tabId, frameId, site }, id) {
      const now = await current();
      const number = new Map(now.numbers).get(keyOf(site, id));
      const isShown = now.frames.some(
        (frame) => frame.tabId === tabId && frame.frameId === frameId && frame.shown.some((one) => one === number),
      );
      return number !== undefined && isShown ? { id: number, accountId: site, folder: null } : undefined;
    },
    known: async (site, id) => new Map((await current()).numbers).get(keyOf(site, id)),
    handIn: ({ id }, octets, doubt) => hold(id, { octets, doubt }),
    handInTrouble: ({ id }, trouble) => hold(id, { trouble }),
    doubtOf(number) {
      const source = held.get(number);
      return source !== undefined && 'octets' in source ? source.doubt : null;
    },
    async left(tabId) {
      if (!(await current()).frames.some((frame) => frame.tabId === tabId)) return;
      await change((before) => ({ ...before, frames: before.frames.filter((frame) => frame.tabId !== tabId) }));
      await tell(tabId);
    },
  };
}
