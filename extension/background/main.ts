/** Composition root of the background: builds the adapters and registers the listeners, all at top level so that they wake it. */
import browser from 'webextension-polyfill';
import { showBadge } from '../badge/show.ts';
import { badgeFor, earlyState } from '../badge/state.ts';
import { giveBannerUp, keepBannerScript } from '../adapters/banner-script.ts';
import { loadSettings, onSettingsChanged, updateSettings } from '../adapters/settings-store.ts';
import { loadMuted, muteBanner } from '../adapters/muted-banners.ts';
import { clearDnsCache, resolverFor } from '../adapters/resolver.ts';
import { loadClasses, onClassesChanged, recordUses } from '../adapters/classes-store.ts';
import { memory } from '../adapters/memory.ts';
import { loadRules } from '../adapters/rules-store.ts';
import { keepSpace, watchContextMenu, watchShortcut } from '../hosts/entries.ts';
import { thunderbird } from '../hosts/thunderbird.ts';
import { createDispatcher, isOwnPage } from '../messaging/dispatch.ts';
import { t } from '../ui/words.ts';
import { createBanner } from './banner.ts';
import { createChecker } from '../judging/checker.ts';
import { createDisplayTracker } from './display-tracker.ts';
import { createHandlers } from './handlers.ts';
import { createJudge } from './judge.ts';
import { createPassKeyWatch } from '../judging/pass-keys.ts';
import { composeRules } from './rules/compose.ts';

const host = thunderbird;
const now = (): Date => new Date();
const passKeys = createPassKeyWatch({ loadClasses, recordUses, now });
const checker = createChecker({ host, loadSettings, resolverFor, memory, passKeys, now });
const tracker = createDisplayTracker({
  check: async (message) => ({ kind: 'level', report: (await checker.check(message)).report }),
  checkEarly: async (message) => earlyState((await checker.lookFirst(message)).report),
  displayedIn: (tabId) => host.displayedIn(tabId),
  show: (tabId, state) => showBadge(tabId, badgeFor(state, t)),
  onJudged: (message) => void checker.learn(message),
});

/** Brings every button up to date: after a start, and when the reader chose otherwise. */
async function refreshAll(): Promise<void> {
  checker.forget();
  await tracker.refresh(await host.tabsOnDisplay());
}

host.onChosen((tabId, messages) => void tracker.chosen(tabId, messages));
host.onDisplayed((tabId, messages) => void tracker.displayed(tabId, messages));
browser.tabs.onRemoved.addListener((tabId) => tracker.forget(tabId));
onSettingsChanged(() => void refreshAll());
onClassesChanged(() => {
  passKeys.forget();
  void refreshAll();
});
// What could not be asked without a network can be asked now.
addEventListener('online', () => void refreshAll());
browser.permissions.onAdded.addListener(() => {
  void refreshAll();
  void refreshBanner();
});
browser.permissions.onRemoved.addListener(() => void refreshAll());
browser.runtime.onStartup.addListener(() => void refreshAll());
browser.runtime.onInstalled.addListener(({ reason }) => {
  void refreshAll();
  if (reason === 'install') void browser.tabs.create({ url: browser.runtime.getURL('pages/welcome/index.html') });
});

const judge = createJudge({ host, checker, loadRules });
const openPanel = async (messageId: number): Promise<void> => {
  await browser.tabs.create({ url: browser.runtime.getURL(`pages/details/index.html?message=${messageId}`) });
};

/** Opens the details of the message a tab shows alone: the pop-up of the button gets no keyboard focus in Thunderbird. */
async function openDetailsIn(tabId: number): Promise<void> {
  const [message, ...others] = await host.displayedIn(tabId);
  if (message !== undefined && others.length === 0) await openPanel(message.id);
}
keepSpace(t('extension_name'), 'pages/overview/index.html');
watchShortcut((tabId) => void openDetailsIn(tabId));
watchContextMenu(
  t('menu_details'),
  (messageId) => void openPanel(messageId),
  (tabId) => void openDetailsIn(tabId),
);

/** The script in messages is registered anew after every start, and where the permission comes in another way. */
async function refreshBanner(): Promise<void> {
  try {
    await keepBannerScript((await loadSettings()).banner);
  } catch (error) {
    console.error(error);
  }
}

async function switchBanner(on: boolean): Promise<void> {
  await updateSettings(() => ({ banner: on }));
  await (on ? keepBannerScript(true) : giveBannerUp());
}
void refreshBanner();

const handlers = {
  ...createHandlers({ host, checker, tracker, clearDnsCache, switchBanner, judge }),
  ...composeRules(passKeys),
};
browser.runtime.onMessage.addListener(
  createBanner({ host, checker, judge, loadSettings, openPanel, loadMuted, mute: muteBanner, t }, browser.runtime.id),
);
browser.runtime.onMessage.addListener(
  createDispatcher(handlers, (sender) => isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(''))),
);
