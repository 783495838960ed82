/**
 * Which rules another program can carry out in the reader's place, and which it cannot, and why. Shared by the exports.
 *
 * One promise: what is exported does not act where the rules themselves would not. So where a rule has to be left out, everything that
 * it might have kept from happening is left out with it: behind a rule that stops, all rules; behind one that moves, all moves.
 *
 * Servers and filters act as mail arrives: the account is then known, and the folder is the inbox. They check nothing, so they know no
 * level either: a rule they carry acts on all mail, also where the reader's own machine would have found it `unchecked`.
 */
import { groupOf, kindOf, membersOf } from './group.ts';
import { comparableFolder, isInbox } from './text.ts';
import { parseRules } from './parse.ts';
import type {
  Condition,
  LeafCondition,
  LeafField,
  MarkAction,
  MoveAction,
  Rule,
  RuleAction,
  RuleSet,
  TagAction,
} from './types.ts';

export type LeftWhy =
  | 'disabled'
  /** Its conditions cannot hold as mail arrives in this account. */
  | 'elsewhere'
  /** Only the check can tell (signatures, practices, levels, findings). */
  | 'needs-check'
  /** Only a reader who knows the own servers can tell (RFC 8601 §7.1). */
  | 'needs-trust'
  /** It asks for an account, and which one the export is for was not said. */
  | 'account-unknown'
  /** A Subject label that is none of the known ones. */
  | 'own-label'
  /** The other program has no words for it. */
  | 'not-expressible'
  /** A rule before it (`by`) had to be left out and stops. */
  | 'behind-stop'
  /** Its move: a rule before it (`by`) had to be left out and moves. */
  | 'behind-move'
  /** An action that only the reader's own mail program can do; the rest of the rule is carried. */
  | 'local-action'
  /** A move to another account. */
  | 'other-account'
  /** A move to a folder whose address is not known. */
  | 'folder-unknown';

/** A rule that is left out, or with `action` only that action of it. */
export interface LeftRule {
  /** The rule's id. */
  readonly rule: string;
  readonly name: string;
  readonly why: LeftWhy;
  /** The condition that is in the way. */
  readonly field?: LeafField;
  readonly action?: RuleAction['do'];
  /** The id of the other rule. */
  readonly by?: string;
}

export interface Translated<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Untranslated {
  readonly ok: false;
  readonly why: LeftWhy;
  readonly field?: LeafField;
}

/** What another program can do. */
export interface Carrier<T> {
  /** The account the export is for. */
  readonly account: string | undefined;
  /** `null` is every message. */
  readonly condition: (condition: Condition | null) => Translated<T> | Untranslated;
  /** Why a move within the account cannot be carried; undefined where it can. */
  readonly refuseMove: (move: MoveAction) => LeftWhy | undefined;
}

/** What programs other than the reader's own can do to a message. */
export type CarriedAction = TagAction | MarkAction | MoveAction;

export interface CarriedRule<T> {
  readonly rule: Rule;
  readonly condition: T;
  readonly actions: readonly CarriedAction[];
}

export interface Carried<T> {
  readonly carried: readonly CarriedRule<T>[];
  readonly left: readonly LeftRule[];
}

/** @throws TypeError where the rules are not what `parseRules` accepts: an export leaves this machine, where nobody looks again */
export function carryRules<T>(ruleSet: RuleSet, carrier: Carrier<T>): Carried<T> {
  requireValid(ruleSet);
  const carried: CarriedRule<T>[] = [];
  const left: LeftRule[] = [];
  let stopBy: string | undefined;
  let moveBy: string | undefined;
  for (const rule of ruleSet.rules) {
    const { id, name } = rule;
    const leave = (why: LeftWhy, more: Partial<LeftRule> = {}) => left.push({ rule: id, name, why, ...more });
    const condition = rule.enabled ? simplify(rule.conditions, carrier.account) : false;
    if (condition === false) {
      leave(rule.enabled ? 'elsewhere' : 'disabled');
      continue;
    }
    if (stopBy !== undefined) {
      leave('behind-stop', { by: stopBy });
      continue;
    }
    const translated = carrier.condition(condition === true ? null : condition);
    if (!translated.ok) {
      leave(translated.why, translated.field === undefined ? {} : { field: translated.field });
      if (rule.stop) stopBy = id;
      if (rule.actions.some(isMove)) moveBy ??= id;
      continue;
    }
    const actions: CarriedAction[] = [];
    for (const action of rule.actions) {
      const offered = offer(action, carrier, moveBy);
      if ('do' in offered) {
        actions.push(offered);
      } else {
        leave(offered.why, { ...offered, action: action.do });
        if (isMove(action)) moveBy ??= id;
      }
    }
    if (actions.length > 0 || rule.stop) carried.push({ rule, condition: translated.value, actions });
  }
  return { carried, left };
}

function requireValid(rules: RuleSet): void {
  const parsed = parseRules(rules);
  if (parsed.ok) return;
  const [problem] = parsed.problems;
  throw new TypeError(`not a valid rule set: ${problem?.path ?? ''} ${problem?.why ?? ''}`);
}

interface Refusal {
  readonly why: LeftWhy;
  readonly by?: string;
}

/** The action, or why it is not exported. */
function offer<T>(action: RuleAction, carrier: Carrier<T>, moveBy: string | undefined): CarriedAction | Refusal {
  switch (action.do) {
    case 'tag':
    case 'mark':
      return action;
    case 'move': {
      if (action.account !== undefined && action.account !== carrier.account) return { why: 'other-account' };
      const why = carrier.refuseMove(action);
      if (why !== undefined) return { why };
      return moveBy === undefined ? action : { why: 'behind-move', by: moveBy };
    }
    case 'notify':
    case 'banner':
      return { why: 'local-action' };
  }
}

export function isMove(action: RuleAction): action is MoveAction {
  return action.do === 'move';
}

/** A condition with account and folder settled: true or false where nothing else is left to ask. */
function simplify(condition: Condition, account: string | undefined): Condition | boolean {
  if ('field' in condition) return settle(condition, account) ?? condition;
  const members = membersOf(condition).map((member) => simplify(member, account));
  const decisive = !('all' in condition);
  if (members.includes(decisive)) return 'any' in condition;
  const open = members.filter((member) => typeof member !== 'boolean');
  return open.length === 0 ? !('any' in condition) : groupOf(kindOf(condition), open);
}

function settle(leaf: LeafCondition, account: string | undefined): boolean | undefined {
  if (leaf.field === 'account') return account === undefined ? undefined : account === leaf.account;
  return leaf.field === 'folder' ? isInbox(comparableFolder(leaf.folder)) : undefined;
}
