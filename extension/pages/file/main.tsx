/** Checks messages saved as files: .eml and mbox, opened or dropped. They never leave the machine. */
import browser from 'webextension-polyfill';
import { useEffect, useRef, useState } from 'preact/hooks';
import { proposeConditions } from '../../../src/rules/propose.ts';
import { loadClasses } from '../../adapters/classes-store.ts';
import { openRuleFor } from '../../adapters/proposal-store.ts';
import type { CheckedMessage } from '../../judging/checked-message.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import { Panel } from '../../ui/report/panel.tsx';
import { summaryText } from '../../ui/report/summary-text.ts';
import { viewReport } from '../../ui/report/view-model.ts';
import { LevelIcon } from '../../ui/level-icon.tsx';
import { viewReply, type RulesReply } from '../../judging/outcome.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { Foreign } from '../../ui/text.tsx';
import { counted, headlineWords, t } from '../../ui/words.ts';
import { checkSaved, judgeSaved } from '../../judging/check-saved.ts';
import { MOST_MESSAGES, readSavedFile, type SavedMessage } from '../../judging/saved-messages.ts';

import './file.css';

interface Entry extends SavedMessage {
  readonly checked: CheckedMessage;
  readonly rules: RulesReply;
}

function ViewerPage() {
  const [classes, setClasses] = useState(EMPTY_COLLECTION);
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [chosen, setChosen] = useState(0);
  const [status, setStatus] = useState('');
  const [problems, setProblems] = useState<readonly string[]>([]);
  /** Counts what was opened: only the newest may show its messages. */
  const opened = useRef(0);

  async function open(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    const mine = ++opened.current;
    const done: Entry[] = [];
    const trouble: string[] = [];
    setClasses(await loadClasses());
    setEntries([]);
    setChosen(0);
    setProblems([]);
    for (const file of files) {
      try {
        const { messages, cut } = await readSavedFile(file);
        if (cut) trouble.push(t('viewer_cut', { file: file.name, count: String(MOST_MESSAGES) }));
        for (const message of messages) {
          setStatus(t('viewer_checking', { label: message.label }));
          done.push({ ...message, ...(await check(message.raw)) });
          if (opened.current !== mine) return;
          setEntries([...done]);
        }
      } catch (error) {
        trouble.push(t('viewer_failed', { file: file.name, error: String(error) }));
      }
    }
    setProblems(trouble);
    setStatus(counted(t, 'viewer_done', done.length));
  }

  async function retry({ raw }: Entry): Promise<void> {
    setStatus(t('panel_checking'));
    try {
      const again = await check(raw);
      setEntries((now) => now.map((one) => (one.raw === raw ? { ...one, ...again } : one)));
      setStatus(t('viewer_rechecked'));
    } catch (error) {
      setStatus(t('panel_broken', { error: String(error) }));
    }
  }

  // Anywhere on the page: a file that misses the frame would take the page's place.
  useEffect(() => {
    const allow = (event: DragEvent): void => event.preventDefault();
    const take = (event: DragEvent): void => {
      event.preventDefault();
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', allow);
    addEventListener('drop', take);
    return () => {
      removeEventListener('dragover', allow);
      removeEventListener('drop', take);
    };
  }, []);

  const entry = entries[chosen];
  return (
    <main class="page">
      <PageHead title={t('nav_file')} text={t('viewer_text')} />
      <div class="drop">
        <label>
          {t('viewer_choose')}{' '}
          <input
            type="file"
            multiple
            accept=".eml,.mbox,.mbx,message/rfc822"
            data-testid="viewer-file"
            onChange={(event) => void open([...(event.currentTarget.files ?? [])])}
          />
        </label>
        <span>{t('viewer_drop')}</span>
      </div>
      <div role="status" data-testid="viewer-status">
        <p>{status}</p>
        {problems.map((problem) => (
          <p key={problem} class="outcome" data-ok={false}>
            {problem}
          </p>
        ))}
      </div>
      {entries.length > 1 && (
        <ul class="plain messages" data-testid="viewer-messages">
          {entries.map((one, index) => (
            <li key={index}>
              <MessageButton entry={one} current={index === chosen} choose={() => setChosen(index)} />
            </li>
          ))}
        </ul>
      )}
      {entry && (
        <Panel
          key={`${opened.current} ${chosen}`}
          view={viewReport(entry.checked, t, classes)}
          rules={viewReply(entry.rules, t)}
          actions={{
            retry: () => void retry(entry),
            copy: () => navigator.clipboard.writeText(JSON.stringify(entry.checked.report, null, 2)),
            openRules: () => void browser.tabs.create({ url: browser.runtime.getURL('pages/rules/index.html') }),
            makeRule: () => void openRuleFor(proposeConditions(entry.checked.report)),
            copySummary: () => navigator.clipboard.writeText(summaryText(viewReport(entry.checked, t, classes), t)),
            openClasses: () =>
              void browser.tabs.create({ url: browser.runtime.getURL('pages/settings/index.html#classes') }),
            openAddress: (address) => void browser.tabs.create({ url: address }),
            openProfiler: (search) =>
              void browser.tabs.create({ url: browser.runtime.getURL(`pages/domain/index.html${search}`) }),
          }}
        />
      )}
    </main>
  );
}

interface MessageButtonProps {
  readonly entry: Entry;
  readonly current: boolean;
  readonly choose: () => void;
}

function MessageButton({ entry: { label, subject, checked }, current, choose }: MessageButtonProps) {
  const { level } = checked.report;
  return (
    <button type="button" class="message" aria-current={current} data-level={level} onClick={choose}>
      <LevelIcon level={level} />
      <span>
        {t(`level_${level}`)}: {headlineWords(checked.report, t).title}
        <span class="remark">
          <Foreign text={label} />
          {subject !== '' && ' · '}
          <Foreign text={subject} />
        </span>
      </span>
    </button>
  );
}

async function check(raw: Uint8Array<ArrayBuffer>): Promise<Pick<Entry, 'checked' | 'rules'>> {
  const checked = await checkSaved(raw);
  return { checked, rules: await judgeSaved(checked) };
}

startShellPage('file', <ViewerPage />);
