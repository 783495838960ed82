/** Running rules, and what came of it: start, watch, pause, take back, take along. */
import { useEffect, useState } from 'preact/hooks';
import { onJournalChanged } from '../../adapters/journal-database.ts';
import { isStarting } from '../../adapters/start-up.ts';
import { eraseJournal, readEntries, readJournal, readRuns } from '../../adapters/journal-reader.ts';
import type { MailFolder } from '../../hosts/mail-store.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { ask } from '../../messaging/ask.ts';
import { useAsk } from '../../ui/use-ask.ts';
import type { RunReply, RunScope } from '../../messaging/protocol.ts';
import { requestActing } from '../../ui/acting.ts';
import { PageHead, startShellPage } from '../../ui/shell.tsx';
import { RulesSwitch, useRunRules } from '../../ui/rules-switch.tsx';
import { saveAsFile } from '../../ui/save-file.ts';
import { keyOf, t } from '../../ui/words.ts';
import { EntryTable } from './entry-table.tsx';
import { RunList, type RunAct } from './run-list.tsx';
import { StartForm } from './start-form.tsx';
import type { Entry, Run } from '../../journal/types.ts';
import { exportJournal, viewEntry, viewRun } from './view-model.ts';

/** Runs and entries on the page; the others are in the file. */
const MOST_RUNS = 30;
const ENTRIES_AT_ONCE = 100;
/** A run changes the journal many times a second, which nobody can read. */
const NEWS_MS = 500;

interface Shown {
  readonly run: number;
  readonly most: number;
}

interface Wanted {
  readonly folder: string | null;
  readonly messages: readonly number[];
}

/** What another page sent its reader here for. */
function readAddress(): Wanted {
  const query = new URLSearchParams(location.search);
  const messages = (query.get('messages') ?? '').split(',').map(Number);
  return { folder: query.get('folder'), messages: messages.filter((id) => Number.isInteger(id) && id > 0) };
}

/** The journal as it is, read again when something in it changed, though not more often than can be read. */
function useJournal(shown: Shown | undefined) {
  const [runs, setRuns] = useState<readonly Run[]>();
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState('');
  const run = shown?.run;
  const most = shown?.most ?? 0;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async (): Promise<void> => {
      timer = undefined;
      try {
        setStarting(await isStarting());
        setRuns(await readRuns());
        setEntries(run === undefined ? [] : await readEntries(run, most + 1));
      } catch (error) {
        console.error(error);
        setRuns([]);
        setFailure(t('journal_failed'));
      }
    };
    void load();
    const stop = onJournalChanged(() => {
      timer ??= setTimeout(() => void load(), NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [run, most]);
  return { runs, entries, starting, failure };
}

function JournalPage() {
  const [wanted] = useState(readAddress);
  const [folders, setFolders] = useState<readonly MailFolder[]>();
  const [shown, setShown] = useState<Shown>();
  const [status, setStatus] = useState('');
  const [isErasing, setErasing] = useState(false);
  const { runs, entries, starting, failure } = useJournal(shown);
  const background = useAsk();
  const runRules = useRunRules();
  useEffect(() => void background.ask('folders', {}).then((found = []) => setFolders(found)), []);
  if (!runs || !folders) return <main class="page" aria-busy="true" />;

  const show = (run: number): void => setShown({ run, most: ENTRIES_AT_ONCE });

  /** Asks the background, after the reader's leave where the run is to change something. */
  async function begin(permission: Promise<boolean>, request: () => Promise<RunReply>): Promise<void> {
    if (!(await permission.catch(() => false))) return setStatus(t('acting_not_permitted'));
    try {
      const reply = await request();
      if ('refused' in reply) return setStatus(t(keyOf('journal_refused', reply.refused)));
      setStatus(t('journal_started'));
      show(reply.run);
    } catch (error) {
      setStatus(t('journal_error', { error: String(error) }));
    }
  }

  function start(scope: RunScope, mode: 'act' | 'preview', pace: 'full' | 'gentle'): void {
    const permission = mode === 'act' ? requestActing() : Promise.resolve(true);
    void begin(permission, () => ask('start-run', { scope, mode, pace }));
  }

  function undo(run: number, entry?: number): void {
    void begin(requestActing(), () => ask('undo', entry === undefined ? { run } : { run, entry }));
  }

  function act(run: number, wish: RunAct): void {
    if (wish === 'undo') undo(run);
    else void background.ask(`${wish}-run`, { run });
  }

  async function erase(isAgreed: boolean): Promise<void> {
    setErasing(false);
    if (!isAgreed) return;
    setShown(undefined);
    setStatus(t((await eraseJournal()) ? 'journal_erased' : 'journal_refused_still_running'));
  }

  const form = <StartForm folders={folders} {...wanted} onStart={start} />;
  const isWanted = wanted.folder !== null || wanted.messages.length > 0;
  const shownRun = runs.find(({ id }) => id === shown?.run);
  return (
    <main class="page">
      <PageHead title={t('nav_activity')} text={t('journal_text')} />
      <p role="status" class="outcome" data-testid="journal-status">
        {failure || (background.failure ?? status)}
      </p>
      {isWanted && form}
      <section aria-labelledby="runs-title">
        <h2 id="runs-title">{t('journal_runs')}</h2>
        <RunList
          runs={runs.slice(0, MOST_RUNS).map((run) => viewRun(run, t, starting))}
          shown={shown?.run}
          onAct={act}
          onShow={show}
        />
      </section>
      {shown && shownRun && (
        <EntryTable
          title={viewRun(shownRun, t).title}
          entries={entries.slice(0, shown.most).map((entry) => viewEntry(entry, { folders, t }))}
          hasMore={entries.length > shown.most}
          onMore={() => setShown({ ...shown, most: shown.most + ENTRIES_AT_ONCE })}
          onUndo={(entry) => undo(shown.run, entry)}
        />
      )}
      {!isWanted && form}
      <RulesSwitch state={runRules} />
      <div class="toolbar">
        <button type="button" data-testid="journal-export" onClick={() => void save()}>
          {t('journal_export')}
        </button>
        <button type="button" data-testid="journal-erase" onClick={() => setErasing(true)}>
          {t('journal_erase')}
        </button>
      </div>
      {isErasing && <Confirm question={t('journal_erase_question')} onAnswer={(isAgreed) => void erase(isAgreed)} />}
    </main>
  );
}

async function save(): Promise<void> {
  saveAsFile(exportJournal(await readJournal(), new Date()), 'countersign-journal.json', 'application/json');
}

startShellPage('activity', <JournalPage />);
