/** What is to be changed about one message: by the actions of rules, or to undo what an earlier entry did. Computed, not done. */
import { comparableFolder } from '../../../src/rules/text.ts';
import type { MatchedRule, RuleEvaluation } from '../../../src/rules/evaluate.ts';
import type { RuleAction } from '../../../src/rules/types.ts';
import type { MailFolder, StoredMessage } from '../../hosts/mail-store.ts';
import type { Before, Change, Entry, EntryMessage, EntryRule, Problem } from '../../journal/types.ts';

export interface Plan {
  readonly change: Change;
  readonly problems: readonly Problem[];
}

const NOTHING: Change = { addTags: [], removeTags: [] };

/** Texts and conditions kept of why one rule matched. */
const MOST_REASONS = 10;
const MOST_FOUND = 3;
const LONGEST_FOUND = 200;
/** Characters kept of what a message calls itself: enough to know it again. */
const LONGEST_SHOWN = 300;

/**
 * The change that brings a message to where the actions want it; what is so already is left out. A banner is no change: it is shown
 * when the message is displayed. A folder that does not exist is a problem, and the other actions are carried out all the same.
 */
export function planActions(
  { actions }: Pick<RuleEvaluation, 'actions'>,
  message: StoredMessage,
  folders: readonly MailFolder[],
): Plan {
  const tags = new Set<string>();
  const marks = new Set<'read' | 'flagged' | 'junk'>();
  const problems: Problem[] = [];
  let moveTo: string | undefined;
  for (const { action } of actions) {
    switch (action.do) {
      case 'tag':
        if (!message.tags.includes(action.tag)) tags.add(action.tag);
        break;
      case 'mark': {
        const mark = action.as === 'starred' ? 'flagged' : action.as;
        if (!message[mark]) marks.add(mark);
        break;
      }
      case 'move': {
        const account = action.account ?? message.accountId;
        const target = findFolder(folders, account, action.folder);
        if (target === undefined) problems.push({ why: 'no-folder', detail: action.folder });
        else if (target.id !== message.folderId) moveTo = target.id;
        break;
      }
      case 'notify':
      case 'banner':
        break;
    }
  }
  const change: Change = {
    ...NOTHING,
    addTags: [...tags],
    ...Object.fromEntries([...marks].map((mark) => [mark, true])),
    ...(moveTo === undefined ? {} : { moveTo }),
  };
  return { change, problems };
}

/** The folder of an account that a rule names. */
export function findFolder(folders: readonly MailFolder[], accountId: string, wanted: string): MailFolder | undefined {
  const path = comparableFolder(wanted);
  return folders.find((folder) => folder.accountId === accountId && comparableFolder(folder.path) === path);
}

/**
 * The change that takes back what an entry did, of what is still as the entry made it. The rest is shown as changed since, and stays.
 * @param message the message as it is now, where the entry left it
 */
export function planUndo({ before, change }: Entry, message: StoredMessage): Plan {
  const problems: Problem[] = [];
  const since = (detail: string): void => void problems.push({ why: 'changed-since', detail });
  const removeTags = change.addTags.filter((tag) => {
    if (before.tags.includes(tag)) return false;
    if (!message.tags.includes(tag)) since(tag);
    return message.tags.includes(tag);
  });
  const marks = (['read', 'flagged', 'junk'] as const).flatMap((mark) => {
    if (change[mark] === undefined || before[mark] === change[mark]) return [];
    if (message[mark] === change[mark]) return [[mark, before[mark]] as const];
    since(mark);
    return [];
  });
  const moveTo = change.moveTo !== undefined && message.folderId !== before.folderId ? before.folderId : undefined;
  return {
    change: { ...NOTHING, removeTags, ...Object.fromEntries(marks), ...(moveTo === undefined ? {} : { moveTo }) },
    problems,
  };
}

/**
 * Whether a message shows nothing of the marks an entry set: all of them are as they were before. Where one is there, all have
 * reached the server, and what is missing was taken away by somebody since.
 * @param message the message as it is now, where the entry left it
 */
export function showsNoMark({ before, change }: Entry, message: StoredMessage): boolean {
  const isAbsent = (tag: string): boolean => before.tags.includes(tag) || !message.tags.includes(tag);
  const isPresent = (tag: string): boolean => !before.tags.includes(tag) || message.tags.includes(tag);
  return (
    change.addTags.every(isAbsent) &&
    change.removeTags.every(isPresent) &&
    (['read', 'flagged', 'junk'] as const).every(
      (mark) => change[mark] === undefined || change[mark] === before[mark] || message[mark] === before[mark],
    )
  );
}

/** Whether rules want their reader told. */
export function wantsNotice(actions: readonly { readonly action: RuleAction }[]): boolean {
  return actions.some(({ action }) => action.do === 'notify');
}

export function describeMessage({ headerMessageId, author, subject, date }: StoredMessage): EntryMessage {
  return { headerMessageId, author: author.slice(0, LONGEST_SHOWN), subject: subject.slice(0, LONGEST_SHOWN), date };
}

export function stateOf({ folderId, tags, read, flagged, junk }: StoredMessage): Before {
  return { folderId, tags, read, flagged, junk };
}

/** What is kept of a match: a message can make reasons long, and the journal holds many. */
export function describeRules(matched: readonly MatchedRule[]): readonly EntryRule[] {
  return matched.map(({ rule: id, name, because }) => ({
    id,
    name,
    because: because.slice(0, MOST_REASONS).map(({ condition, found }) => ({
      condition,
      found: found.slice(0, MOST_FOUND).map((text) => text.slice(0, LONGEST_FOUND)),
    })),
  }));
}
