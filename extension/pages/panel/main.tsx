/** The button's pop-up: the verdict, four facts, what else was found, and the way on. */
import browser from 'webextension-polyfill';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../messaging/ask.ts';
import type { CheckReply } from '../../messaging/protocol.ts';
import type { FirstLook } from '../../judging/checked-message.ts';
import { viewReply, type OutcomeView } from '../../judging/outcome.ts';
import { Icon } from '../../ui/icon.tsx';
import { startPage } from '../../ui/page.ts';
import { actionsFor, detailsOf, openPage, type Checked } from '../../ui/report/actions.ts';
import { OwnBanner } from '../../ui/report/rules.tsx';
import { viewPending } from '../../ui/report/summary-view.ts';
import { Facts, Hero, Lines } from '../../ui/report/summary.tsx';
import { viewReport } from '../../ui/report/view-model.ts';
import { t } from '../../ui/words.ts';
import { Beside, SitePart, SourcePart, useTabChanges } from './site-part.tsx';
import './panel.css';

/** How often it is asked how far a check is. */
const PROGRESS_MS = 250;

/** A side panel stays beside the mail; a pop-up makes room for what it opened. */
const isPopup = __TARGET__ === 'thunderbird' || browser.extension.getViews({ type: 'popup' }).includes(window);
const leave = (): void => {
  if (isPopup) window.close();
};

async function shownTab(): Promise<number | undefined> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}

async function loadReply(): Promise<CheckReply> {
  const tabId = await shownTab();
  return tabId === undefined ? { state: 'none' } : ask('check-tab', { tabId });
}

function PanelPage() {
  const [reply, setReply] = useState<CheckReply>();
  const [first, setFirst] = useState<FirstLook>();
  const [seconds, setSeconds] = useState(0);
  const load = (loading: Promise<CheckReply>): void => {
    setReply(undefined);
    loading.then(setReply, (error: unknown) => setReply({ state: 'broken', error: String(error) }));
  };
  useEffect(() => {
    load(loadReply());
  }, []);
  // What is shown stays until there is something else to show.
  useTabChanges(() => void loadReply().then(setReply, console.error));
  useEffect(() => {
    if (reply !== undefined) return undefined;
    const start = performance.now();
    const lookFirst = async (): Promise<void> => {
      const tabId = await shownTab();
      const look = tabId === undefined ? null : await ask('look-first', { place: { tabId } });
      if (look !== null) setFirst(look);
      setSeconds((performance.now() - start) / 1000);
    };
    const timer = setInterval(() => void lookFirst().catch(() => undefined), PROGRESS_MS); // the check itself tells what is wrong
    return () => clearInterval(timer);
  }, [reply === undefined]);

  if (reply === undefined) {
    return first === undefined ? (
      <Plain text={t('panel_checking')} busy />
    ) : (
      <Pending first={first} seconds={seconds} />
    );
  }
  switch (reply.state) {
    case 'none':
      return __TARGET__ === 'thunderbird' ? <Plain text={t('panel_no_message')} /> : <SitePart leave={leave} />;
    case 'several':
      return <Plain text={t('panel_several')} />;
    case 'unreadable':
      return (
        <Plain text={t('panel_unreadable', { error: reply.error })}>
          {__TARGET__ !== 'thunderbird' && <SourcePart leave={leave} />}
        </Plain>
      );
    case 'broken':
      return <Plain text={t('panel_broken', { error: reply.error })} />;
    case 'checked':
      return <Summary reply={reply} load={load} />;
  }
}

interface SummaryProps {
  readonly reply: Checked;
  readonly load: (loading: Promise<CheckReply>) => void;
}

function Summary({ reply, load }: SummaryProps) {
  const view = viewReport(reply, t);
  const { summary } = view;
  const rules = viewReply(reply.rules, t);
  const details = detailsOf(reply.messageId);
  const actions = actionsFor(reply, view, () => load(ask('recheck', { messageId: reply.messageId })), leave);
  const open = (path: string): void => void openPage(path).then(leave);
  return (
    <main class="panel">
      <Hero view={summary} />
      {hasBanner(rules) && <OwnBanner banner={rules.banner} />}
      <Facts facts={summary.facts} />
      <Lines view={summary} details={details} open={open} />
      <footer class="foot">
        {summary.next === 'choose-resolver' && (
          <button type="button" class="primary" data-testid="choose-resolver" onClick={actions.chooseResolver}>
            {t('panel_choose_resolver')}
          </button>
        )}
        {summary.next === 'retry' && (
          <button type="button" class="primary" data-testid="retry" onClick={actions.retry}>
            {t('panel_retry')}
          </button>
        )}
        <button
          type="button"
          class={summary.next === null ? 'primary' : ''}
          data-testid="open-details"
          onClick={() => open(details)}
        >
          {t('panel_details')}
        </button>
        {summary.next === null && (
          <button type="button" data-testid="make-rule" onClick={actions.makeRule}>
            {t('panel_make_rule')}
          </button>
        )}
        {__TARGET__ !== 'thunderbird' && isPopup && <Beside leave={leave} />}
        <More
          entries={[
            { id: 'copy-summary', label: t('panel_copy_summary'), act: actions.copySummary },
            { id: 'copy', label: t('panel_copy'), act: actions.copy },
            ...(summary.next === null
              ? []
              : [{ id: 'make-rule', label: t('panel_make_rule'), act: () => Promise.resolve(actions.makeRule()) }]),
            {
              id: 'open-options',
              label: t('panel_open_options'),
              act: () => browser.runtime.openOptionsPage().then(leave),
            },
          ]}
        />
      </footer>
    </main>
  );
}

function hasBanner(
  rules: OutcomeView | 'unreadable' | null,
): rules is OutcomeView & { banner: NonNullable<OutcomeView['banner']> } {
  return rules !== null && rules !== 'unreadable' && rules.banner !== null;
}

function Pending({ first, seconds }: { readonly first: FirstLook; readonly seconds: number }) {
  const view = viewPending(first.report, first, t);
  const count = new Intl.NumberFormat(t('language_tag'), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <main class="panel" aria-busy>
      <Hero view={view} checking />
      <Facts facts={view.facts} />
      <footer class="foot">
        <span class="soft" role="status" data-testid="progress">
          {t('panel_progress', {
            answered: String(first.answered),
            asked: String(first.asked),
            seconds: count.format(seconds),
          })}
        </span>
      </footer>
    </main>
  );
}

interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly act: () => Promise<void>;
}

/** The rest of what can be done, behind three dots. */
function More({ entries }: { readonly entries: readonly MenuEntry[] }) {
  const [isOpen, setOpen] = useState(false);
  const [status, setStatus] = useState('');
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) menu.current?.querySelector('button')?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const act = (entry: MenuEntry): void => {
    close();
    entry.act().then(
      () => setStatus(entry.id.startsWith('copy') ? t('panel_copied') : ''),
      () => setStatus(t('panel_copy_refused')),
    );
  };
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };
  return (
    <div class="push more-actions">
      <span role="status" class="soft small" data-testid="copy-status">
        {status}
      </span>
      <button
        ref={opener}
        type="button"
        class="ghost icon"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={t('panel_more_actions')}
        data-testid="more-actions"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="dots" />
      </button>
      {isOpen && (
        <div ref={menu} class="menu" role="menu" aria-label={t('panel_more_actions')} onKeyDown={move}>
          {entries.map((entry) => (
            <button
              key={entry.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-testid={entry.id}
              onClick={() => act(entry)}
            >
              {entry.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface PlainProps {
  readonly text: string;
  readonly busy?: boolean;
  readonly children?: ComponentChildren;
}

function Plain({ text, busy = false, children }: PlainProps) {
  return (
    <main class="panel plain-state" aria-busy={busy}>
      <p role="status" data-testid="state">
        {text}
      </p>
      {children}
    </main>
  );
}

startPage(t('panel_title'), <PanelPage />);
