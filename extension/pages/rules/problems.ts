/** What is wrong with a rule, and at which input. */
import { parseRules } from '../../../src/rules/parse.ts';
import type { RuleProblem } from '../../../src/rules/reader.ts';
import type { Rule } from '../../../src/rules/types.ts';
import { withRules } from './changes.ts';

/** The first problem at each place of a rule; places are JSON Pointers within the rule, `/actions/0/tag`. */
export type Problems = ReadonlyMap<string, RuleProblem>;

const RULE = '/rules/0';

/** A rule as it would be stored, or what is wrong with it. */
export function checkRule(
  rule: Rule,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problems: Problems } {
  const parsed = parseRules(withRules([rule]));
  if (parsed.ok) return { ok: true, rule: parsed.value.rules[0] ?? rule };
  const problems = new Map<string, RuleProblem>();
  for (const problem of parsed.problems) {
    const place = problem.path.slice(RULE.length);
    if (!problems.has(place)) problems.set(place, problem);
  }
  return { ok: false, problems };
}
