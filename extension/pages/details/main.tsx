/** All there is to know of one message, in a tab: `?message=ID`, and behind `#` what to begin with. */
import { useEffect, useState } from 'preact/hooks';
import { loadClasses } from '../../adapters/classes-store.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import { viewReply } from '../../judging/outcome.ts';
import { ask } from '../../messaging/ask.ts';
import type { CheckReply } from '../../messaging/protocol.ts';
import { startPage } from '../../ui/page.ts';
import { actionsFor, type Checked } from '../../ui/report/actions.ts';
import { Panel, Toolbar } from '../../ui/report/panel.tsx';
import { viewReport, type PanelView } from '../../ui/report/view-model.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import './details.css';

const messageId = Number(new URLSearchParams(location.search).get('message') ?? NaN);

function DetailsPage() {
  const [reply, setReply] = useState<CheckReply>();
  const load = (loading: Promise<CheckReply>): void => {
    setReply(undefined);
    loading.then(setReply, (error: unknown) => setReply({ state: 'broken', error: String(error) }));
  };
  useEffect(() => {
    load(Number.isInteger(messageId) ? ask('check-message', { messageId }) : Promise.resolve({ state: 'none' }));
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
    case 'checked':
      return <Details reply={reply} retry={() => load(ask('recheck', { messageId }))} />;
  }
}

function Details({ reply, retry }: { readonly reply: Checked; readonly retry: () => void }) {
  const [classes, setClasses] = useState(EMPTY_COLLECTION);
  useEffect(() => {
    void loadClasses().then(setClasses);
  }, []);
  const view = viewReport(reply, t, classes);
  const rules = viewReply(reply.rules, t);
  const title = view.subject || t('details_no_subject');
  useEffect(() => {
    document.title = t('page_title', { page: title });
  }, [title]);
  useEffect(showFragment, []);
  const actions = { ...actionsFor(reply, view, retry), print: () => print() };
  return (
    <>
      <header class="details-head">
        <div>
          <h1 data-testid="subject">
            <Foreign text={title} />
          </h1>
          <p class="soft">
            <Foreign text={view.summary.facts[0]?.value ?? ''} />
          </p>
        </div>
        <Toolbar view={view} actions={actions} />
      </header>
      <div class="details-body">
        <Contents view={view} withRules={rules !== null} />
        <main>
          <Panel view={view} rules={rules} actions={{ ...actions, own: 'elsewhere' }} heading="h2" />
        </main>
      </div>
    </>
  );
}

/** Moves to what the address names, for the eye and for a screen reader: it was not there yet when the page was loaded. */
function showFragment(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.scrollIntoView({ block: 'start' });
  target?.focus();
}

interface ContentsProps {
  readonly view: PanelView;
  readonly withRules: boolean;
}

function Contents({ view, withRules }: ContentsProps) {
  const entries: readonly (readonly [string, string, number?])[] = [
    ['findings', t('panel_section_findings'), view.findings.length],
    ...(withRules ? [['rules', t('panel_section_rules')] as const] : []),
    ...(view.delivery ? [['delivery', t('panel_section_delivery')] as const] : []),
    ['who', t('panel_section_who')],
    ['signatures', t('panel_section_signatures'), view.signatures.length],
    ['practices', t('panel_section_practices'), view.practices.length],
    ['servers', t('panel_section_servers'), view.servers.length],
    ['solicitation', t('panel_section_solicitation'), view.solicitation.classes.length],
    ['path', t('panel_section_path'), view.path.steps.length],
    ['handlers', t('panel_section_handlers'), view.handlers.length],
    ['header', t('panel_section_header'), view.header.length],
  ];
  return (
    <nav class="contents no-print" aria-label={t('details_contents')}>
      {entries.map(([id, title, count]) => (
        <a key={id} href={`#${id}`}>
          <span>{title}</span>
          {count !== undefined && count > 0 && <span class="soft">{count}</span>}
        </a>
      ))}
    </nav>
  );
}

function Plain({ text, busy = false }: { readonly text: string; readonly busy?: boolean }) {
  return (
    <main class="details-body" aria-busy={busy}>
      <p role="status" data-testid="state">
        {text}
      </p>
    </main>
  );
}

startPage(t('panel_title'), <DetailsPage />);
