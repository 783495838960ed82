/** Points out rules that can never act, and rules that get in each other's way. Advice for the reader: nothing is changed by it. */
import { LIMITS } from '../limits.ts';
import { membersOf } from './group.ts';
import { exclude, isImpossible, partsOf, type Parts } from './logic.ts';
import type { Condition, Rule, RuleSet } from './types.ts';

export type RuleRemarkWhy =
  /** Its conditions cannot hold together. */
  | 'contradiction'
  /** It asks for the level `unchecked`, where it does not act. */
  | 'unchecked-only'
  /** A rule before it (`by`) takes all its messages and stops. */
  | 'behind-stop'
  /** It has no action and does not stop. */
  | 'no-effect'
  /** A rule before it (`by`) can match the same message and moves it to another folder; the first move counts. */
  | 'move-overruled'
  /** There was too much to compare: whether a rule before it is in its way was not looked at. */
  | 'not-compared';

export interface RuleRemark {
  /** The rule's id. */
  readonly rule: string;
  readonly why: RuleRemarkWhy;
  /** The id of the other rule. */
  readonly by?: string;
}

/** Remarks on the enabled rules, in their order; at most `LIMITS.ruleRemarks`. */
export function analyseRules({ rules }: RuleSet): readonly RuleRemark[] {
  const remarks: RuleRemark[] = [];
  const before: Analysed[] = [];
  let comparisons = 0;
  let sizeBefore = 0;
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    const analysed = analyse(rule);
    sizeBefore += analysed.size;
    comparisons += analysed.size * sizeBefore;
    if (comparisons > LIMITS.ruleComparisons) {
      remarks.push({ rule: rule.id, why: 'not-compared' });
    } else {
      const dead = whyDead(analysed, before);
      remarks.push(...(dead ? [dead] : overruledMoves(analysed, before)));
      before.push(analysed);
    }
    if (rule.actions.length === 0 && !rule.stop) remarks.push({ rule: rule.id, why: 'no-effect' });
  }
  return remarks.slice(0, LIMITS.ruleRemarks);
}

/** A rule with what its conditions amount to. */
interface Analysed {
  readonly rule: Rule;
  readonly size: number;
  readonly matching: Parts;
  readonly failing: Parts;
  readonly target: string | undefined;
}

function analyse(rule: Rule): Analysed {
  return {
    rule,
    size: countLeaves(rule.conditions),
    matching: partsOf(rule.conditions, true),
    failing: partsOf(rule.conditions, false),
    target: targetOf(rule),
  };
}

/** Every rule counts, also one without conditions. */
function countLeaves(condition: Condition): number {
  if ('field' in condition) return 1;
  return Math.max(
    1,
    membersOf(condition).reduce((sum, member) => sum + countLeaves(member), 0),
  );
}

const CHECKED = partsOf({ none: [{ field: 'level', compare: 'is', level: 'unchecked' }] }, true);

function whyDead(
  { rule: { id: rule, unchecked }, matching }: Analysed,
  before: readonly Analysed[],
): RuleRemark | undefined {
  if (isImpossible(matching)) return { rule, why: 'contradiction' };
  if (!unchecked && exclude(matching, CHECKED)) return { rule, why: 'unchecked-only' };
  // Where it matches, the other never fails to.
  const stopper = before.find((other) => other.rule.stop && exclude(matching, other.failing));
  return stopper && { rule, why: 'behind-stop', by: stopper.rule.id };
}

function overruledMoves({ rule, matching, target }: Analysed, before: readonly Analysed[]): readonly RuleRemark[] {
  if (target === undefined) return [];
  return before
    .filter(
      (other) =>
        other.target !== undefined && other.target !== target && !other.rule.stop && !exclude(matching, other.matching),
    )
    .map((other) => ({ rule: rule.id, why: 'move-overruled', by: other.rule.id }));
}

/** Account and folder a rule moves to. */
function targetOf({ actions }: Rule): string | undefined {
  const move = actions.find((action) => action.do === 'move');
  return move && JSON.stringify([move.account ?? '', move.folder]);
}
