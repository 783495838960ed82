/** Points out rules that can never act, and rules that get in each other's way. Advice for the reader: nothing is changed by it. */
import { LIMITS } from '../limits.ts';
import { isImpossible } from './logic.ts';
import type { LeafCondition, Rule, RuleSet } from './types.ts';

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
  | 'move-overruled';

export interface RuleRemark {
  /** The rule's id. */
  readonly rule: string;
  readonly why: RuleRemarkWhy;
  /** The id of the other rule. */
  readonly by?: string;
}

/** Remarks on the enabled rules, in their order; at most `LIMITS.ruleRemarks`. */
export function analyseRules({ rules }: RuleSet): readonly RuleRemark[] {
  const enabled = rules.filter((rule) => rule.enabled);
  const remarks: RuleRemark[] = [];
  for (const [index, rule] of enabled.entries()) {
    if (remarks.length >= LIMITS.ruleRemarks) break;
    const before = enabled.slice(0, index);
    const dead = whyDead(rule, before);
    remarks.push(...(dead ? [dead] : overruledMoves(rule, before)));
    if (rule.actions.length === 0 && !rule.stop) remarks.push({ rule: rule.id, why: 'no-effect' });
  }
  return remarks.slice(0, LIMITS.ruleRemarks);
}

const UNCHECKED: LeafCondition = { field: 'level', compare: 'is', level: 'unchecked' };

function whyDead({ id: rule, conditions, unchecked }: Rule, before: readonly Rule[]): RuleRemark | undefined {
  if (isImpossible(conditions, true)) return { rule, why: 'contradiction' };
  if (!unchecked && isImpossible(conditions, true, [{ leaf: UNCHECKED, holds: false }])) {
    return { rule, why: 'unchecked-only' };
  }
  const stopper = before.find(
    (other) => other.stop && isImpossible({ all: [conditions, { none: [other.conditions] }] }, true),
  );
  return stopper && { rule, why: 'behind-stop', by: stopper.id };
}

function overruledMoves(rule: Rule, before: readonly Rule[]): readonly RuleRemark[] {
  const target = targetOf(rule);
  if (target === undefined) return [];
  return before
    .filter((other) => {
      const first = targetOf(other);
      return (
        first !== undefined &&
        first !== target &&
        !other.stop &&
        !isImpossible({ all: [other.conditions, rule.conditions] }, true)
      );
    })
    .map(({ id }) => ({ rule: rule.id, why: 'move-overruled', by: id }));
}

/** Account and folder a rule moves to. */
function targetOf({ actions }: Rule): string | undefined {
  const move = actions.find((action) => action.do === 'move');
  return move && JSON.stringify([move.account ?? '', move.folder]);
}
