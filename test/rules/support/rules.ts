/** Short ways to write rules in tests. */
import { parseRules } from '../../../src/rules/parse.ts';
import type { Condition, ConditionGroup, LeafCondition, Rule, RuleAction, RuleSet } from '../../../src/rules/types.ts';

let count = 0;

/** An enabled rule without stop that takes every message and does nothing, but for what is given. */
export function ruleOf(more: Partial<Rule> = {}): Rule {
  count++;
  return {
    id: `r${count}`,
    name: `rule ${count}`,
    enabled: true,
    conditions: { all: [] },
    actions: [],
    stop: false,
    unchecked: false,
    ...more,
  };
}

/** A rule that tags what satisfies all these conditions. */
export function tagging(tag: string, ...conditions: readonly Condition[]): Rule {
  return ruleOf({ conditions: { all: conditions }, actions: [{ do: 'tag', tag }] });
}

export function setOf(...rules: readonly Rule[]): RuleSet {
  return { version: 1, rules };
}

/** What parseRules makes of a rule file; throws where it is refused. */
export function parsed(json: unknown): RuleSet {
  const result = parseRules(json);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

export const TAG: RuleAction = { do: 'tag', tag: 'x' };

/** One well-formed condition of every kind. */
export const LEAVES: readonly LeafCondition[] = [
  { field: 'keyword', match: 'exact', value: 'org.example:ADV', by: 'declared' },
  { field: 'keyword', match: 'prefix', value: 'org.example', by: 'signed' },
  { field: 'keyword', match: 'glob', value: 'org.*:ADV', by: 'recorded' },
  { field: 'pass-key', value: 'org.example.me:key', coverage: 'either' },
  { field: 'subject-label', label: 'ADV:' },
  { field: 'subject-label', law: 'korea' },
  { field: 'level', compare: 'or-worse', level: 'caution' },
  { field: 'finding', id: 'subject-label' },
  { field: 'signature', domain: 'example.org', subdomains: true, relations: ['exact', 'domain'] },
  { field: 'author-domain', domain: 'example.org', subdomains: false },
  { field: 'practice', statement: 'dmarc-reject' },
  { field: 'observed', practice: 'always-signed' },
  { field: 'list', id: 'dev.lists.example.org', match: 'exact' },
  { field: 'server-result', method: 'dkim', result: 'pass', server: 'mx.example.net' },
  { field: 'account', account: 'account1' },
  { field: 'folder', folder: 'INBOX', subfolders: false },
];

export const GROUPS: readonly ConditionGroup[] = [{ all: LEAVES }, { any: LEAVES }, { none: LEAVES }];
