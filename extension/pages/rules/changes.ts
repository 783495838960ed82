/** Changes to a list of rules. Each gives a new list and leaves the old one as it is, so that every change can be undone. */
import { RULES_VERSION, type Rule, type RuleSet } from '../../../src/rules/types.ts';

export function withRules(rules: readonly Rule[]): RuleSet {
  return { version: RULES_VERSION, rules };
}

export const NO_RULES = withRules([]);

/** Puts a rule in the place of the one with its id, or at the end where there is none. */
export function putRule({ rules }: RuleSet, rule: Rule): RuleSet {
  const known = rules.some(({ id }) => id === rule.id);
  return withRules(known ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule]);
}

export function removeRule({ rules }: RuleSet, id: string): RuleSet {
  return withRules(rules.filter((rule) => rule.id !== id));
}

export function enableRule({ rules }: RuleSet, id: string, enabled: boolean): RuleSet {
  return withRules(rules.map((rule) => (rule.id === id ? { ...rule, enabled } : rule)));
}

/** Puts a copy behind the rule it is of. */
export function duplicateRule({ rules }: RuleSet, id: string, copy: Pick<Rule, 'id' | 'name'>): RuleSet {
  return withRules(rules.flatMap((rule) => (rule.id === id ? [rule, { ...rule, ...copy }] : [rule])));
}

/** Moves a rule to a place in the list, counted from 0; places beyond an end are that end. */
export function moveRule(set: RuleSet, id: string, place: number): RuleSet {
  const rule = set.rules.find((one) => one.id === id);
  if (rule === undefined) return set;
  return withRules(removeRule(set, id).rules.toSpliced(Math.max(0, place), 0, rule));
}

export function placeOf({ rules }: RuleSet, id: string): number {
  return rules.findIndex((rule) => rule.id === id);
}

/** Adds rules of a file behind those there are; one whose id is taken gets another. */
export function appendRules({ rules }: RuleSet, added: RuleSet, newId: () => string): RuleSet {
  const taken = new Set(rules.map(({ id }) => id));
  return withRules([...rules, ...added.rules.map((rule) => (taken.has(rule.id) ? { ...rule, id: newId() } : rule))]);
}
