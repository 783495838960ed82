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
  readonly tracker: Pick<DisplayTracker, 'refresh'>;
  readonly clearDnsCache: () => Promise<void>;
  /** What switches the banner. */
  readonly switchBanner: (on: boolean) => Promise<void>;
  readonly judge: Judge;
}

/** Newest messages of an account that are looked at for a proposal. */
const SAMPLE_SIZE = 25;

export function createHandlers({
  host,
  checker,
  tracker,
  clearDnsCache,
  switchBanner,
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

  /** A message that is no longer there is in no account. */
  function find(messageId: number): Promise<HostMessage> {
    return host.message(messageId).catch(() => ({ id: messageId, accountId: null, folder: null }));
  }

  async function tabsWith(messageId: number): Promise<readonly number[]> {
    const tabs: number[] = [];
    for (const tabId of await host.tabsOnDisplay()) {
      const [message, ...others] = await host.displayedIn(tabId).catch(() => []);
      if (message?.id === messageId && others.length === 0) tabs.push(tabId);
    }
    return tabs;
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
      return check(await find(messageId));
    },
    async 'look-first'({ place }) {
      const messages = 'tabId' in place ? await host.displayedIn(place.tabId) : [await find(place.messageId)];
      const [message] = messages;
      if (message === undefined || messages.length > 1) return null;
      return checker.lookFirst(message).catch(() => null); // why not is what the check itself tells
    },
    async recheck({ messageId }) {
      checker.forget(messageId);
      const reply = await check(await find(messageId));
      await tracker.refresh(await tabsWith(messageId));
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
    async 'switch-banner'({ on }) {
      await switchBanner(on);
      return null;
    },
    async 'clear-cache'() {
      checker.forget();
      await clearDnsCache();
      return null;
    },
  };
}
