/** The panel as the button's popup, or as a full tab (`?message=ID`). */
import browser from 'webextension-polyfill';
import { useEffect, useState } from 'preact/hooks';
import { loadClasses } from '../../adapters/classes-store.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import { proposeConditions } from '../../../src/rules/propose.ts';
import { openRuleFor } from '../../adapters/proposal-store.ts';
import { writeLetter } from '../../bypass/letter.ts';
import { openLetter } from '../../hosts/compose.ts';
import { ask } from '../../messaging/ask.ts';
import type { CheckReply } from '../../messaging/protocol.ts';
import { viewReply } from '../../judging/outcome.ts';
import { startPage } from '../../ui/page.ts';
import { t } from '../../ui/words.ts';
import { Panel, type PanelActions } from '../../ui/report/panel.tsx';
import { viewReport } from '../../ui/report/view-model.ts';
import './panel.css';

const messageInUrl = Number(new URLSearchParams(location.search).get('message') ?? NaN);
const isTab = Number.isInteger(messageInUrl);

async function loadReply(): Promise<CheckReply> {
  if (isTab) return ask('check-message', { messageId: messageInUrl });
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? { state: 'none' } : ask('check-tab', { tabId: tab.id });
}

function PanelPage() {
  const [reply, setReply] = useState<CheckReply>();
  const [classes, setClasses] = useState(EMPTY_COLLECTION);
  const load = (loading: Promise<CheckReply>): void => {
    setReply(undefined);
    loading.then(setReply, (error: unknown) => setReply({ state: 'broken', error: String(error) }));
  };
  useEffect(() => {
    load(loadReply());
    void loadClasses().then(setClasses);
  }, []);

  if (reply === undefined) return <Plain text={t('panel_checking')} busy />;
  switch (reply.state) {
    case 'none':
      return <Plain text={t('panel_no_message')} />;
    case 'several':
      return <Plain text={t('panel_several')} />;
    case 'unreadable':
      return <Plain text={t('panel_unreadable', { error: reply.error })} />;
    case 'broken':
      return <Plain text={t('panel_broken', { error: reply.error })} />;
    case 'checked': {
      const { report, header, headerCut, rules } = reply;
      return (
        <main>
          <Panel
            view={viewReport(report, header, headerCut, t, classes)}
            rules={viewReply(rules, t)}
            actions={actionsFor(reply, load)}
          />
        </main>
      );
    }
  }
}

type Checked = Extract<CheckReply, { readonly state: 'checked' }>;

function actionsFor(
  { messageId, report, header }: Checked,
  load: (loading: Promise<CheckReply>) => void,
): PanelActions {
  const url = browser.runtime.getURL(`pages/panel/index.html?message=${messageId}`);
  const leave = (): void => {
    if (!isTab) window.close();
  };
  const letter = writeLetter(report, header, t);
  return {
    retry: () => load(ask('recheck', { messageId })),
    copy: () => navigator.clipboard.writeText(JSON.stringify(report, null, 2)),
    ...(isTab ? {} : { openTab: () => void browser.tabs.create({ url }).then(leave) }),
    openOptions: () => void browser.runtime.openOptionsPage().then(leave),
    openClasses: () =>
      void browser.tabs.create({ url: browser.runtime.getURL('pages/settings/index.html#classes') }).then(leave),
    openAddress: (address) => void messenger.windows.openDefaultBrowser(address).then(leave),
    askSender: letter && (() => openLetter(messageId, letter).then(leave)),
    openRules: () => void browser.tabs.create({ url: browser.runtime.getURL('pages/rules/index.html') }).then(leave),
    makeRule: () => void openRuleFor(proposeConditions(report)).then(leave),
    openProfiler: (search) =>
      void browser.tabs.create({ url: browser.runtime.getURL(`pages/domain/index.html${search}`) }).then(leave),
  };
}

function Plain({ text, busy = false }: { readonly text: string; readonly busy?: boolean }) {
  return (
    <main class="panel plain-state" aria-busy={busy}>
      <p role="status" data-testid="state">
        {text}
      </p>
    </main>
  );
}

if (isTab) document.documentElement.classList.add('full-tab');
startPage(t('panel_title'), <PanelPage />);
