/** Composition root of the background in Chrome and Firefox: webmail on the sites their reader named, and saved messages. */
import browser from 'webextension-polyfill';
import { showToolbar } from '../badge/toolbar.ts';
import { badgeFor, earlyState } from '../badge/state.ts';
import { loadClasses, onClassesChanged, recordUses } from '../adapters/classes-store.ts';
import { handOver } from '../adapters/handed-over.ts';
import { memory } from '../adapters/memory.ts';
import { clearDnsCache, resolverFor } from '../adapters/resolver.ts';
import { loadRules, onRulesChanged } from '../adapters/rules-store.ts';
import { loadSettings, onSettingsChanged } from '../adapters/settings-store.ts';
import { grantedSites, onSitesChanged } from '../adapters/sites.ts';
import { keepWebmailScript, order } from '../adapters/webmail-script.ts';
import { badgeOf, keepBadge, webmailState } from '../adapters/webmail-session.ts';
import { createWebmail } from '../hosts/webmail.ts';
import { createChecker } from '../judging/checker.ts';
import { createPassKeyWatch } from '../judging/pass-keys.ts';
import { createDispatcher, isOwnPage } from '../messaging/dispatch.ts';
import { t } from '../ui/words.ts';
import { createAllowance } from './allowance.ts';
import { createDisplayTracker } from './display-tracker.ts';
import { createHandlers } from './handlers.ts';
import { createJudge } from './judge.ts';
import { createWebmailScripts, withDoubts } from './webmail.ts';

const CHECK_SELECTION = 'check-selection';
const now = (): Date => new Date();
const milliseconds = (): number => Date.now();
const open = async (page: string): Promise<void> => {
  await browser.tabs.create({ url: browser.runtime.getURL(page) });
};

const host = createWebmail({
  ...webmailState,
  sites: grantedSites,
  callAgain: (tabId) => order(tabId, 'web-again'),
  goneText: () => t('webmail_gone'),
});
const passKeys = createPassKeyWatch({ loadClasses, recordUses, now });
const checker = withDoubts(
  createChecker({ host, loadSettings, resolverFor, memory, passKeys, now }),
  (messageId) => host.doubtOf(messageId),
  t,
);
const tracker = createDisplayTracker({
  check: async (message) => ({ kind: 'level', report: (await checker.check(message)).report }),
  checkEarly: async (message) => earlyState((await checker.lookFirst(message)).report),
  displayedIn: (tabId) => host.displayedIn(tabId),
  show: (tabId, state) => showToolbar(tabId, state, badgeFor(state, t)),
  onJudged: (message) => void checker.learn(message),
});
const judge = createJudge({ host, checker, loadRules });

/** Everything on display is judged anew: the toolbar's buttons at once, and the badges by their pages. */
async function refreshAll(): Promise<void> {
  checker.forget();
  const tabs = await host.tabsOnDisplay();
  await Promise.all(tabs.map((tabId) => order(tabId, 'web-again')));
  await tracker.refresh(tabs);
}

async function refreshSites(): Promise<void> {
  try {
    await keepWebmailScript();
  } catch (error) {
    console.error(error);
  }
}

host.onDisplayed((tabId, messages) => void tracker.displayed(tabId, messages));
browser.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status === 'loading') void host.left(tabId);
});
browser.tabs.onRemoved.addListener((tabId) => {
  tracker.forget(tabId);
  void host.left(tabId);
});
onSettingsChanged(() => void refreshAll());
onRulesChanged(() => void refreshAll());
onClassesChanged(() => {
  passKeys.forget();
  void refreshAll();
});
addEventListener('online', () => void refreshAll());
onSitesChanged(() => void refreshSites());
browser.permissions.onAdded.addListener(() => void refreshSites().then(refreshAll));
browser.permissions.onRemoved.addListener(() => void refreshSites());
browser.runtime.onStartup.addListener(() => void refreshSites());
browser.runtime.onInstalled.addListener(({ reason }) => {
  void refreshSites();
  browser.contextMenus.create({ id: CHECK_SELECTION, title: t('menu_check_source'), contexts: ['selection'] });
  if (reason === 'install') void open('pages/welcome/index.html');
});

browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '', frameId = 0 }, tab) => {
  if (menuItemId === CHECK_SELECTION) void openSelection(selectionText, tab?.id, frameId);
});

/** The menu's own text has lost its line breaks, so the page is asked for its selection, which the click permits. */
async function openSelection(flat: string, tabId: number | undefined, frameId: number): Promise<void> {
  const [selection] =
    tabId === undefined
      ? []
      : await browser.scripting
          .executeScript({ target: { tabId, frameIds: [frameId] }, func: selectedText })
          .catch(() => []);
  await handOver(typeof selection?.result === 'string' && selection.result !== '' ? selection.result : flat);
  await open('pages/file/index.html#selection');
}

/** Runs in the page. */
function selectedText(): string {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) return field.value.slice(field.selectionStart, field.selectionEnd);
  return getSelection()?.toString() ?? '';
}

const handlers = createHandlers({
  host,
  checker,
  tracker,
  clearDnsCache,
  switchBanner: () => Promise.reject(new TypeError('there is no banner in webmail')),
  judge,
});
const scripts = createWebmailScripts(
  {
    host,
    checker,
    judge,
    sites: grantedSites,
    openDetails: (messageId) => open(`pages/details/index.html?message=${messageId}`),
    onBadge: (tabId) => void order(tabId, 'web-news'),
    // Nobody reads faster for long; a page that pretends to is told so.
    checks: createAllowance(40, 20, milliseconds),
    openings: createAllowance(3, 10, milliseconds),
    badges: { get: badgeOf, set: keepBadge },
    t,
  },
  browser.runtime.id,
);
browser.runtime.onMessage.addListener(scripts);
browser.runtime.onMessage.addListener(
  createDispatcher(handlers, (sender) => isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(''))),
);
