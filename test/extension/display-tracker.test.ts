/** A late result never appears on another message. The host is a few lines of memory here; the real one is tested end to end. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnreadableMessage } from '../../extension/judging/fault.ts';
import { createDisplayTracker, QUIET_MS } from '../../extension/background/display-tracker.ts';
import type { BadgeState, Judged } from '../../extension/badge/state.ts';
import type { HostMessage } from '../../extension/hosts/host.ts';

const TAB = 7;
const message = (id: number): HostMessage => ({ id, accountId: 'account1', folder: 'INBOX' });
const verdict = (headline: string): BadgeState => ({ kind: 'level', report: { headline } as unknown as Judged });

/** A tab whose display can be changed, and checks that end when told to. */
function setUp() {
  const shown: BadgeState[] = [];
  const judged: number[] = [];
  const checks: number[] = [];
  const closed = new Set<number>();
  let displayed: readonly HostMessage[] = [];
  let askedWhatIsDisplayed = (): void => undefined;
  let early: BadgeState | null = null;
  const ends = new Map<number, (state: BadgeState) => void>();
  const fails = new Map<number, (error: Error) => void>();
  const tracker = createDisplayTracker({
    check: ({ id }) =>
      new Promise((resolve, reject) => {
        checks.push(id);
        const earlier = ends.get(id);
        ends.set(id, (state) => {
          earlier?.(state);
          resolve(state);
        });
        fails.set(id, reject);
      }),
    checkEarly: () => Promise.resolve(early),
    displayedIn: () => {
      askedWhatIsDisplayed();
      return Promise.resolve(displayed);
    },
    show: (tab, state) => {
      if (closed.has(tab)) return Promise.reject(new Error(`Invalid tab ID: ${tab}`));
      shown.push(state);
      return Promise.resolve();
    },
    onJudged: ({ id }) => void judged.push(id),
  });
  return {
    judged,
    checks,
    closed,
    forget: (tabId: number) => tracker.forget(tabId),
    choose: (...ids: number[]) => tracker.chosen(TAB, ids.map(message)),
    display: (...ids: number[]) => tracker.displayed(TAB, ids.map(message)),
    displayIn: (tabId: number, id: number) => tracker.displayed(tabId, [message(id)]),
    refresh(id: number, { tabs = [TAB], meanwhile = (): void => undefined } = {}) {
      displayed = [message(id)];
      askedWhatIsDisplayed = meanwhile;
      return tracker.refresh(tabs);
    },
    finish: (id: number, headline: string) => ends.get(id)?.(verdict(headline)),
    fail: (id: number, error: Error) => fails.get(id)?.(error),
    warnEarly: (headline: string) => (early = verdict(headline)),
    /** What the button said, one after the other. */
    said: () => shown.map((state) => (state.kind === 'level' ? state.report.headline : state.kind) as string),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the button of a tab', () => {
  it('is cleared in the moment a message is displayed, before anything is waited for; then it shows the result', async () => {
    const tab = setUp();
    const done = tab.display(1);
    expect(tab.said()).toEqual(['pending']);
    tab.finish(1, 'one');
    await done;
    expect(tab.said()).toEqual(['pending', 'one']);
    expect(tab.judged).toEqual([1]);
  });

  it('is cleared as soon as another message is chosen, whose check begins; the result waits for its display', async () => {
    const tab = setUp();
    void tab.display(1);
    tab.finish(1, 'one');
    await vi.advanceTimersByTimeAsync(0);
    await tab.choose(2);
    expect(tab.said()).toEqual(['pending', 'one', 'pending']);
    expect(tab.checks).toEqual([1, 2]);
    tab.finish(2, 'two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(tab.said()).toEqual(['pending', 'one', 'pending']);
    expect(tab.judged).toEqual([1]);
    await tab.display(2);
    expect(tab.said()).toEqual(['pending', 'one', 'pending', 'two']);
    expect(tab.checks).toEqual([1, 2]);
  });

  it('says that it is checking after a while only', async () => {
    const tab = setUp();
    void tab.display(1);
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(tab.said()).toEqual(['pending']);
    await vi.advanceTimersByTimeAsync(1);
    expect(tab.said()).toEqual(['pending', 'checking']);
    tab.finish(1, 'one');
    await vi.advanceTimersByTimeAsync(0);
    expect(tab.said()).toEqual(['pending', 'checking', 'one']);
  });

  it('then warns of what needs no answer', async () => {
    const tab = setUp();
    tab.warnEarly('look-alike-domain');
    void tab.display(1);
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(tab.said()).toEqual(['pending', 'checking', 'look-alike-domain']);
    expect(tab.judged).toEqual([]);
  });

  it('never says that it is checking a message that was left', async () => {
    const tab = setUp();
    void tab.display(1);
    await vi.advanceTimersByTimeAsync(200);
    void tab.display(2);
    tab.finish(2, 'two');
    await vi.advanceTimersByTimeAsync(1000);
    expect(tab.said()).toEqual(['pending', 'pending', 'two']);
  });

  it('drops the result of a message that was left meanwhile', async () => {
    const tab = setUp();
    const first = tab.display(1);
    const second = tab.display(2);
    tab.finish(2, 'two');
    await second;
    tab.finish(1, 'one');
    await first;
    expect(tab.said()).toEqual(['pending', 'pending', 'two']);
    expect(tab.judged).toEqual([2]);
  });

  it('drops a result once another message was only chosen', async () => {
    const tab = setUp();
    const first = tab.display(1);
    await tab.choose(2);
    tab.finish(1, 'one');
    await first;
    expect(tab.said()).toEqual(['pending', 'pending']);
  });

  it('says the same without clearing it where a message is reported as displayed once more', async () => {
    const tab = setUp();
    const first = tab.display(1);
    tab.finish(1, 'one');
    await first;
    await tab.display(1);
    expect(tab.said()).toEqual(['pending', 'one', 'one']);
    expect(tab.checks).toEqual([1]);
  });

  it('tries again with a message that could not be read, once it is displayed anew', async () => {
    const tab = setUp();
    const first = tab.display(1);
    tab.fail(1, new UnreadableMessage('not downloaded'));
    await first;
    const again = tab.display(1);
    tab.finish(1, 'one');
    await again;
    expect(tab.said()).toEqual(['pending', 'unreadable', 'pending', 'one']);
  });

  it('says nothing of one message where several are chosen, and is idle where none is', async () => {
    const tab = setUp();
    await tab.choose(1, 2);
    await tab.display(1, 2);
    await tab.display();
    expect(tab.said()).toEqual(['several', 'several', 'idle']);
  });

  it('shows our own fault as that, not as a statement about the message', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const tab = setUp();
    const done = tab.display(1);
    tab.fail(1, new TypeError('a bug'));
    await done;
    expect(tab.said()).toEqual(['pending', 'broken']);
    expect(tab.judged).toEqual([]);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  it('says that a message could not be read where the host cannot hand it out', async () => {
    const tab = setUp();
    const done = tab.display(1);
    tab.fail(1, new UnreadableMessage('not downloaded'));
    await done;
    expect(tab.said()).toEqual(['pending', 'unreadable']);
  });
});

describe('a refresh', () => {
  it('judges anew what the tab shows', async () => {
    const tab = setUp();
    const first = tab.display(1);
    tab.finish(1, 'one');
    await first;
    const refreshed = tab.refresh(1);
    await vi.advanceTimersByTimeAsync(0);
    tab.finish(1, 'other');
    await refreshed;
    expect(tab.said()).toEqual(['pending', 'one', 'pending', 'other']);
  });

  it('leaves a tab alone that went on to another message while it was asked', async () => {
    const tab = setUp();
    await tab.refresh(1, { meanwhile: () => void tab.display(2) });
    expect(tab.said()).toEqual(['pending']);
    expect(tab.checks).toEqual([2]);
  });

  it('keeps a fault to its tab: the others are judged at once, side by side, and nothing is told of a closed one', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const tab = setUp();
    tab.closed.add(TAB);
    const done = tab.refresh(1, { tabs: [TAB, TAB + 1, TAB + 2] });
    await vi.advanceTimersByTimeAsync(0);
    expect(tab.said()).toEqual(['pending', 'pending']);
    tab.finish(1, 'one');
    await done;
    expect(tab.said()).toEqual(['pending', 'pending', 'one', 'one']);
    expect(error).toHaveBeenCalledOnce();

    tab.closed.add(TAB + 1);
    const closing = tab.displayIn(TAB + 1, 1);
    tab.forget(TAB + 1);
    await closing;
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});
