/** Webmail as a mail host: what is on display where, and sources that come when they come. */
import { describe, expect, it, vi } from 'vitest';
import { createWebmail, EMPTY_STATE, type WebmailState } from '../../../extension/hosts/webmail.ts';

const SITE = 'https://mail.example';
const FRAME = { tabId: 1, frameId: 2, site: SITE };
const OCTETS = Uint8Array.from([1, 2, 3]);

function make(kept: { state: WebmailState } = { state: EMPTY_STATE }) {
  const callAgain = vi.fn(() => Promise.resolve());
  const host = createWebmail({
    load: () => Promise.resolve(kept.state),
    save: (state) => {
      kept.state = state;
      return Promise.resolve();
    },
    sites: () => Promise.resolve([SITE]),
    callAgain,
    goneText: () => 'gone',
  });
  return { host, callAgain, kept };
}

async function shown(host: ReturnType<typeof make>['host'], id: string) {
  await host.shown(FRAME, [id]);
  const message = await host.find(FRAME, id);
  if (message === undefined) throw new Error('not on display');
  return message;
}

describe('webmail', () => {
  it('tells what the frames of a tab show, and that it is gone', async () => {
    const { host } = make();
    const heard: unknown[] = [];
    host.onDisplayed((tabId, messages) => heard.push([tabId, messages.map(({ id }) => id)]));
    await host.shown(FRAME, ['INBOX/1']);
    await host.shown({ ...FRAME, frameId: 0 }, ['INBOX/2']);
    await host.shown(FRAME, []);
    await host.left(1);
    await host.left(1);
    expect(heard).toEqual([
      [1, [1]],
      [1, [1, 2]],
      [1, [2]],
      [1, []],
    ]);
    expect(await host.tabsOnDisplay()).toEqual([]);
  });

  it('knows a message again, by its site and name', async () => {
    const { host } = make();
    const first = await shown(host, 'INBOX/1');
    expect(await shown(host, 'INBOX/2')).not.toEqual(first);
    expect(await shown(host, 'INBOX/1')).toEqual(first);
    expect(first).toEqual({ id: 1, accountId: SITE, folder: null });
    expect(await host.known(SITE, 'INBOX/1')).toBe(1);
    expect(await host.known('https://other.example', 'INBOX/1')).toBeUndefined();
    expect(await host.find({ ...FRAME, frameId: 9 }, 'INBOX/1')).toBeUndefined();
  });

  it('waits for a source that is on its way', async () => {
    const { host, callAgain } = make();
    const message = await shown(host, 'INBOX/1');
    const reading = host.readRaw(message.id);
    host.handIn(message, OCTETS, 'charset');
    expect(await reading).toBe(OCTETS);
    expect(await host.readRaw(message.id)).toBe(OCTETS);
    expect(host.doubtOf(message.id)).toBe('charset');
    expect(callAgain).not.toHaveBeenCalled();
  });

  it('says what is the trouble, and tries anew when the message is shown anew', async () => {
    const { host } = make();
    const message = await shown(host, 'INBOX/1');
    host.handInTrouble(message, 'signed out');
    await expect(host.readRaw(message.id)).rejects.toThrow('signed out');
    await host.shown(FRAME, ['INBOX/1']);
    const reading = host.readRaw(message.id);
    host.handIn(message, OCTETS, null);
    expect(await reading).toBe(OCTETS);
  });

  it('has the page hand in the source again where the background was asleep', async () => {
    const { host: before, kept } = make();
    const message = await shown(before, 'INBOX/1');
    before.handIn(message, OCTETS, null);
    const { host, callAgain } = make(kept);
    expect(await host.displayedIn(1)).toEqual([message]);
    const reading = host.readRaw(message.id);
    await vi.waitFor(() => expect(callAgain).toHaveBeenCalledWith(1));
    host.handIn(message, OCTETS, null);
    expect(await reading).toBe(OCTETS);
  });

  it('reads nothing of a message that is on display no more', async () => {
    const { host: before, kept } = make();
    const message = await shown(before, 'INBOX/1');
    await before.left(1);
    await expect(make(kept).host.readRaw(message.id)).rejects.toThrow('gone');
  });

  it('has its sites for accounts, and their newest messages', async () => {
    const { host } = make();
    for (const id of ['1', '2', '3']) host.handIn(await shown(host, id), OCTETS, null);
    expect(await host.accounts()).toEqual([{ id: SITE, name: 'mail.example' }]);
    expect(await host.newestMessages(SITE, 2)).toEqual([3, 2]);
    expect(await host.newestMessages('https://other.example', 2)).toEqual([]);
  });
});
