/** The panel's elements. Everything shown is text; nothing is computed here. */
import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { LevelIcon } from '../level-icon.tsx';
import { Facts, Hero } from './summary.tsx';
import type { OutcomeView } from '../../judging/outcome.ts';
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import './report.css';
import type { PracticeView } from './practices.ts';
import { Bypass } from './bypass.tsx';
import { Delivery } from './delivery-section.tsx';
import { Handlers } from './handlers-section.tsx';
import { PathPicture } from './path-picture.tsx';
import { Rows } from './row-list.tsx';
import type { Row } from './rows.ts';
import { OwnBanner, RulesPart } from './rules.tsx';
import type { SpfView } from './sending-host.ts';
import type { SignatureView } from './signatures.ts';
import { Solicitation } from './solicitation.tsx';
import { ShowField, Source, useShowField, type WantedField } from './source.tsx';
import type { ServerView } from './trace.ts';
import type { EvidenceView, FindingView, PanelView, ProfilerLink } from './view-model.ts';

export interface PanelActions {
  readonly retry: () => void;
  /** Opens where the reader chooses a DNS service. */
  readonly chooseResolver: () => void;
  /** Copies the Report as JSON. */
  readonly copy: () => Promise<void>;
  /** Copies verdict, facts and findings as text. */
  readonly copySummary: () => Promise<void>;
  /** Absent where the page is no record of its own. */
  readonly print?: () => void;
  /** Where the buttons are: below the facts where absent. */
  readonly own?: 'elsewhere';
  readonly openClasses: () => void;
  /** Opens an address of the web in the reader's browser. */
  readonly openAddress: (address: string) => void;
  /** Opens the reader's rules. */
  readonly openRules: () => void;
  /** Begins a rule about mail like this. */
  readonly makeRule: () => void;
  /** Opens a letter to the author; null where there is nobody to write to, absent where letters cannot be opened. */
  readonly askSender?: (() => Promise<void>) | null;
  /** @param search the query of the profiler's address */
  readonly openProfiler: (search: string) => void;
}

interface PanelProps {
  readonly view: PanelView;
  /** What the reader's rules say; null where there are none. */
  readonly rules: OutcomeView | 'unreadable' | null;
  readonly actions: PanelActions;
  /** `h2` on a page with a title of its own. */
  readonly heading?: 'h1' | 'h2';
}

export function Panel({ view, rules, actions, heading = 'h1' }: PanelProps) {
  const [wanted, setWanted] = useState<WantedField>();
  return (
    <ShowField.Provider value={(index) => setWanted({ index })}>
      <article class="panel" data-level={view.summary.look}>
        <Hero view={view.summary} heading={heading} />
        <Facts facts={view.summary.facts} />
        {actions.own !== 'elsewhere' && <Toolbar view={view} actions={actions} />}
        {rules !== null && rules !== 'unreadable' && rules.banner && <OwnBanner banner={rules.banner} />}
        <Section id="findings" title={t('panel_section_findings')}>
          <ul class="findings">
            {view.findings.map((finding, index) => (
              <Finding key={`${finding.id}-${index}`} finding={finding} />
            ))}
          </ul>
        </Section>
        {rules !== null && (
          <Section id="rules" title={t('panel_section_rules')}>
            <RulesPart view={rules} openRules={actions.openRules} />
          </Section>
        )}
        {view.delivery && (
          <Section id="delivery" title={t('panel_section_delivery')}>
            <Delivery view={view.delivery} />
          </Section>
        )}
        <Section id="who" title={t('panel_section_who')}>
          <Rows rows={view.who} />
        </Section>
        <Section id="signatures" title={t('panel_section_signatures')}>
          <List items={view.signatures} empty={t('panel_no_signatures')} show={Signature} />
        </Section>
        <Section id="practices" title={t('panel_section_practices')}>
          <p class="why">{view.practicesWhy}</p>
          <List items={view.practices} empty="" show={Practice} />
          <ProfilerButton link={view.profiler} open={actions.openProfiler} />
        </Section>
        <Section id="servers" title={t('panel_section_servers')}>
          <List items={view.servers} empty={t('panel_no_servers')} show={Server} />
          <h3>{t('panel_sending_host')}</h3>
          {view.sendingHost.notChecked !== '' && <p class="why">{view.sendingHost.notChecked}</p>}
          <List items={view.sendingHost.checks} empty="" show={SpfCheck} />
        </Section>
        <Section id="solicitation" title={t('panel_section_solicitation')}>
          <Solicitation view={view.solicitation} open={actions.openAddress} openClasses={actions.openClasses} />
        </Section>
        <Section id="path" title={t('panel_section_path')}>
          <PathPicture view={view.path} />
        </Section>
        <Section id="handlers" title={t('panel_section_handlers')}>
          <Handlers handlers={view.handlers} open={actions.openAddress} />
          {actions.askSender !== undefined && <Bypass adapted={view.adapted} ask={actions.askSender} />}
        </Section>
        <Section id="header" title={t('panel_section_header')}>
          <p class="why">{t('panel_header_legend')}</p>
          <Source fields={view.header} wanted={wanted} />
          {view.headerCut && <p>{t('panel_header_cut')}</p>}
        </Section>
        <p class="cost">{view.cost}</p>
      </article>
    </ShowField.Provider>
  );
}

/** What can be done with a message: in the head of the details, and below the facts elsewhere. */
export function Toolbar({ view, actions }: { readonly view: PanelView; readonly actions: PanelActions }) {
  const [status, setStatus] = useState('');
  const copy = (copying: Promise<void>): void =>
    void copying.then(
      () => setStatus(t('panel_copied')),
      () => setStatus(t('panel_copy_refused')),
    );
  return (
    <div class="toolbar no-print">
      {view.summary.next === 'choose-resolver' && (
        <button type="button" class="primary" data-testid="choose-resolver" onClick={actions.chooseResolver}>
          {t('panel_choose_resolver')}
        </button>
      )}
      {view.summary.next === 'retry' && (
        <button type="button" class="primary" data-testid="retry" onClick={actions.retry}>
          {t('panel_retry')}
        </button>
      )}
      <button type="button" data-testid="copy-summary" onClick={() => copy(actions.copySummary())}>
        {t('panel_copy_summary')}
      </button>
      <button type="button" data-testid="copy" onClick={() => copy(actions.copy())}>
        {t('panel_copy')}
      </button>
      <button type="button" data-testid="make-rule" onClick={actions.makeRule}>
        {t('panel_make_rule')}
      </button>
      {actions.print && (
        <button type="button" data-testid="print" onClick={actions.print}>
          {t('panel_print')}
        </button>
      )}
      <span role="status" data-testid="copy-status">
        {status}
      </span>
    </div>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Section({ id, title, children }: SectionProps) {
  return (
    <section class="report-section" id={id} data-testid={`section-${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

interface ListProps<T> {
  readonly items: readonly T[];
  readonly empty: string;
  readonly show: (props: { readonly item: T }) => ComponentChildren;
}

function List<T>({ items, empty, show: Item }: ListProps<T>) {
  if (items.length === 0) return empty === '' ? null : <p>{empty}</p>;
  return (
    <ul class="cards">
      {items.map((item, index) => (
        <li key={index} class="card">
          <Item item={item} />
        </li>
      ))}
    </ul>
  );
}

function Finding({ finding }: { readonly finding: FindingView }) {
  return (
    <li
      class="finding"
      id={`finding-${finding.id}`}
      data-level={finding.level}
      data-testid={`finding-${finding.id}`}
      tabIndex={-1}
    >
      <LevelIcon level={finding.level} />
      <div>
        <p class="finding-title">
          <span class="visually-hidden">{finding.levelWord}: </span>
          {finding.title}
        </p>
        {finding.detail !== '' && <p class="detail">{finding.detail}</p>}
        {finding.evidence.length > 0 && (
          <details class="evidence">
            <summary>{t('panel_evidence')}</summary>
            <ul>
              {finding.evidence.map((evidence, index) => (
                <li key={index}>
                  <Evidence evidence={evidence} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function Evidence({ evidence }: { readonly evidence: EvidenceView }) {
  const { field, text } = evidence;
  const showField = useShowField();
  if (field === null) return <Foreign text={text} />;
  return (
    <button type="button" class="link" onClick={() => showField(field)}>
      <Foreign text={text} />
    </button>
  );
}

function Signature({ item }: { readonly item: SignatureView }) {
  return (
    <>
      <p class="card-title">
        <Foreign text={item.domain} /> <span class="chip">{item.relation}</span>{' '}
        <span class="chip" data-result={item.result}>
          {item.resultWord}
        </span>
      </p>
      {item.reason !== '' && <p>{item.reason}</p>}
      <More rows={item.rows} />
    </>
  );
}

function More({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <details class="more">
      <summary>{t('panel_more')}</summary>
      <Rows rows={rows} />
    </details>
  );
}

function Practice({ item }: { readonly item: PracticeView }) {
  return (
    <>
      <p class="card-title">{item.text}</p>
      <Rows rows={item.rows} />
    </>
  );
}

interface ProfilerButtonProps {
  readonly link: ProfilerLink | null;
  readonly open: (search: string) => void;
}

function ProfilerButton({ link, open }: ProfilerButtonProps) {
  if (link === null) return null;
  return (
    <button type="button" class="link" data-testid="open-profiler" onClick={() => open(link.search)}>
      {link.text}
    </button>
  );
}

function SpfCheck({ item }: { readonly item: SpfView }) {
  return (
    <>
      <p class="card-title">
        {item.text} <span class="chip">{item.identity}</span>{' '}
        <span class="chip" data-result={item.result}>
          {item.result}
        </span>
      </p>
      {item.reason !== '' && <p>{item.reason}</p>}
      <More rows={item.rows} />
    </>
  );
}

function Server({ item }: { readonly item: ServerView }) {
  return (
    <>
      <p class="card-title">
        <Foreign text={item.server} />
      </p>
      <p class="remark" data-trusted={item.trusted}>
        {item.standing}
      </p>
      {item.deviations.length > 0 && (
        <p class="remark">
          {t('panel_server_deviates')} {item.deviations.join(' ')}
        </p>
      )}
      <ul class="plain">
        {item.methods.map((method, index) => (
          <li key={index}>
            <Foreign text={method} />
          </li>
        ))}
      </ul>
    </>
  );
}
