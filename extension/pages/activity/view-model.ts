/** Runs and entries of the journal as words. Computed without a browser. */
import { conditionText, type Accounts } from '../../ui/condition-words.ts';
import type { MailFolder } from '../../hosts/mail-store.ts';
import { tagName } from '../../ui/tag-name.ts';
import { counted, keyOf, timeText, type Translate } from '../../ui/words.ts';
import { canBeUndone } from '../../journal/changes.ts';
import type { Change, Entry, EntryRule, Problem, Run } from '../../journal/types.ts';

export interface RunView {
  readonly id: number;
  readonly title: string;
  readonly state: string;
  readonly counts: string;
  readonly total: number;
  readonly done: number;
  /** What can be done with it. */
  readonly can: readonly ('pause' | 'resume' | 'cancel' | 'undo')[];
}

export interface EntryView {
  readonly id: number;
  readonly subject: string;
  readonly author: string;
  readonly date: string;
  readonly why: readonly string[];
  readonly changes: readonly string[];
  readonly outcome: string;
  readonly problems: readonly string[];
  readonly canBeUndone: boolean;
}

/** What the words of entries are made with. */
export interface Places {
  readonly folders: readonly MailFolder[];
  readonly t: Translate;
}

/** @param isStarting the mail program has not had time to start yet, which runs that change something wait for */
export function viewRun(run: Run, t: Translate, isStarting = false): RunView {
  const { id, mode, origin, state, counts, cut, error } = run;
  const { total, done, acted, failed } = counts;
  const isOver = state !== 'running' && state !== 'paused';
  const numbers = { done: String(done), total: String(total), acted: String(acted), failed: String(failed) };
  const parts = [
    t(`journal_counts_${mode}`, numbers),
    ...(failed > 0 ? [t('journal_counts_failed', numbers)] : []),
    ...(done > 0 ? [t('journal_rate', { rate: rateOf(run, t) })] : []),
    ...(cut ? [t('journal_cut')] : []),
    ...(error === undefined ? [] : [t('journal_error', { error })]),
  ];
  return {
    id,
    title: t(`journal_title_${mode}`, { what: originText(origin, t), time: timeText(t, run.startedAt) }),
    state: t(`journal_state_${stateWord(run, isStarting)}`),
    counts: parts.join(' '),
    total,
    done,
    can: [
      ...(origin.kind !== 'new-mail' && state === 'running' ? (['pause'] as const) : []),
      ...(state === 'paused' ? (['resume'] as const) : []),
      ...(origin.kind !== 'new-mail' && !isOver ? (['cancel'] as const) : []),
      ...(isOver && mode === 'act' && acted + failed > 0 ? (['undo'] as const) : []),
    ],
  };
}

function stateWord({ state, mode, collected }: Run, isStarting: boolean): string {
  if (state !== 'running') return state;
  if (isStarting && mode !== 'preview') return 'starting';
  return collected ? state : 'collecting';
}

function originText(origin: Run['origin'], t: Translate): string {
  switch (origin.kind) {
    case 'new-mail':
      return t('journal_of_new_mail');
    case 'messages':
      return counted(t, 'journal_of_messages', origin.count);
    case 'folder':
      return t(origin.subfolders ? 'journal_of_folder_below' : 'journal_of_folder', { folder: origin.name });
    case 'undo':
      return t(origin.entry === undefined ? 'journal_of_run' : 'journal_of_entry');
  }
}

/** Messages a second, in the reader's way to write numbers. */
function rateOf({ counts, workedMs }: Run, t: Translate): string {
  const rate = (counts.done * 1000) / Math.max(workedMs, 1);
  return rate.toLocaleString(t('language_tag'), { maximumSignificantDigits: 2 });
}

export function viewEntry(entry: Entry, { folders, t }: Places): EntryView {
  const { id, message, rules, change, problems, undoneBy, state } = entry;
  const accounts = folders.map(({ accountId, accountName }) => ({ id: accountId, name: accountName }));
  return {
    id,
    subject: message.subject || t('journal_no_subject'),
    author: message.author,
    date: timeText(t, message.date),
    why: rules.map((rule) => ruleText(rule, accounts, t)),
    changes: changeTexts(change, folders, t),
    outcome: t(undoneBy === undefined ? `journal_outcome_${state}` : 'journal_outcome_undone'),
    problems: problems.map((problem) => problemText(problem, folders, t)),
    canBeUndone: canBeUndone(entry),
  };
}

function ruleText({ name, because }: EntryRule, accounts: Accounts, t: Translate): string {
  const reasons = because.map(({ condition, found }) => {
    const text = conditionText(condition, accounts, t);
    return found.length === 0 ? text : t('journal_found', { condition: text, found: found.join(', ') });
  });
  if (reasons.length === 0) return t('journal_rule', { rule: name });
  return t('journal_rule_because', { rule: name, reasons: reasons.join('; ') });
}

function changeTexts(change: Change, folders: readonly MailFolder[], t: Translate): readonly string[] {
  const { addTags, removeTags, moveTo } = change;
  return [
    ...addTags.map((tag) => t('journal_add_tag', { tag: tagName(tag, t) })),
    ...removeTags.map((tag) => t('journal_remove_tag', { tag: tagName(tag, t) })),
    ...(['read', 'flagged', 'junk'] as const).flatMap((mark) =>
      change[mark] === undefined ? [] : t(change[mark] ? `journal_set_${mark}` : `journal_unset_${mark}`),
    ),
    ...(moveTo === undefined ? [] : [t('journal_move', { folder: folderText(moveTo, folders) })]),
  ];
}

function problemText({ why, detail }: Problem, folders: readonly MailFolder[], t: Translate): string {
  const isMark = detail === 'read' || detail === 'flagged' || detail === 'junk';
  const what = isMark ? t(`journal_set_${detail}`) : folderText(detail, folders);
  return t(keyOf('journal_problem', why), { detail: what });
}

/** A folder as people know it; what is none stays as it is. */
function folderText(id: string, folders: readonly MailFolder[]): string {
  const folder = folders.find((one) => one.id === id);
  return folder ? `${folder.accountName}: ${folder.path}` : id;
}

/** Everything as JSON, for the reader to keep or to look at with other tools. */
export function exportJournal(
  { runs, entries }: { readonly runs: readonly Run[]; readonly entries: readonly Entry[] },
  now: Date,
): string {
  const about = { format: 'countersign-journal', version: 1, exportedAt: now.toISOString() };
  return JSON.stringify({ ...about, runs, entries }, null, 2);
}
