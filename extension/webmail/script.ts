/**
 * Runs in the pages of webmail its reader named, in a world of its own that the page's scripts do not reach. Finds the messages on display,
 * fetches their source from the same site, and shows what the background says of them. One observer watches the page; nothing is polled.
 */
import browser from 'webextension-polyfill';
import { octetsToString } from '../../src/bytes/ascii.ts';
import { parseUrl } from '../../src/bytes/url.ts';
import { WEB_HOSTS } from '../hosts/web/hosts.ts';
import { readSource } from '../hosts/web/read-source.ts';
import type { SourceTrouble } from '../hosts/web/source.ts';
import type { PlacedMessage, WebHost, WebPage } from '../hosts/web/types.ts';
import { createMark, type Mark } from './mark.ts';
import {
  MOST_LISTED,
  MOST_SHOWN,
  type BadgeReply,
  type FrameDiagnosis,
  type ListedReply,
  type WebOrder,
  type WebRequest,
} from './protocol.ts';

/** Milliseconds in which changes of the page are gathered. */
const SETTLE_MS = 60;

/** It is registered for pages to come, and put into those that are open: both may reach the same page. */
const world = globalThis as { countersignRuns?: boolean };

interface Shown {
  readonly mark: Mark;
  readonly leaving: AbortController;
  trouble: SourceTrouble | null;
  hasSource: boolean;
}

function ask<T>(request: WebRequest): Promise<T | undefined> {
  return browser.runtime.sendMessage<WebRequest, T | undefined>(request);
}

function start(): void {
  const shown = new Map<string, Shown>();
  const listed = new Map<string, Mark>();
  let announced: string | null = null;
  let asked = '';
  let known: ListedReply = {};
  let due: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const pageNow = (): WebPage | undefined => {
    const url = parseUrl(location.href);
    return url && { document, url };
  };
  const hostOf = (page: WebPage): WebHost | undefined => WEB_HOSTS.find((host) => host.recognises(page));

  function look(): void {
    due = undefined;
    const page = pageNow();
    if (isOver || page === undefined) return;
    const host = hostOf(page);
    lookAtShown(host, page, unique(host?.shown(page) ?? []).slice(0, MOST_SHOWN));
    lookAtList(unique(host?.listed(page) ?? []).slice(0, MOST_LISTED));
  }

  function lookAtShown(host: WebHost | undefined, page: WebPage, found: readonly PlacedMessage[]): void {
    const ids = found.map(({ id }) => id);
    for (const [id, one] of shown) {
      if (ids.includes(id)) continue;
      one.leaving.abort();
      one.mark.remove();
      shown.delete(id);
    }
    for (const { id, place } of found) shown.get(id)?.mark.put(place);
    const announcement = JSON.stringify(ids);
    if (announcement !== announced) {
      announced = announcement;
      void ask<boolean>({ name: 'web-shown', ids }).then((isSite) => isSite === true || leave(), leave);
    }
    for (const { id, place } of found) if (!shown.has(id)) void judge(host, page, id, place);
  }

  async function judge(host: WebHost | undefined, page: WebPage, id: string, place: Element): Promise<void> {
    const details = (): void => void ask({ name: 'web-details', id });
    const one: Shown = {
      mark: createMark('badge', details),
      leaving: new AbortController(),
      trouble: null,
      hasSource: false,
    };
    shown.set(id, one);
    one.mark.put(place);
    one.mark.show({
      look: 'none',
      word: browser.i18n.getMessage('badge_checking'),
      title: browser.i18n.getMessage('badge_checking_title'),
      marks: [],
    });
    const request = host?.source(page, id) ?? null;
    try {
      const source =
        request === null ? ({ ok: false, why: 'no-way' } as const) : await readSource(request, one.leaving.signal);
      if (source.ok) one.hasSource = true;
      else one.trouble = source.why;
      const badge = await ask<BadgeReply>(
        source.ok
          ? { name: 'web-source', id, source: octetsToString(source.octets), doubt: source.doubt }
          : { name: 'web-trouble', id, why: source.why },
      );
      if (shown.get(id) !== one) return;
      if (badge) one.mark.show(badge);
      else one.mark.remove();
    } catch {
      if (!one.leaving.signal.aborted) one.mark.remove(); // the extension was reloaded, or taken away
    }
  }

  function lookAtList(rows: readonly PlacedMessage[]): void {
    const ids = rows.map(({ id }) => id);
    for (const [id, mark] of listed) {
      if (ids.includes(id)) continue;
      mark.remove();
      listed.delete(id);
    }
    const question = JSON.stringify(ids);
    if (question !== asked) {
      asked = question;
      if (ids.length > 0)
        void ask<ListedReply>({ name: 'web-listed', ids }).then((reply = {}) => {
          known = reply;
          lookAtList(rows);
        }, leave);
    }
    for (const { id, place } of rows) {
      const badge = known[id];
      if (badge === undefined) continue;
      const mark = listed.get(id) ?? createMark('row');
      listed.set(id, mark);
      mark.put(place);
      mark.show(badge);
    }
  }

  function leave(): void {
    if (isOver) return;
    isOver = true;
    world.countersignRuns = false; // should the site be named again, another one begins
    observer.disconnect();
    for (const { mark, leaving } of shown.values()) {
      leaving.abort();
      mark.remove();
    }
    for (const mark of listed.values()) mark.remove();
    browser.runtime.onMessage.removeListener(obey);
  }

  function lookSoon(): void {
    due ??= setTimeout(look, SETTLE_MS);
  }

  function again(): void {
    for (const { mark, leaving } of shown.values()) {
      leaving.abort();
      mark.remove();
    }
    shown.clear();
    announced = null;
    lookSoon();
  }

  function diagnose(): FrameDiagnosis {
    const page = pageNow();
    const host = page && hostOf(page);
    const all = [...shown.values()];
    return {
      path: location.pathname,
      host: host?.name ?? null,
      shown: (page && host?.shown(page).length) ?? 0,
      listed: (page && host?.listed(page).length) ?? 0,
      sources: all.filter(({ hasSource }) => hasSource).length,
      troubles: all.flatMap(({ trouble }) => trouble ?? []),
    };
  }

  function obey(message: unknown): Promise<FrameDiagnosis | null> | undefined {
    switch ((message as WebOrder).name) {
      case 'web-again':
        again();
        return Promise.resolve(null);
      case 'web-news':
        asked = '';
        lookSoon();
        return Promise.resolve(null);
      case 'web-leave':
        leave();
        return Promise.resolve(null);
      case 'web-diagnose':
        return Promise.resolve(diagnose());
      default:
        return undefined;
    }
  }

  const observer = new MutationObserver(lookSoon);
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['href', 'hidden', 'class'],
  });
  addEventListener('popstate', lookSoon);
  addEventListener('hashchange', lookSoon);
  addEventListener('pageshow', lookSoon);
  addEventListener('pagehide', () => void ask({ name: 'web-shown', ids: [] }).catch(() => undefined));
  browser.runtime.onMessage.addListener(obey);
  look();
}

/** A page that names a message twice has it once. */
function unique(found: readonly PlacedMessage[]): readonly PlacedMessage[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

if (world.countersignRuns !== true) {
  world.countersignRuns = true;
  start();
}
