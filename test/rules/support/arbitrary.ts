/** Well-formed rules of every kind, with every text as hostile as a rule file may hold it. */
import fc from 'fast-check';
import { FINDING_IDS } from '../../../src/assessment/table.ts';
import { LEVELS } from '../../../src/assessment/types.ts';
import { isFolder, isWritable } from '../../../src/rules/text.ts';
import type { Condition, ConditionGroup, LeafCondition, Rule, RuleAction, RuleSet } from '../../../src/rules/types.ts';
import { OBSERVED_PRACTICES, PRACTICE_STATEMENTS, RELATIONS, SUBJECT_LABEL_LAWS } from '../../../src/rules/words.ts';

/** Characters with a meaning in Sieve, regular expressions, filter files or variables. */
const HOSTILE = [
  '"',
  '\\',
  '${a}',
  '${hex:22}',
  '#',
  '/*',
  '*/',
  ';',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '\\"',
  ',',
  '*',
  '?',
  '.\r\n',
  '€',
  '𝄞',
  ' ',
  'stop;',
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 5 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join('').slice(0, 500))
  .filter((text) => text !== '');
const line = hostileText
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ''))
  .filter((text) => text !== '' && isWritable(text));
const folder = fc
  .array(
    line.map((name) => name.replaceAll('/', '').slice(0, 40)),
    { minLength: 1, maxLength: 3 },
  )
  .map((names) => names.join('/'))
  .filter(isFolder);
const tag = fc.stringMatching(/^[a-z0-9$_.:+&#@!=~-]{1,20}$/);
const keyword = fc.oneof(
  fc.constantFrom('org.example:ADV', 'A'),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9.\-_:]{0,30}$/),
);
const pattern = fc.oneof(fc.constantFrom('*', 'org.example:*'), fc.stringMatching(/^[a-z*][a-z*:.]{0,5}$/));
const domain = fc.constantFrom('example.com', 'mail.example.com', 'xn--bcher-kva.example', '_x.example');
const by = fc.constantFrom('declared' as const, 'signed' as const, 'recorded' as const);
const listId = line
  .map((text) => text.replace(/[\s<>"\\]/gu, '').replace(/^mailto:/i, ''))
  .filter((id) => id !== '' && !/^mailto:/i.test(id));
const field = <const F extends string>(name: F) => fc.constant(name);

export const anyLeaf: fc.Arbitrary<LeafCondition> = fc.oneof(
  fc.record({
    field: field('keyword'),
    match: fc.constantFrom('exact' as const, 'prefix' as const),
    value: keyword,
    by,
  }),
  fc.record({ field: field('keyword'), match: fc.constant('glob' as const), value: pattern, by }),
  fc.record({
    field: field('pass-key'),
    value: keyword,
    coverage: fc.constantFrom('signed' as const, 'unsigned' as const, 'either' as const),
  }),
  fc.record(
    {
      field: field('subject-label'),
      label: fc.oneof(fc.constantFrom('ADV:', '(광고)'), line),
      law: fc.constantFrom(...SUBJECT_LABEL_LAWS),
    },
    { requiredKeys: ['field'] },
  ),
  fc.record({
    field: field('level'),
    compare: fc.constantFrom('is' as const, 'or-better' as const, 'or-worse' as const),
    level: fc.constantFrom(...LEVELS),
  }),
  fc.record({ field: field('finding'), id: fc.constantFrom(...FINDING_IDS) }),
  fc.record(
    {
      field: field('signature'),
      domain,
      subdomains: fc.boolean(),
      relations: fc.uniqueArray(fc.constantFrom(...RELATIONS), { minLength: 1 }),
    },
    { requiredKeys: ['field', 'subdomains'] },
  ),
  fc.record({ field: field('author-domain'), domain, subdomains: fc.boolean() }),
  fc.record({ field: field('practice'), statement: fc.constantFrom(...PRACTICE_STATEMENTS) }),
  fc.record({
    field: field('list'),
    id: fc.oneof(fc.constant('dev.lists.example.org'), listId),
    match: fc.constantFrom('exact' as const, 'namespace' as const),
  }),
  fc.record({ field: field('observed'), practice: fc.constantFrom(...OBSERVED_PRACTICES) }),
  fc.record(
    {
      field: field('server-result'),
      method: fc.constantFrom('dkim', 'spf'),
      result: fc.constantFrom('pass', 'fail'),
      server: line,
    },
    { requiredKeys: ['field', 'method', 'result'] },
  ),
  fc.record({ field: field('account'), account: fc.oneof(fc.constantFrom('account1', 'account2'), line) }),
  fc.record({
    field: field('folder'),
    folder: fc.oneof(fc.constantFrom('INBOX', 'Junk', 'Junk/x'), folder),
    subfolders: fc.boolean(),
  }),
);

function groupOf(condition: fc.Arbitrary<Condition>, least: number): fc.Arbitrary<ConditionGroup> {
  const some = fc.array(condition, { minLength: 1, maxLength: 4 });
  return fc.oneof(
    fc.record({ all: fc.array(condition, { minLength: least, maxLength: 4 }) }),
    fc.record({ any: some }),
    fc.record({ none: some }),
  );
}

/** Groups up to three deep. */
export const anyGroup: fc.Arbitrary<ConditionGroup> = groupOf(
  fc.oneof({ weight: 3, arbitrary: anyLeaf }, groupOf(fc.oneof(anyLeaf, groupOf(anyLeaf, 1)), 1)),
  0,
);

export const anyAction: fc.Arbitrary<RuleAction> = fc.oneof(
  fc.record({ do: field('tag'), tag }),
  fc.record(
    {
      do: field('move'),
      folder: fc.oneof(fc.constantFrom('INBOX', 'A', 'B/c'), folder),
      account: fc.constantFrom('account1', 'account2'),
    },
    { requiredKeys: ['do', 'folder'] },
  ),
  fc.record({ do: field('mark'), as: fc.constantFrom('read' as const, 'starred' as const, 'junk' as const) }),
  fc.record({ do: field('notify') }),
  fc.record(
    {
      do: field('banner'),
      show: fc.constantFrom('note' as const, 'caution' as const, 'warning' as const, 'none' as const),
      text: line,
    },
    { requiredKeys: ['do', 'show'] },
  ),
);

/** One move and one banner at most. */
const anyActions = fc.array(anyAction, { maxLength: 4 }).map((actions) => {
  const first = (kind: string) => actions.findIndex((action) => action.do === kind);
  return actions.filter(({ do: kind }, index) => (kind !== 'move' && kind !== 'banner') || index === first(kind));
});

const anyRule: fc.Arbitrary<Omit<Rule, 'id'>> = fc.record({
  name: hostileText,
  enabled: fc.constantFrom(true, true, true, false),
  conditions: anyGroup,
  actions: anyActions,
  stop: fc.boolean(),
  unchecked: fc.boolean(),
});

export const anyRuleSet: fc.Arbitrary<RuleSet> = fc
  .array(anyRule, { maxLength: 6 })
  .map((rules) => ({ version: 1, rules: rules.map((rule, index) => ({ id: `r${index}`, ...rule })) }));
