/** What the button and the side panel say in browsers, beside a verdict: whether webmail is checked here, and the ways to what it cannot get. */
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { onSessionChanged } from '../../adapters/session-value.ts';
import { grantedSites, onSitesChanged, requestSite, siteOf } from '../../adapters/sites.ts';
import { diagnose } from '../../adapters/webmail-script.ts';
import { hostOf } from '../../settings/resolvers.ts';
import { openPage } from '../../ui/report/actions.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';

/** Milliseconds in which news are gathered. */
const SETTLE_MS = 80;

interface Leaving {
  /** Called when something else was opened. */
  readonly leave: () => void;
}

interface TabState {
  readonly tabId: number;
  readonly windowId: number;
  /** The site of its page; null where webmail cannot be checked. */
  readonly site: string | null;
  readonly isGranted: boolean;
}

async function readTab(): Promise<TabState | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined || tab.windowId === undefined) return null;
  const site = siteOf(tab.url);
  return {
    tabId: tab.id,
    windowId: tab.windowId,
    site,
    isGranted: site !== null && (await grantedSites()).includes(site),
  };
}

/** Calls back when another tab is in front, and when there is something new to say of one. */
export function useTabChanges(onChanged: () => void): void {
  useEffect(() => {
    if (__TARGET__ === 'thunderbird') return undefined;
    let due: ReturnType<typeof setTimeout> | undefined;
    const hear = (): void => {
      due ??= setTimeout(() => {
        due = undefined;
        onChanged();
      }, SETTLE_MS);
    };
    const stop = [onSessionChanged(hear), onSitesChanged(hear)];
    browser.tabs.onActivated.addListener(hear);
    return () => {
      clearTimeout(due);
      browser.tabs.onActivated.removeListener(hear);
      for (const end of stop) end();
    };
  }, []);
}

export function SitePart({ leave }: Leaving) {
  const [tab, setTab] = useState<TabState | null>();
  const [problem, setProblem] = useState('');
  const load = (): void => void readTab().then(setTab, console.error);
  useEffect(load, []);
  useTabChanges(load);
  if (tab === undefined) return <main class="panel plain-state" aria-busy="true" />;

  const use = (site: string): void => {
    setProblem('');
    requestSite(site).then(
      (isGranted) => (isGranted ? load() : setProblem(t('webmail_refused'))),
      (error: unknown) => setProblem(t('settings_not_saved', { error: String(error) })),
    );
  };
  const site = tab?.site ?? null;
  return (
    <main class="panel plain-state stack">
      <p role="status" data-testid="state">
        {tab?.isGranted ? t('webmail_open_message') : t('webmail_not_used')}
      </p>
      {site !== null && tab?.isGranted === false && (
        <>
          <p>
            <button type="button" class="primary" data-testid="use-site" onClick={() => use(site)}>
              {t('webmail_use')}
            </button>
          </p>
          <p class="soft">
            {t('webmail_use_text')} <Foreign text={hostOf(site)} />
          </p>
        </>
      )}
      <p role="status" class="outcome" data-ok={problem === '' ? undefined : false} data-testid="use-problem">
        {problem}
      </p>
      {tab?.isGranted && <Diagnosis tabId={tab.tabId} />}
      <SourcePart leave={leave} />
    </main>
  );
}

/** The way to a message whose source its page does not hand out. */
export function SourcePart({ leave }: Leaving) {
  return (
    <p>
      <button type="button" data-testid="open-file" onClick={() => void openPage('pages/file/index.html').then(leave)}>
        {t('webmail_open_saved')}
      </button>
    </p>
  );
}

/** Writes down what the page's frames are recognised as; there is nothing of any message in it. */
function Diagnosis({ tabId }: { readonly tabId: number }) {
  const [text, setText] = useState('');
  const write = async (): Promise<void> => {
    const { version } = browser.runtime.getManifest();
    setText(
      JSON.stringify({ countersign: version, browser: navigator.userAgent, frames: await diagnose(tabId) }, null, 2),
    );
  };
  return (
    <>
      <p>
        <button type="button" data-testid="diagnose" onClick={() => void write()}>
          {t('webmail_diagnose')}
        </button>
      </p>
      {text !== '' && (
        <textarea
          class="mono"
          readOnly
          rows={8}
          aria-label={t('webmail_diagnose')}
          data-testid="diagnosis"
          value={text}
        />
      )}
    </>
  );
}

/** Chrome: side panel; Firefox: sidebar. Both open in answer to a click only. */
export function Beside({ leave }: Leaving) {
  const [windowId, setWindowId] = useState<number>();
  useEffect(() => {
    void readTab().then((tab) => setWindowId(tab?.windowId), console.error);
  }, []);
  const show = (): void => {
    const opening =
      __TARGET__ === 'chrome' ? chrome.sidePanel.open({ windowId: windowId ?? 0 }) : browser.sidebarAction.open();
    opening.then(leave, console.error);
  };
  return (
    <button type="button" data-testid="beside" disabled={windowId === undefined} onClick={show}>
      {t('webmail_beside')}
    </button>
  );
}
