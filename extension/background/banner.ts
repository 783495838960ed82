/**
 * Answers the script in a message: what to show above the message it is in. Which message that is, is asked of the mail program by the
 * tab the script runs in; the script has no say in it.
 */
import type { ScriptSender } from '../messaging/dispatch.ts';
import { isBannerRequest, type BannerContent } from '../banner/protocol.ts';
import { mutedBy, type MutedBanner } from '../banner/muted.ts';
import { viewBanner } from '../banner/view-model.ts';
import type { HostMessage, MailHost } from '../hosts/host.ts';
import type { Settings } from '../settings/settings.ts';
import type { Translate } from '../ui/words.ts';
import type { Checker } from '../judging/checker.ts';
import { UnreadableMessage } from '../judging/fault.ts';
import type { Judge } from './judge.ts';

export interface BannerPorts {
  readonly host: Pick<MailHost, 'displayedIn'>;
  readonly checker: Pick<Checker, 'check'>;
  readonly judge: Pick<Judge, 'judge'>;
  readonly loadSettings: () => Promise<Settings>;
  readonly openPanel: (messageId: number) => Promise<void>;
  readonly loadMuted: () => Promise<readonly MutedBanner[]>;
  readonly mute: (muted: MutedBanner) => Promise<void>;
  readonly t: Translate;
}

/**
 * Whether a request comes from our script in a message: in a tab, in its outermost frame, and in no page. Pages of this extension have
 * requests of their own, and no other extension may ask.
 */
export function isOwnScript({ id, url, frameId, tab }: ScriptSender, ownId: string): boolean {
  return (
    id === ownId &&
    tab?.id !== undefined &&
    frameId === 0 &&
    url !== undefined &&
    !/^(?:moz-extension|https?):/i.test(url)
  );
}

/** A listener for `runtime.onMessage`: undefined leaves a message to others. */
export function createBanner(ports: BannerPorts, ownId: string) {
  const { host, checker, judge, loadSettings, openPanel, loadMuted, mute, t } = ports;

  async function messageIn(tabId: number): Promise<HostMessage | undefined> {
    const [message, ...others] = await host.displayedIn(tabId);
    return others.length === 0 ? message : undefined;
  }

  async function contentFor(tabId: number): Promise<BannerContent | null> {
    if (!(await loadSettings()).banner) return null;
    const message = await messageIn(tabId);
    if (message === undefined) return null;
    try {
      const { report } = await checker.check(message);
      const [rules, muted] = await Promise.all([judge.judge(message, report), loadMuted()]);
      // The tab may show another message by now, above which this one's banner must not stand.
      return (await messageIn(tabId))?.id === message.id ? viewBanner(report, rules, t, muted) : null;
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) console.error(error);
      return null; // the button says so
    }
  }

  async function openEvidence(tabId: number): Promise<null> {
    const message = await messageIn(tabId);
    if (message !== undefined) await openPanel(message.id);
    return null;
  }

  /** Decided by the message itself, so that the script could not mute a warning. */
  async function muteIn(tabId: number): Promise<null> {
    const message = await messageIn(tabId);
    const muted = message === undefined ? null : mutedBy((await checker.check(message)).report);
    if (muted !== null) await mute(muted);
    return null;
  }

  return (message: unknown, sender: ScriptSender): Promise<BannerContent | null> | undefined => {
    const tabId = sender.tab?.id;
    if (!isBannerRequest(message) || tabId === undefined || !isOwnScript(sender, ownId)) return undefined;
    switch (message.name) {
      case 'banner':
        return contentFor(tabId);
      case 'banner-evidence':
        return openEvidence(tabId);
      case 'banner-mute':
        return muteIn(tabId);
    }
  };
}
