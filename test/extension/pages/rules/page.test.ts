/** What the page of rules tells: summaries, remarks, problems at their places, proposals, and what is not exported in an export. */
import { describe, expect, it, vi } from 'vitest';
import { analyseRules } from '../../../../src/rules/analyse.ts';
import { parseRules } from '../../../../src/rules/parse.ts';
import { proposeConditions } from '../../../../src/rules/propose.ts';
import { toSieve } from '../../../../src/rules/sieve.ts';
import type { Rule, RuleSet } from '../../../../src/rules/types.ts';
import { reportOf } from '../../../rules/support/subject.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../../e2e/support/catalogue.ts');
const { viewRules } = await import('../../../../extension/pages/rules/view-model.ts');
const { checkRule } = await import('../../../../extension/pages/rules/problems.ts');
const { fileProblems, problemText } = await import('../../../../extension/ui/file-problems.ts');
const { conditionsOf, nameFor, viewProposal } = await import('../../../../extension/pages/rules/proposals.ts');
const { viewLeft } = await import('../../../../extension/pages/rules/exports.ts');
const { newCondition, newAction, newRule, FIELD_GROUPS, ACTION_KINDS } =
  await import('../../../../extension/pages/rules/drafts.ts');
const { levelRules, warningRule } = await import('../../../../extension/pages/rules/starters.ts');
const { withRules } = await import('../../../../extension/pages/rules/changes.ts');

const t = wordsOf(readCatalogue('en'));
const WARNING = { field: 'level', compare: 'is', level: 'warning' } as const;

function rule(id: string, part: Partial<Rule> = {}): Rule {
  return newRule(id, {
    name: `Rule ${id}`,
    conditions: { all: [WARNING] },
    actions: [{ do: 'tag', tag: 'x' }],
    ...part,
  });
}

const viewSet = (rules: RuleSet) => viewRules(rules, analyseRules(rules), [], t);
const view = (...rules: readonly Rule[]) => viewSet(withRules(rules));

describe('a rule in the list', () => {
  it('says what it asks for and what it does', () => {
    const [shown] = view(
      rule('a', { actions: [{ do: 'tag', tag: 'x' }, { do: 'notify' }], stop: true, unchecked: true }),
    );
    expect(shown).toMatchObject({
      conditions: 'level is "Warning"',
      actions: "tag it x, notify me, run no further rules (even if it couldn't be checked)",
      remarks: [],
    });
  });

  it('says why it can never act', () => {
    const never = { all: [WARNING, { ...WARNING, level: 'verified' }] } as const;
    expect(view(rule('a', { conditions: never }))[0]?.remarks).toEqual([t('rules_remark_contradiction')]);
    expect(view(rule('a', { actions: [] }))[0]).toMatchObject({
      actions: 'nothing',
      remarks: [t('rules_remark_no_effect')],
    });
    expect(view(rule('a', { stop: true }), rule('b'))[1]?.remarks).toEqual([
      t('rules_remark_behind_stop', { name: 'Rule a' }),
    ]);
  });

  it('says whose move counts before its own', () => {
    const moving = (folder: string) => ({ actions: [{ do: 'move', folder } as const] });
    expect(view(rule('a', moving('A')), rule('b', moving('B')))[1]?.remarks).toEqual([
      'If "Rule a" matches as well, messages are moved by it, not by this rule.',
    ]);
  });
});

describe('a rule in the editor', () => {
  it.each(Object.values(FIELD_GROUPS).flat())('may begin with a condition of kind %s', (field) => {
    const checked = checkRule(rule('a', { conditions: { all: [newCondition(field)] } }));
    const places = checked.ok ? [] : [...checked.problems.keys()];
    // Texts that are still to be filled in are told at their own inputs.
    expect(places.filter((place) => !/^\/conditions\/all\/0\/\w+$/.test(place))).toEqual([]);
  });

  it.each(ACTION_KINDS)('may begin with an action of kind %s', (kind) => {
    const checked = checkRule(rule('a', { actions: [newAction(kind)] }));
    const places = checked.ok ? [] : [...checked.problems.keys()];
    expect(places.filter((place) => !/^\/actions\/0\/\w+$/.test(place))).toEqual([]);
  });

  it('tells every problem at its place', () => {
    const wrong = rule('a', {
      name: '',
      conditions: { all: [WARNING, { any: [{ field: 'author-domain', domain: 'not a domain', subdomains: false }] }] },
      actions: [
        { do: 'move', folder: 'A/B' },
        { do: 'move', folder: 'C' },
      ],
    });
    const checked = checkRule(wrong);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect([...checked.problems].map(([place, { why }]) => [place, why]).sort()).toEqual([
      ['/actions/1', 'repeated'],
      ['/conditions/all/1/any/0/domain', 'malformed'],
      ['/name', 'empty'],
    ]);
  });

  it('is stored in the one form rules have', () => {
    const typed = rule('a', {
      conditions: { all: [{ field: 'author-domain', domain: 'BÜCHER.example', subdomains: false }] },
    });
    expect(checkRule(typed)).toMatchObject({
      ok: true,
      rule: { conditions: { all: [{ domain: 'xn--bcher-kva.example' }] } },
    });
  });
});

describe('a broken file', () => {
  it('is told with the rule, the place and what would have been right', () => {
    const parsed = parseRules({
      version: 1,
      rules: [
        { id: 'a', name: 'A', conditions: { all: [] } },
        { id: 'b', name: 'B', conditions: { all: [{ field: 'level', level: 'fine' }] }, oops: 1 },
      ],
    });
    if (parsed.ok) throw new Error('the file is not broken');
    const problems = fileProblems(parsed.problems, t);
    expect(problems.map(({ rule: number, path }) => [number, path])).toEqual(
      expect.arrayContaining([
        ['Rule 2', '/rules/1/conditions/all/0/level'],
        ['Rule 2', '/rules/1/oops'],
      ]),
    );
    const level = problems.find(({ path }) => path.endsWith('/level'));
    expect(level?.text).toContain('verified, signed, unsigned, unchecked, caution, warning');
  });

  it('is told as a whole where nothing of it can be read', () => {
    const parsed = parseRules('{');
    if (parsed.ok) throw new Error('the file is not broken');
    expect(fileProblems(parsed.problems, t)).toEqual([
      { rule: '', path: '', text: "This isn't JSON. Choose a file that was exported here." },
    ]);
    expect(problemText({ path: '', why: 'empty' }, t)).toBe('Fill this in.');
  });
});

describe('rules to begin with', () => {
  it('are such as a file may hold', () => {
    let next = 0;
    const starters: RuleSet = withRules([...levelRules(() => `r${next++}`, t).rules, warningRule('w', t)]);
    expect(parseRules(starters)).toEqual({ ok: true, value: starters });
    expect(viewSet(starters).flatMap(({ remarks }) => remarks)).toEqual([]);
  });
});

describe('proposals', () => {
  it('say what proves them, or that nothing does, and give the rule its name', async () => {
    const proposals = proposeConditions(
      await reportOf('From: Ann <ann@a.example>', 'List-Id: <dev.lists.example.org>'),
    );
    const [author, list] = proposals;
    if (author === undefined || list === undefined) throw new Error('nothing was proposed');
    expect(viewProposal(author, t)).toEqual({
      text: 'From is an address at a.example',
      remark: 'Only a claim: anyone can write a message that says this.',
    });
    expect(nameFor([list, author], t)).toBe('dev.lists.example.org');
    expect(nameFor([author], t)).toBe('a.example');
    expect(nameFor([], t)).toBe('');
  });

  it('become conditions of which each is asked once', () => {
    const signature = { field: 'signature', domain: 'a.example', subdomains: false } as const;
    const author = { field: 'author-domain', domain: 'a.example', subdomains: false } as const;
    const basis = { basis: 'signed', chosen: true } as const;
    const both = conditionsOf([
      { kind: 'author', conditions: [author, signature], ...basis },
      { kind: 'signer', conditions: [signature], ...basis },
    ]);
    expect(both).toEqual({ all: [author, signature] });
  });
});

describe('an export', () => {
  it('says of each rule that stays behind what stands in the way', () => {
    const rules = withRules([
      rule('a', { stop: true }),
      rule('b', { conditions: { all: [] } }),
      rule('c', { enabled: false }),
    ]);
    expect(viewLeft(toSieve(rules).left, rules, t)).toEqual([
      { name: 'Rule a', part: 'Level', text: 'This needs a check on your own computer.' },
      { name: 'Rule b', part: '', text: t('rules_left_behind_stop', { name: 'Rule a' }) },
      { name: 'Rule c', part: '', text: 'The rule is off.' },
    ]);
  });
});
