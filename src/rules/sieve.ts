/**
 * Writes rules as a Sieve script, for a server to carry out as mail arrives. Implements RFC 5228; RFC 5232 (flags), RFC 5229 (variables),
 * RFC 5260 §6 (index) and draft-ietf-sieve-regex where a rule needs them, and requires no more than it uses.
 *
 * Known differences, all in what servers do with odd mail before a script sees it:
 * - a server also decodes encoded words in Solicitation and List-Id, where they have no place (RFC 2047 §5);
 * - servers and the Report know different charsets, and treat characters split between two encoded words differently;
 * - the Report keeps the first `LIMITS.solicitationKeywords` keywords of a message.
 */
import { carryRules, isMove } from './carry.ts';
import type { CarriedAction, CarriedRule, LeftRule, LeftWhy } from './carry.ts';
import { sieveCondition } from './sieve-conditions.ts';
import type { HandedOver, SieveGuard, SieveTest } from './sieve-conditions.ts';
import { comment, quote, quoteAgainstVariables, quoteList } from './sieve-text.ts';
import type { MoveAction, RuleSet } from './types.ts';

export interface SieveOptions {
  /** The account the script is for: conditions on accounts are settled by it. */
  readonly account?: string | undefined;
  /** What the server puts between the names of nested folders: `/` where absent. */
  readonly separator?: string | undefined;
}

export interface SieveExport {
  /** The script, with CRLF line ends (RFC 5228 §2.2); without rules it keeps all mail where it is. */
  readonly script: string;
  /** Extensions the server must have. */
  readonly requires: readonly string[];
  readonly left: readonly LeftRule[];
  /** Mail the script leaves alone, because only the reader's own machine can tell. */
  readonly handedOver: readonly HandedOver[];
}

/**
 * Writes the script. What it does to a message is what `evaluateRules` says of it, or nothing.
 * @throws TypeError where the rules are not what `parseRules` accepts
 */
export function toSieve(rules: RuleSet, { account, separator = '/' }: SieveOptions = {}): SieveExport {
  const { carried, left } = carryRules(rules, {
    account,
    condition: sieveCondition,
    refuseMove: (move) => refuseMove(move, separator),
  });
  const guards = uniqueGuards(carried);
  const { lines, deferred } = writeBody(carried, separator);
  const requires = requirementsOf(carried, guards, deferred);
  const script = [
    comment('Countersign: rules of the reader, written as a script for the server.'),
    ...(requires.length > 0 ? [`require ${quoteList(requires)};`] : []),
    ...(deferred ? ['set "dollar" "$";'] : []),
    ...guards.flatMap(writeGuard),
    ...lines,
  ];
  return {
    script: script.map((line) => `${line}\r\n`).join(''),
    requires,
    left,
    handedOver: [...new Set(guards.map(({ id }) => id))],
  };
}

/** A name that holds the separator would become two. */
function refuseMove({ folder }: MoveAction, separator: string): LeftWhy | undefined {
  return separator !== '/' && folder.includes(separator) ? 'not-expressible' : undefined;
}

type Carried = CarriedRule<SieveTest>;

function uniqueGuards(carried: readonly Carried[]): readonly SieveGuard[] {
  const guards = new Map(carried.flatMap(({ condition }) => condition.guards).map((guard) => [guard.test, guard]));
  return [...guards.values()];
}

const GUARD_WORDS: Readonly<Record<HandedOver, string>> = {
  'long-keyword-list': 'More keywords than the standard allows: left to the mail program.',
  'unclear-subject-label': 'A label beside a character that may be a letter: left to the mail program.',
  'unclear-author': 'An author that servers may read differently: left to the mail program.',
};

function writeGuard({ id, test }: SieveGuard): readonly string[] {
  return ['', comment(GUARD_WORDS[id]), `if ${test} {`, '  stop;', '}'];
}

/**
 * A flag that is added after `fileinto` does not reach the message in that folder (RFC 5232 §5). So where a rule moves without stopping
 * and others follow, all moves wait for the end, in a variable.
 */
function writeBody(carried: readonly Carried[], separator: string) {
  const deferred = carried.slice(0, -1).some(({ rule, actions }) => !rule.stop && actions.some(isMove));
  const lines = carried.flatMap(({ rule, condition, actions }) => [
    '',
    comment(rule.name),
    `if ${condition.test} {`,
    ...[
      ...writeActions(actions, separator, deferred),
      ...(rule.stop ? [...(deferred ? FILE_DEFERRED : []), 'stop;'] : []),
    ].map((line) => `  ${line}`),
    '}',
  ]);
  return { lines: deferred ? [...lines, '', ...FILE_DEFERRED] : lines, deferred };
}

const FILE_DEFERRED = ['if not string :is "${folder}" "" { fileinto "${folder}"; }'];

function writeActions(actions: readonly CarriedAction[], separator: string, deferred: boolean): readonly string[] {
  const flags = actions.flatMap(flagOf);
  const move = actions.find((action) => action.do === 'move');
  const folder = move?.folder.replaceAll('/', separator);
  return [
    ...(flags.length > 0 ? [`addflag ${quoteList(flags)};`] : []),
    ...(folder === undefined ? [] : [deferred ? deferMove(folder) : `fileinto ${quote(folder)};`]),
  ];
}

/** The first move counts. */
function deferMove(folder: string): string {
  return `if string :is "\${folder}" "" { set "folder" ${quoteAgainstVariables(folder)}; }`;
}

/** IMAP flags and keywords (RFC 9051 §2.3.2). */
function flagOf(action: CarriedAction): readonly string[] {
  if (action.do === 'tag') return [action.tag];
  if (action.do === 'move') return [];
  switch (action.as) {
    case 'read':
      return ['\\Seen'];
    case 'starred':
      return ['\\Flagged'];
    case 'junk':
      return ['$Junk'];
  }
}

function requirementsOf(
  carried: readonly Carried[],
  guards: readonly SieveGuard[],
  deferred: boolean,
): readonly string[] {
  const actions = carried.flatMap((one) => one.actions);
  const requires = new Set([
    ...(actions.some(isMove) ? ['fileinto'] : []),
    ...(actions.some((action) => flagOf(action).length > 0) ? ['imap4flags'] : []),
    ...(guards.length > 0 ? ['regex'] : []),
    ...carried.flatMap(({ condition }) => condition.requires),
    ...(deferred ? ['variables'] : []),
  ]);
  return [...requires].sort();
}
