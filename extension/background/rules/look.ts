/** One step of a run: looks at messages and writes down what is to be done about each. */
import type { Report } from '../../../src/report/types.ts';
import { evaluateRules } from '../../../src/rules/evaluate.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import type { MailFolder, MailStore, StoredMessage } from '../../hosts/mail-store.ts';
import { isNothing } from '../../journal/changes.ts';
import type { Entry, EntryMessage, Journal, New, Problem, QueueRow, Run } from '../../journal/types.ts';
import { errorText } from '../../judging/fault.ts';
import { eachOf } from './each-of.ts';
import { describeMessage, describeRules, planActions, planUndo, stateOf, wantsNotice } from './plan.ts';

/** What its reader is told of a message. */
export interface Notice {
  readonly message: EntryMessage;
  readonly report: Report;
}

export interface Look {
  readonly entries: readonly New<Entry>[];
  readonly notices: readonly Notice[];
}

export type Check = (raw: Uint8Array<ArrayBuffer>, accountId: string) => Promise<Report>;

export interface LookPorts {
  readonly store: MailStore;
  readonly journal: Journal;
  /** What checks messages, by the settings as they are now. */
  readonly startChecking: () => Promise<Check>;
  readonly now: () => Date;
}

/** Messages that are read and checked at once. */
const AT_ONCE = 8;

/** Evaluates rules for messages. One that is gone from its place is no longer the run's concern. */
export async function lookAtMessages(
  { store, journal, startChecking, now }: LookPorts,
  run: Run,
  rules: RuleSet,
  rows: readonly QueueRow[],
  found: ReadonlyMap<number, StoredMessage>,
): Promise<Look> {
  const [folders, check] = await Promise.all([store.folders(), startChecking()]);
  const entries: (New<Entry> & { readonly order: number })[] = [];
  const notices: Notice[] = [];
  await eachOf([...rows.entries()], AT_ONCE, async ([order, row]) => {
    const message = found.get(row.id);
    if (!message || (await isOurOwnDoing(journal, run, message))) return;
    const entry = { ...blankEntry(run, message, now()), order };
    let report: Report;
    try {
      report = await check(await store.readRaw(message.id), message.accountId);
    } catch (error) {
      entries.push({ ...entry, state: 'failed', problems: [unreadable(error)] });
      return;
    }
    const evaluation = evaluateRules(rules, {
      report,
      account: message.accountId,
      folder: pathOf(folders, message.folderId),
    });
    if (wantsNotice(evaluation.actions) && run.origin.kind === 'new-mail') {
      notices.push({ message: describeMessage(message), report });
    }
    const { change, problems } = planActions(evaluation, message, folders);
    if (isNothing(change) && problems.length === 0) return;
    entries.push({
      ...entry,
      state: run.mode === 'preview' ? 'previewed' : 'intended',
      change,
      problems,
      rules: describeRules(evaluation.matched),
      level: report.level,
    });
  });
  entries.sort((left, right) => left.order - right.order);
  return { entries: entries.map(({ order: _order, ...entry }) => entry), notices };
}

/** What a rule moved, or undoing moved back, may look like new mail where it arrives. */
function isOurOwnDoing(journal: Journal, { origin }: Run, message: StoredMessage): Promise<boolean> {
  return origin.kind === 'new-mail'
    ? journal.wasPutInto(message.headerMessageId, message.folderId)
    : Promise.resolve(false);
}

/** Works out how to take entries back. */
export async function lookAtEntries(
  { journal, now }: Pick<LookPorts, 'journal' | 'now'>,
  run: Run,
  rows: readonly QueueRow[],
  found: ReadonlyMap<number, StoredMessage>,
): Promise<Look> {
  const entries: New<Entry>[] = [];
  for (const row of rows) {
    const undone = row.entry === undefined ? undefined : await journal.entry(row.entry);
    if (!undone || undone.undoneBy !== undefined) continue;
    const message = found.get(row.id);
    const common = {
      run: run.id,
      at: now().toISOString(),
      rules: undone.rules,
      level: undone.level,
      undoes: undone.id,
    };
    if (!message) {
      const { message: described, before, messageId } = undone;
      const change = { addTags: [], removeTags: [] };
      const problems: readonly Problem[] = [{ why: 'not-found', detail: row.folderId }];
      entries.push({ ...common, state: 'failed', message: described, messageId, before, change, problems });
      continue;
    }
    const plan = planUndo(undone, message);
    entries.push({
      ...common,
      ...plan,
      state: 'intended',
      message: describeMessage(message),
      messageId: message.id,
      before: stateOf(message),
    });
  }
  return { entries, notices: [] };
}

function blankEntry(run: Run, message: StoredMessage, now: Date): New<Entry> {
  return {
    run: run.id,
    at: now.toISOString(),
    state: 'intended',
    message: describeMessage(message),
    messageId: message.id,
    before: stateOf(message),
    change: { addTags: [], removeTags: [] },
    rules: [],
    level: null,
    problems: [],
  };
}

function unreadable(error: unknown): Problem {
  return { why: 'unreadable', detail: errorText(error) };
}

function pathOf(folders: readonly MailFolder[], folderId: string): string | undefined {
  return folders.find(({ id }) => id === folderId)?.path;
}
