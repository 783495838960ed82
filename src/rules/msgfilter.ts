/**
 * Writes rules as the filters Thunderbird has by itself: the text of `msgFilterRules.dat`, which lies in an account's folder of the
 * profile. The format is what Thunderbird's nsMsgFilterList reads and writes: lines `attribute="value"`, in which a quote is escaped by
 * a backslash. A backslash itself has no escape that is read back right, so no value holds one.
 *
 * Known differences: a filter that moves a message ends the filtering, so tags of later rules are not set on it. Some forms of what a
 * rule asks for escape a filter (msgfilter-conditions.ts says which); the rules behind it then act as if it were not there.
 */
import { carryRules } from './carry.ts';
import type { CarriedAction, CarriedRule, LeftRule, LeftWhy } from './carry.ts';
import { filterCondition } from './msgfilter-conditions.ts';
import type { FilterCondition } from './msgfilter-conditions.ts';
import { toWritable } from './text.ts';
import type { MoveAction, RuleSet } from './types.ts';

export interface FilterOptions {
  /** The account the filters are for: conditions on accounts are settled by it. */
  readonly account?: string | undefined;
  /** The address of the account's root folder, `imap://ann%40example.org@imap.example.org`. Without it no move can be written. */
  readonly root?: string | undefined;
}

export interface FilterExport {
  /** The whole file, with LF line ends. */
  readonly text: string;
  readonly left: readonly LeftRule[];
}

/**
 * Writes the filters. They act where `evaluateRules` would, and on less where Thunderbird has no words for more.
 * @throws TypeError where the rules are not what `parseRules` accepts
 */
export function toThunderbirdFilters(rules: RuleSet, { account, root }: FilterOptions = {}): FilterExport {
  const { carried, left } = carryRules(rules, {
    account,
    condition: filterCondition,
    refuseMove: (move) => refuseMove(move, root),
  });
  const lines = [
    attribute('version', '9'),
    attribute('logging', 'no'),
    ...carried.flatMap((rule) => writeFilter(rule, root)),
  ];
  return { text: lines.map((line) => `${line}\n`).join(''), left };
}

function refuseMove({ folder }: MoveAction, root: string | undefined): LeftWhy | undefined {
  if (root === undefined || !isPlain(root)) return 'folder-unknown';
  return PLAIN_FOLDER.test(folder) ? undefined : 'not-expressible';
}

/** Folders whose address is the same in every encoding that servers and Thunderbird have used for others (RFC 9051 §A.1). */
const PLAIN_FOLDER = /^[A-Za-z0-9 _./-]+$/;

/** Whether a value can be in the file: one line, no quote, no backslash. */
function isPlain(value: string): boolean {
  return /^[!#-[\]-~]+$/.test(value);
}

/** New mail, and filters run by hand: nsMsgFilterType InboxRule and Manual. */
const ON_ARRIVAL_AND_BY_HAND = '17';

function writeFilter(
  { rule, condition, actions }: CarriedRule<FilterCondition>,
  root: string | undefined,
): readonly string[] {
  return [
    attribute('name', toWritable(rule.name).replaceAll('\\', '/')),
    attribute('enabled', 'yes'),
    attribute('type', ON_ARRIVAL_AND_BY_HAND),
    ...actions.flatMap((action) => writeAction(action, root)),
    ...(rule.stop ? [attribute('action', 'Stop execution')] : []),
    attribute('condition', writeCondition(condition)),
  ];
}

function writeAction(action: CarriedAction, root: string | undefined): readonly string[] {
  const [name, value] = actionOf(action, root);
  return [attribute('action', name), ...(value === undefined ? [] : [attribute('actionValue', value)])];
}

/** Names as nsMsgFilter files them. */
function actionOf(action: CarriedAction, root: string | undefined): readonly [name: string, value?: string] {
  switch (action.do) {
    case 'tag':
      return ['AddTag', action.tag];
    case 'mark':
      return MARKS[action.as];
    case 'move':
      return ['Move to folder', `${root ?? ''}/${action.folder.split('/').map(encodeURIComponent).join('/')}`];
  }
}

const MARKS = {
  read: ['Mark read'],
  starred: ['Mark flagged'],
  /** The score from which Thunderbird takes a message for junk is 50; this is the one it sets itself. */
  junk: ['JunkScore', '100'],
} as const;

/** Values in quotes of their own, since they may hold parentheses and begin with spaces. */
function writeCondition({ join, terms }: FilterCondition): string {
  if (terms.length === 0) return 'ALL';
  return terms.map((term) => `${join} (${term.attribute},${term.operator},"${term.value}")`).join(' ');
}

function attribute(name: string, value: string): string {
  return `${name}="${value.replaceAll('"', '\\"')}"`;
}
