/**
 * Evaluates rules against a Report: which match, why, and what is to be done. Pure; carrying the actions out is the caller's.
 *
 * - Rules are taken in their order. One that matches and says `stop` ends it.
 * - Tags and marks of several rules add up. Of moves and of banners the first counts, and the others are shown as overruled.
 * - Where the level is `unchecked`, a rule that does not say it acts there is held back: it does nothing, and so that nothing is done
 *   in its place, its stop holds and no later rule moves what it would have moved.
 */
import { membersOf } from './group.ts';
import { findMatch } from './match.ts';
import type { Because, Condition, Rule, RuleAction, RuleSet, RuleSubject } from './types.ts';

export interface RuleEvaluation {
  readonly matched: readonly MatchedRule[];
  /** What is to be done, in order. */
  readonly actions: readonly PlannedAction[];
  readonly skipped: readonly SkippedRule[];
  readonly overruled: readonly OverruledAction[];
}

export interface MatchedRule {
  /** The rule's id. */
  readonly rule: string;
  readonly name: string;
  /** The conditions it rests on; empty for a rule that takes every message. */
  readonly because: readonly Because[];
}

export interface PlannedAction {
  readonly rule: string;
  readonly action: RuleAction;
}

/** A rule that was not evaluated, or would have matched but was held back. */
export type SkippedRule =
  | { readonly rule: string; readonly why: 'disabled' }
  | { readonly rule: string; readonly why: 'stopped'; readonly by: string }
  | { readonly rule: string; readonly why: 'unchecked'; readonly because: readonly Because[] };

export interface OverruledAction extends PlannedAction {
  /** `repeated`: the same tag or mark is already there. `decided`: a rule before this one chose the folder or the banner. */
  readonly why: 'repeated' | 'decided';
  readonly by: string;
}

export function evaluateRules({ rules }: RuleSet, subject: RuleSubject): RuleEvaluation {
  const matched: MatchedRule[] = [];
  const skipped: SkippedRule[] = [];
  const plan = createPlan();
  let stoppedBy: string | undefined;
  for (const rule of rules) {
    if (!rule.enabled) {
      skipped.push({ rule: rule.id, why: 'disabled' });
    } else if (stoppedBy !== undefined) {
      skipped.push({ rule: rule.id, why: 'stopped', by: stoppedBy });
    } else {
      const { holds, because } = evaluateCondition(rule.conditions, subject);
      if (!holds) continue;
      if (subject.report.level === 'unchecked' && !rule.unchecked) {
        skipped.push({ rule: rule.id, why: 'unchecked', because });
        plan.reserve(rule);
      } else {
        matched.push({ rule: rule.id, name: rule.name, because });
        plan.add(rule);
      }
      if (rule.stop) stoppedBy = rule.id;
    }
  }
  return { matched, actions: plan.actions, skipped, overruled: plan.overruled };
}

export interface ConditionResult {
  readonly holds: boolean;
  /** Why it holds, or why it does not. */
  readonly because: readonly Because[];
}

/** Evaluates a condition or a group of them. Useful by itself to show why a rule does not match. */
export function evaluateCondition(condition: Condition, subject: RuleSubject): ConditionResult {
  if ('field' in condition) {
    const match = findMatch(condition, subject);
    const holds = match.found.length > 0;
    return { holds, because: [{ condition, holds, ...match }] };
  }
  const results = membersOf(condition).map((member) => evaluateCondition(member, subject));
  const holding = results.filter(({ holds }) => holds);
  const failing = results.filter(({ holds }) => !holds);
  if ('all' in condition) return conclude(failing.length === 0, holding, failing);
  if ('any' in condition) return conclude(holding.length > 0, holding, failing);
  return conclude(holding.length === 0, failing, holding);
}

function conclude(
  holds: boolean,
  forIt: readonly ConditionResult[],
  againstIt: readonly ConditionResult[],
): ConditionResult {
  return { holds, because: (holds ? forIt : againstIt).flatMap(({ because }) => because) };
}

function createPlan() {
  const actions: PlannedAction[] = [];
  const overruled: OverruledAction[] = [];
  /** What can be decided once, and the rule that decided it. */
  const decided = new Map<string, string>();
  return {
    actions,
    overruled,
    add({ id: rule, actions: wanted }: Rule): void {
      for (const action of wanted) {
        const subject = subjectOf(action);
        const by = decided.get(subject);
        if (by === undefined) {
          decided.set(subject, rule);
          actions.push({ rule, action });
        } else {
          overruled.push({ rule, action, why: isExclusive(action) ? 'decided' : 'repeated', by });
        }
      }
    },
    /** Keeps for a rule that was held back what only one rule can decide. */
    reserve({ id, actions: wanted }: Rule): void {
      for (const action of wanted.filter(isExclusive)) {
        if (!decided.has(subjectOf(action))) decided.set(subjectOf(action), id);
      }
    },
  };
}

function isExclusive({ do: kind }: RuleAction): boolean {
  return kind === 'move' || kind === 'banner';
}

/** What an action decides: actions with the same subject cannot both take effect. */
function subjectOf(action: RuleAction): string {
  switch (action.do) {
    case 'tag':
      return `tag ${action.tag}`;
    case 'mark':
      return `mark ${action.as}`;
    case 'move':
    case 'notify':
    case 'banner':
      return action.do;
  }
}
