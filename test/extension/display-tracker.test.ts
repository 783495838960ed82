/** A late result never lands on another message. The host is a few lines of memory here; the real one is tested end to end. */
import { describe, expect, it, vi } from 'vitest';
import { UnreadableMessage } from '../../extension/judging/fault.ts';
import { createDisplayTracker } from '../../extension/background/display-tracker.ts';
import type { BadgeState } from '../../extension/badge/state.ts';
import type { HostMessage } from '../../extension/hosts/host.ts';
import type { Report } from '../../src/report/types.ts';

const TAB = 7;
const message = (id: number): HostMessage => ({ id, accountId: 'account1', folder: 'INBOX' });

/** A tab whose display can be changed, and checks that end when told to. */
function setUp() {
  const shown: BadgeState[] = [];
  const judged: number[] = [];
  let displayed: readonly HostMessage[] = [];
  const ends = new Map<number, (report: Report) => void>();
  const fails = new Map<number, (error: Error) => void>();
  const closed = new Set<number>();
  const tracker = createDisplayTracker({
    check: ({ id }) =>
      new Promise((resolve, reject) => {
        const earlier = ends.get(id);
        ends.set(id, (report) => {
          earlier?.(report);
          resolve(report);
        });
        fails.set(id, reject);
      }),
    displayedIn: () => Promise.resolve(displayed),
    show: (tab, state) => {
      if (closed.has(tab)) return Promise.reject(new Error(`Invalid tab ID: ${tab}`));
      shown.push(state);
      return Promise.resolve();
    },
    onJudged: ({ id }) => void judged.push(id),
  });
  return {
    ...tracker,
    closed,
    shown,
    judged,
    display(...messages: HostMessage[]) {
      displayed = messages;
      return tracker.track(TAB, messages);
    },
    finish(id: number, headline: string) {
      ends.get(id)?.({ level: 'signed', headline, headlineParams: {} } as Report);
    },
    fail: (id: number, error: Error) => fails.get(id)?.(error),
    replace: (...messages: HostMessage[]) => (displayed = messages),
    settle: () => new Promise((resolve) => setTimeout(resolve, 0)),
  };
}

const headlines = (states: readonly BadgeState[]) =>
  states.map((state) => (state.kind === 'level' ? state.headline : state.kind));

describe('the display of a tab', () => {
  it('shows that it is checking, then the result', async () => {
    const tab = setUp();
    const done = tab.display(message(1));
    await tab.settle();
    tab.finish(1, 'one');
    await done;
    expect(headlines(tab.shown)).toEqual(['checking', 'one']);
    expect(tab.judged).toEqual([1]);
  });

  it('drops the result of a message that was left meanwhile', async () => {
    const tab = setUp();
    const first = tab.display(message(1));
    await tab.settle();
    const second = tab.display(message(2));
    await tab.settle();
    tab.finish(2, 'two');
    await second;
    tab.finish(1, 'one');
    await first;
    expect(headlines(tab.shown)).toEqual(['checking', 'checking', 'two']);
    expect(tab.judged).toEqual([2]);
  });

  it('drops a result where the tab shows something else by now, whatever it remembers', async () => {
    const tab = setUp();
    const done = tab.display(message(1));
    await tab.settle();
    tab.replace(message(2));
    tab.finish(1, 'one');
    await done;
    expect(headlines(tab.shown)).toEqual(['checking']);
  });

  it('says nothing of one message where several are selected, and is idle where none is', async () => {
    const tab = setUp();
    await tab.display(message(1), message(2));
    await tab.display();
    expect(headlines(tab.shown)).toEqual(['several', 'idle']);
  });

  it('shows our own fault as that, not as a statement about the message', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const tab = setUp();
    const done = tab.display(message(1));
    await tab.settle();
    tab.fail(1, new TypeError('a bug'));
    await done;
    expect(headlines(tab.shown)).toEqual(['checking', 'broken']);
    expect(tab.judged).toEqual([]);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it('says that a message could not be read where the host cannot hand it out', async () => {
    const tab = setUp();
    const done = tab.display(message(1));
    await tab.settle();
    tab.fail(1, new UnreadableMessage('not downloaded'));
    await done;
    expect(headlines(tab.shown)).toEqual(['checking', 'unreadable']);
  });

  it('keeps a fault to its tab: the others are judged at once, side by side, and nothing is told of a closed one', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const tab = setUp();
    tab.replace(message(1));
    tab.closed.add(TAB);
    const done = tab.refresh([TAB, TAB + 1, TAB + 2]);
    await tab.settle();
    expect(headlines(tab.shown)).toEqual(['checking', 'checking']);
    tab.finish(1, 'one');
    await done;
    expect(headlines(tab.shown)).toEqual(['checking', 'checking', 'one', 'one']);
    expect(error).toHaveBeenCalledOnce();

    tab.closed.add(TAB + 1);
    const closing = tab.track(TAB + 1, [message(1)]);
    tab.forget(TAB + 1);
    await closing;
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});
