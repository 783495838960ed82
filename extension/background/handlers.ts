/** What the background does for its pages. */
import { proposeAuthservIds, proposeReceivingHosts } from '../../src/authres/propose.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { sampleTrust } from '../../src/trace/sample.ts';
import type { HostMessage, MailHost } from '../hosts/host.ts';
import type { CheckReply, Handlers, RunRequestName } from '../messaging/protocol.ts';
import type { Checker } from '../judging/checker.ts';
import type { DisplayTracker } from './display-tracker.ts';
import { faultOf } from '../judging/fault.ts';
import type { Judge } from './judge.ts';

export interface HandlerPorts {
  readonly host: MailHost;
  readonly checker: Checker;
  readonly track: DisplayTracker['track'];
  readonly clearDnsCache: () => Promise<void>;
  readonly judge: Judge;
}

/** Newest messages of an account that are looked at for a proposal. */
const SAMPLE_SIZE = 25;

export function createHandlers({
  host,
  checker,
  track,
  clearDnsCache,
  judge,
}: HandlerPorts): Omit<Handlers, RunRequestName> {
  async function check(message: HostMessage): Promise<CheckReply> {
    try {
      const checked = await checker.check(message);
      return { state: 'checked', messageId: message.id, ...checked, rules: await judge.judge(message, checked.report) };
    } catch (error) {
      return faultOf(error);
    }
  }

  /** The message, and the tabs that show it alone. One that is no longer there is in no account. */
  async function find(messageId: number): Promise<{ readonly message: HostMessage; readonly tabs: readonly number[] }> {
    const tabs: number[] = [];
    for (const tabId of await host.tabsOnDisplay()) {
      const [message, ...others] = await host.displayedIn(tabId).catch(() => []);
      if (message?.id === messageId && others.length === 0) tabs.push(tabId);
    }
    const gone: HostMessage = { id: messageId, accountId: null, folder: null };
    return { message: await host.message(messageId).catch(() => gone), tabs };
  }

  return {
    ...judge.handlers,
    async 'check-tab'({ tabId }) {
      const messages = await host.displayedIn(tabId);
      const [message] = messages;
      if (message === undefined) return { state: 'none' };
      return messages.length > 1 ? { state: 'several' } : check(message);
    },
    async 'check-message'({ messageId }) {
      return check((await find(messageId)).message);
    },
    async recheck({ messageId }) {
      const { message, tabs } = await find(messageId);
      checker.forget(messageId);
      const reply = await check(message);
      await Promise.all(tabs.map((tabId) => track(tabId, [message])));
      return reply;
    },
    accounts: () => host.accounts(),
    async 'propose-trust'({ accountId }) {
      const samples = [];
      for (const id of await host.newestMessages(accountId, SAMPLE_SIZE)) {
        const sample = sampleTrust(parseMessage(await host.readRaw(id)));
        if (sample) samples.push(sample);
      }
      return { servers: proposeAuthservIds(samples), hosts: proposeReceivingHosts(samples) };
    },
    async 'clear-cache'() {
      checker.forget();
      await clearDnsCache();
      return null;
    },
  };
}
