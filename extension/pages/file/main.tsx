/** Checks messages saved as files (.eml, mbox, .msg) or pasted: the list on the left, the chosen one beside it. They never leave the machine. */
import browser from 'webextension-polyfill';
import { useEffect, useRef, useState } from 'preact/hooks';
import { proposeConditions } from '../../../src/rules/propose.ts';
import { loadClasses } from '../../adapters/classes-store.ts';
import { takeOver } from '../../adapters/handed-over.ts';
import { openRuleFor } from '../../adapters/proposal-store.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import { Panel } from '../../ui/report/panel.tsx';
import { summaryText } from '../../ui/report/summary-text.ts';
import { viewReport } from '../../ui/report/view-model.ts';
import { Icon } from '../../ui/icon.tsx';
import { LevelIcon, type ShownLevel } from '../../ui/level-icon.tsx';
import { lookOf } from '../../ui/look.ts';
import { saveAsFile } from '../../ui/save-file.ts';
import { viewReply, type RulesReply } from '../../judging/outcome.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { Foreign } from '../../ui/text.tsx';
import { counted, t } from '../../ui/words.ts';
import { checkSaved, judgeSaved } from '../../judging/check-saved.ts';
import { MOST_MESSAGES, readPasted, readSavedFile, type SavedMessage } from '../../judging/saved-messages.ts';
import { levelsIn, ORDERS, shownEntries, toCsv, toJson, type CheckedEntry, type Choice } from './list.ts';

import './file.css';

interface Entry extends CheckedEntry {
  readonly rules: RulesReply;
}

/** As the background opens the page (background/browser.ts). */
const SELECTION = '#selection';

function ViewerPage() {
  const [classes, setClasses] = useState(EMPTY_COLLECTION);
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [chosen, setChosen] = useState<Uint8Array | null>(null);
  const [choice, setChoice] = useState<Choice>({ level: null, order: 'file' });
  const [status, setStatus] = useState('');
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [isPasting, setPasting] = useState(false);
  const [isOver, setOver] = useState(false);
  /** Counts what was opened: only the newest may show its messages. */
  const opened = useRef(0);

  async function open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const mine = await begin();
    const done: Entry[] = [];
    const trouble: string[] = [];
    for (const file of files) {
      try {
        const { messages, cut } = await readSavedFile(file);
        if (cut) trouble.push(t('viewer_cut', { file: file.name, count: String(MOST_MESSAGES) }));
        for (const message of messages) {
          setStatus(t('viewer_checking', { label: message.label }));
          done.push({ ...message, ...(await check(message)) });
          if (opened.current !== mine) return;
          setEntries([...done]);
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        trouble.push(t('viewer_failed', { file: file.name, error: reason }));
      }
    }
    setProblems(trouble);
    setStatus(counted(t, 'viewer_done', done.length));
  }

  /** @param isSelection it may be a part of the source: a signature that is broken over it says nothing */
  async function openText(text: string, isSelection = false): Promise<void> {
    const message = readPasted(text);
    if (message === null) {
      setStatus(t('viewer_paste_empty'));
      return;
    }
    const mine = await begin();
    setPasting(false);
    setStatus(t('viewer_checking', { label: message.label }));
    const entry = { ...message, ...(await check(message)) };
    if (opened.current !== mine) return;
    const isDoubtful = isSelection && entry.checked.report.dkim.some(({ result }) => result === 'fail');
    setEntries(isDoubtful ? [] : [entry]);
    setProblems(isDoubtful ? [t('viewer_selection_part')] : []);
    setStatus(counted(t, 'viewer_done', isDoubtful ? 0 : 1));
  }

  /** Takes the page back to its beginning. */
  async function begin(): Promise<number> {
    const mine = ++opened.current;
    setClasses(await loadClasses());
    setEntries([]);
    setChosen(null);
    setProblems([]);
    setChoice({ level: null, order: 'file' });
    return mine;
  }

  async function retry(entry: Entry): Promise<void> {
    setStatus(t('panel_checking'));
    try {
      const again = await check(entry);
      setEntries((now) => now.map((one) => (one.raw === entry.raw ? { ...one, ...again } : one)));
      setStatus(t('viewer_rechecked'));
    } catch (error) {
      setStatus(t('panel_broken', { error: String(error) }));
    }
  }

  // What was selected elsewhere, and handed over (docs/webmail.md).
  useEffect(() => {
    if (location.hash !== SELECTION) return;
    void takeOver().then((text) => (text === null ? undefined : openText(text, true)));
  }, []);

  // Anywhere on the page: a file that misses the frame would take the page's place.
  useEffect(() => {
    const allow = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const take = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', allow);
    addEventListener('dragleave', leave);
    addEventListener('drop', take);
    return () => {
      removeEventListener('dragover', allow);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', take);
    };
  }, []);

  const shown = shownEntries(entries, choice);
  const entry = shown.find(({ raw }) => raw === chosen) ?? shown[0];
  return (
    <main class="page">
      <PageHead title={t('nav_file')} text={t('viewer_text')}>
        <a href="../help/index.html#save">{t('viewer_how')}</a>
      </PageHead>
      <div class="drop" data-over={isOver}>
        <Icon name="save" />
        <b>{t('viewer_drop')}</b>
        <label class="button primary file-choice">
          {t('viewer_choose')}
          <input
            class="visually-hidden"
            type="file"
            multiple
            accept=".eml,.mbox,.mbx,.msg,message/rfc822,application/vnd.ms-outlook"
            data-testid="viewer-file"
            onChange={(event) => void open([...(event.currentTarget.files ?? [])])}
          />
        </label>
        <button
          type="button"
          aria-expanded={isPasting}
          aria-controls="paste"
          data-testid="viewer-paste"
          onClick={() => setPasting(!isPasting)}
        >
          <Icon name="paste" />
          {t('viewer_paste')}
        </button>
      </div>
      {isPasting && <Paste check={(text) => void openText(text)} cancel={() => setPasting(false)} />}
      <div role="status" data-testid="viewer-status">
        <p>{status}</p>
        {problems.map((problem) => (
          <p key={problem} class="outcome" data-ok={false}>
            {problem}
          </p>
        ))}
      </div>
      {entries.length > 0 && (
        <div class="master" data-testid="viewer-result">
          {entries.length > 1 && (
            <section class="master-list" aria-label={t('viewer_messages')}>
              <ListHead entries={entries} shown={shown} choice={choice} setChoice={setChoice} />
              {shown.length === 0 && <p class="remark">{t('viewer_none_of_level')}</p>}
              <ul class="plain messages" data-testid="viewer-messages">
                {shown.map((one) => (
                  <li key={entries.indexOf(one)}>
                    <MessageButton entry={one} current={one === entry} choose={() => setChosen(one.raw)} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <div class="master-detail">
            {entry && (
              <Panel
                key={`${opened.current} ${entries.indexOf(entry)}`}
                heading="h2"
                view={viewReport(entry.checked, t, classes)}
                rules={viewReply(entry.rules, t)}
                actions={{
                  retry: () => void retry(entry),
                  chooseResolver: () =>
                    void browser.tabs.create({ url: browser.runtime.getURL('pages/welcome/index.html?step=dns') }),
                  copy: () => navigator.clipboard.writeText(JSON.stringify(entry.checked.report, null, 2)),
                  openRules: () => void browser.tabs.create({ url: browser.runtime.getURL('pages/rules/index.html') }),
                  makeRule: () => void openRuleFor(proposeConditions(entry.checked.report)),
                  copySummary: () =>
                    navigator.clipboard.writeText(summaryText(viewReport(entry.checked, t, classes), t)),
                  openClasses: () =>
                    void browser.tabs.create({ url: browser.runtime.getURL('pages/settings/index.html#classes') }),
                  openAddress: (address) => void browser.tabs.create({ url: address }),
                  openProfiler: (search) =>
                    void browser.tabs.create({ url: browser.runtime.getURL(`pages/domain/index.html${search}`) }),
                }}
              />
            )}
          </div>
        </div>
      )}
    </main>
  );
}

interface PasteProps {
  readonly check: (text: string) => void;
  readonly cancel: () => void;
}

function Paste({ check: checkText, cancel }: PasteProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <section class="card stack" id="paste" data-testid="paste">
      <label class="field">
        <span>{t('viewer_paste_label')}</span>
        <textarea
          ref={field}
          class="mono"
          rows={6}
          dir="ltr"
          spellcheck={false}
          data-testid="paste-text"
          value={text}
          placeholder={'Received: from …\nFrom: …'}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="remark">{t('viewer_paste_remark')}</p>
      <div class="row">
        <button type="button" class="primary" data-testid="paste-check" onClick={() => checkText(text)}>
          {t('viewer_paste_check')}
        </button>
        <button type="button" onClick={cancel}>
          {t('viewer_cancel')}
        </button>
      </div>
    </section>
  );
}

interface ListHeadProps {
  readonly entries: readonly Entry[];
  readonly shown: readonly Entry[];
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
}

/** How many there are, and which of them in which order. */
function ListHead({ entries, shown, choice, setChoice }: ListHeadProps) {
  const levels = levelsIn(entries);
  return (
    <div class="master-head">
      <b>{counted(t, 'viewer_count', shown.length)}</b>
      <select
        aria-label={t('viewer_filter')}
        data-testid="viewer-filter"
        value={choice.level ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setChoice({ ...choice, level: levels.find((level: ShownLevel) => level === value) ?? null })
        }
      >
        <option value="">{t('viewer_filter_all')}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {t(`level_${level}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('viewer_order')}
        data-testid="viewer-order"
        value={choice.order}
        onChange={({ currentTarget: { value } }) =>
          setChoice({ ...choice, order: ORDERS.find((order) => order === value) ?? 'file' })
        }
      >
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {t(`viewer_order_${order}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        data-testid="viewer-csv"
        onClick={() => saveAsFile(toCsv(shown, t), 'countersign-messages.csv', 'text/csv')}
      >
        {t('viewer_export_csv')}
      </button>
      <button
        type="button"
        data-testid="viewer-json"
        onClick={() => saveAsFile(toJson(shown), 'countersign-messages.json', 'application/json')}
      >
        {t('viewer_export_json')}
      </button>
    </div>
  );
}

interface MessageButtonProps {
  readonly entry: Entry;
  readonly current: boolean;
  readonly choose: () => void;
}

function MessageButton({ entry: { label, subject, author, checked }, current, choose }: MessageButtonProps) {
  const look = lookOf(checked.report);
  return (
    <button type="button" class="message" aria-current={current} data-level={look} onClick={choose}>
      <LevelIcon level={look} />
      <span class="message-text">
        <b>
          <Foreign text={subject === '' ? t('viewer_no_subject') : subject} />
        </b>
        <span class="remark">
          <Foreign text={author} />
          {author !== '' && ' · '}
          <Foreign text={label} />
        </span>
      </span>
      <span class="message-level">{t(`level_${look}`)}</span>
    </button>
  );
}

async function check({ raw, headerOnly }: SavedMessage): Promise<Pick<Entry, 'checked' | 'rules'>> {
  const checked = await checkSaved(raw, { headerOnly });
  return { checked, rules: await judgeSaved(checked) };
}

startShellPage('file', <ViewerPage />);
