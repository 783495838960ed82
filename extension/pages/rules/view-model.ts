/** The reader's rules as rows of words: what each asks for, what it does, and what is odd about it. Computed without a browser. */
import type { RuleRemark } from '../../../src/rules/analyse.ts';
import type { Rule, RuleSet } from '../../../src/rules/types.ts';
import { keyOf, type Translate } from '../../ui/words.ts';
import { actionText } from '../../ui/action-words.ts';
import { groupText, type Accounts } from '../../ui/condition-words.ts';

export interface RuleView {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly conditions: string;
  readonly actions: string;
  /** Conflicts, and why it can never act. */
  readonly remarks: readonly string[];
}

/** @param remarks what `analyseRules` says of the rules */
export function viewRules(
  rules: RuleSet,
  remarks: readonly RuleRemark[],
  accounts: Accounts,
  t: Translate,
): readonly RuleView[] {
  const nameOf = (id: string): string => rules.rules.find((rule) => rule.id === id)?.name ?? id;
  return rules.rules.map((rule) => ({
    id: rule.id,
    name: rule.name,
    enabled: rule.enabled,
    conditions: groupText(rule.conditions, accounts, t),
    actions: actionsText(rule, accounts, t),
    remarks: remarks.filter((remark) => remark.rule === rule.id).map((remark) => remarkText(remark, nameOf, t)),
  }));
}

function actionsText({ actions, stop, unchecked }: Rule, accounts: Accounts, t: Translate): string {
  const done = actions.map((action) => actionText(action, accounts, t));
  if (stop) done.push(t('rules_then_stop'));
  const text = done.length === 0 ? t('rules_then_nothing') : done.join(', ');
  return unchecked ? `${text} (${t('rules_then_unchecked')})` : text;
}

function remarkText({ why, by }: RuleRemark, nameOf: (id: string) => string, t: Translate): string {
  const key = keyOf('rules_remark', why);
  return by === undefined ? t(key) : t(key, { name: nameOf(by) });
}
