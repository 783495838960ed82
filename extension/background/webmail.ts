/**
 * Answers the scripts in pages of webmail. Who asks is told by the browser, not by the request: a script of this extension, in a frame of a
 * site its reader named, in a tab that shows this very site. What it may ask is webmail/protocol.ts, and how often is limited here, since a
 * page can have the script ask whatever it likes.
 */
import type { ScriptSender } from '../messaging/dispatch.ts';
import { sameBytes, stringToOctets } from '../../src/bytes/ascii.ts';
import { visibleText } from '../../src/bytes/visible.ts';
import { parseUrl } from '../../src/bytes/url.ts';
import type { Report } from '../../src/report/types.ts';
import { badgeFor, type BadgeState } from '../badge/state.ts';
import type { HostMessage } from '../hosts/host.ts';
import type { SourceDoubt, SourceTrouble } from '../hosts/web/source.ts';
import type { WebFrame, WebmailHost } from '../hosts/webmail.ts';
import type { Checker } from '../judging/checker.ts';
import { UnreadableMessage, faultOf } from '../judging/fault.ts';
import { lookOf } from '../ui/look.ts';
import { keyOf, type Translate } from '../ui/words.ts';
import {
  readWebRequest,
  type BadgeReply,
  type ListedReply,
  type WebBadge,
  type WebRequest,
} from '../webmail/protocol.ts';
import type { Allowance } from './allowance.ts';
import type { Judge } from './judge.ts';

export interface WebmailScriptPorts {
  readonly host: WebmailHost;
  readonly checker: Checker;
  readonly judge: Pick<Judge, 'judge'>;
  readonly sites: () => Promise<readonly string[]>;
  readonly openDetails: (messageId: number) => Promise<void>;
  /** A message was judged: lists that name it have news. */
  readonly onBadge: (tabId: number) => void;
  /** Messages a site may have checked, and tabs it may have opened. */
  readonly checks: Allowance;
  readonly openings: Allowance;
  readonly badges: BadgeStore;
  readonly t: Translate;
}

/** What was shown of messages, for lists that name them later. */
export interface BadgeStore {
  get(messageId: number): Promise<WebBadge | undefined>;
  set(messageId: number, badge: WebBadge): Promise<void>;
}

/** The frame a request comes from; null where it does not come from our script in a page that is a site. */
export function frameOf({ id, url, frameId, tab }: ScriptSender, ownId: string): WebFrame | null {
  const site = parseUrl(url ?? '')?.origin;
  // A site within a page of others: whose words stand around it nobody knows.
  if (id !== ownId || site === undefined || site === 'null' || parseUrl(tab?.url ?? '')?.origin !== site) return null;
  return tab?.id === undefined || frameId === undefined ? null : { tabId: tab.id, frameId, site };
}

/** A checker that says nothing of a source that may have been damaged, where a signature over it is broken. */
export function withDoubts(
  checker: Checker,
  doubtOf: (messageId: number) => SourceDoubt | null,
  t: Translate,
): Checker {
  return {
    ...checker,
    async check(message) {
      const checked = await checker.check(message);
      const doubt = doubtOf(message.id);
      if (doubt !== null && hasBroken(checked.report)) throw new UnreadableMessage(t(keyOf('webmail_doubt', doubt)));
      return checked;
    },
  };
}

const hasBroken = ({ dkim }: Report): boolean => dkim.some(({ result }) => result === 'fail');

/** A listener for `runtime.onMessage`: undefined leaves a message to others. */
export function createWebmailScripts(ports: WebmailScriptPorts, ownId: string) {
  const { host, checker, judge, sites, openDetails, onBadge, checks, openings, badges, t } = ports;
  /** The source that was handed in last for a message: the same again costs nothing. */
  const sources = new Map<number, Uint8Array<ArrayBuffer>>();

  async function badgeOf(message: HostMessage): Promise<WebBadge> {
    let state: BadgeState;
    let marks: readonly string[] = [];
    try {
      const { report } = await checker.check(message);
      state = { kind: 'level', report };
      marks = marksIn(report, await judge.judge(message, report));
    } catch (error) {
      const { state: kind, error: words } = faultOf(error);
      const { label } = badgeFor({ kind }, t);
      return {
        look: 'none',
        word: label,
        title: kind === 'unreadable' ? t('panel_unreadable', { error: words }) : badgeFor({ kind }, t).title,
        marks,
      };
    }
    const { label, title } = badgeFor(state, t);
    const badge: WebBadge = { look: lookOf(state.report), word: label, title, marks };
    await badges.set(message.id, badge);
    return badge;
  }

  async function judgeSource(
    frame: WebFrame,
    id: string,
    octets: Uint8Array<ArrayBuffer>,
    doubt: SourceDoubt | null,
  ): Promise<BadgeReply> {
    const message = await host.find(frame, id);
    if (message === undefined) return null;
    const before = sources.get(message.id);
    if (before === undefined || !sameBytes(before, octets)) {
      if (!checks.take(frame.site)) return refuse(frame, id, 'too-many');
      if (before !== undefined) checker.forget(message.id);
      sources.set(message.id, octets);
      const [oldest] = sources.keys();
      if (sources.size > MOST_SOURCES && oldest !== undefined) sources.delete(oldest);
    }
    host.handIn(message, octets, doubt);
    const badge = await badgeOf(message);
    onBadge(frame.tabId);
    return badge;
  }

  async function refuse(frame: WebFrame, id: string, why: SourceTrouble): Promise<BadgeReply> {
    const message = await host.find(frame, id);
    if (message === undefined) return null;
    host.handInTrouble(message, t(keyOf('webmail_trouble', why)));
    return badgeOf(message);
  }

  async function listed({ site }: WebFrame, ids: readonly string[]): Promise<ListedReply> {
    const found: [string, WebBadge][] = [];
    for (const id of ids) {
      const number = await host.known(site, id);
      const badge = number === undefined ? undefined : await badges.get(number);
      if (badge) found.push([id, badge]);
    }
    return Object.fromEntries(found);
  }

  async function details(frame: WebFrame, id: string): Promise<null> {
    const message = await host.find(frame, id);
    if (message !== undefined && openings.take(frame.site)) await openDetails(message.id);
    return null;
  }

  async function answer(request: WebRequest, frame: WebFrame): Promise<unknown> {
    if (!(await sites()).includes(frame.site)) return null;
    switch (request.name) {
      case 'web-shown':
        await host.shown(frame, request.ids);
        return true;
      case 'web-source':
        return judgeSource(frame, request.id, stringToOctets(request.source), request.doubt);
      case 'web-trouble':
        return refuse(frame, request.id, request.why);
      case 'web-details':
        return details(frame, request.id);
      case 'web-listed':
        return listed(frame, request.ids);
    }
  }

  return (message: unknown, sender: ScriptSender): Promise<unknown> | undefined => {
    const request = readWebRequest(message);
    const frame = request === null ? null : frameOf(sender, ownId);
    return request === null || frame === null ? undefined : answer(request, frame);
  };
}

const MOST_SOURCES = 40;
/** Marks of one message; a list has no room for more. */
const MOST_MARKS = 3;
const LONGEST_MARK = 40;

/** What the reader's rules mark a message with, and the classes of mail it says it is of. */
function marksIn({ solicitation }: Report, rules: Awaited<ReturnType<Judge['judge']>>): readonly string[] {
  const tags =
    rules === 'none' || rules === 'unreadable'
      ? []
      : rules.evaluation.actions.flatMap(({ action }) => (action.do === 'tag' ? action.tag : []));
  const classes = solicitation.declared;
  return [...new Set([...tags, ...classes])]
    .slice(0, MOST_MARKS)
    .map((mark) => visibleText(mark.slice(0, LONGEST_MARK)));
}
