/** What is left out of an export, why, and what has to stay out with it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryRules, type Carrier } from '../../src/rules/carry.ts';
import { sieveCondition } from '../../src/rules/sieve-conditions.ts';
import { toSieve } from '../../src/rules/sieve.ts';
import type { Condition, Rule, RuleSet } from '../../src/rules/types.ts';
import { anyRuleSet } from './support/arbitrary.ts';
import { ruleOf, setOf, TAG, tagging } from './support/rules.ts';

const KEYWORD = { field: 'keyword', match: 'exact', value: 'a.b', by: 'declared' } as const;
const LEVEL = { field: 'level', compare: 'is', level: 'warning' } as const;
const account = (name: string) => ({ field: 'account', account: name }) as const;
const folder = (name: string) => ({ field: 'folder', folder: name, subfolders: false }) as const;
const move = (to: string, other?: string) =>
  ({ do: 'move', folder: to, ...(other === undefined ? {} : { account: other }) }) as const;

/** Carries everything it is given, as it is. */
function carrier(name?: string): Carrier<Condition | null> {
  return { account: name, condition: (value) => ({ ok: true, value }), refuseMove: () => undefined };
}

function carriedConditions(rule: Rule, name?: string): readonly (Condition | null)[] {
  return carryRules(setOf(rule), carrier(name)).carried.map(({ condition }) => condition);
}

describe('what is known as mail arrives', () => {
  it.each<[string, Condition, readonly (Condition | null)[]]>([
    ['this account is every message', account('here'), [null]],
    ['another account is none', account('there'), []],
    ['the inbox is every message', folder('inbox'), [null]],
    ['another folder is none', folder('Junk'), []],
    ['not in another folder is every message', { none: [folder('Junk')] }, [null]],
    ['not in the inbox is none', { none: [folder('INBOX'), KEYWORD] }, []],
    ['what is left stays in its group', { all: [folder('INBOX'), KEYWORD] }, [{ all: [{ all: [KEYWORD] }] }]],
    ['an alternative that never holds goes away', { any: [folder('Junk'), KEYWORD] }, [{ all: [{ any: [KEYWORD] }] }]],
    ['an alternative that always holds decides', { any: [account('here'), KEYWORD] }, [null]],
    ['two negations', { none: [{ none: [account('here')] }] }, [null]],
  ])('%s', (_name, condition, expected) => {
    expect(carriedConditions(tagging('x', condition), 'here')).toEqual(expected);
  });

  it('leaves the account open where it was not named', () => {
    expect(carriedConditions(tagging('x', account('here')))).toEqual([{ all: [account('here')] }]);
  });
});

describe('rules that stay behind', () => {
  const left = (rules: RuleSet) =>
    toSieve(rules).left.map(({ rule, why, by, action, field }) => ({ rule, why, by, action, field }));
  const plain = { by: undefined, action: undefined, field: undefined };

  it('are named with the condition in the way', () => {
    const rules = setOf(ruleOf({ id: 'a', name: 'Mine', conditions: { any: [KEYWORD, LEVEL] }, actions: [TAG] }));
    expect(toSieve(rules).left).toEqual([{ rule: 'a', name: 'Mine', why: 'needs-check', field: 'level' }]);
  });

  it('take what is behind their stop with them', () => {
    const stop = ruleOf({ id: 'a', conditions: { all: [LEVEL] }, stop: true });
    expect(left(setOf({ ...tagging('z', KEYWORD), id: 'z' }, stop, { ...tagging('b', KEYWORD), id: 'b' }))).toEqual([
      { ...plain, rule: 'a', why: 'needs-check', field: 'level' },
      { ...plain, rule: 'b', why: 'behind-stop', by: 'a' },
    ]);
  });

  it('take the moves behind their move with them, and nothing else', () => {
    const mover = ruleOf({ id: 'a', conditions: { all: [LEVEL] }, actions: [move('A')] });
    const next = ruleOf({ id: 'b', conditions: { all: [KEYWORD] }, actions: [TAG, move('B')] });
    const result = toSieve(setOf(mover, next));
    expect(left(setOf(mover, next))).toEqual([
      { ...plain, rule: 'a', why: 'needs-check', field: 'level' },
      { ...plain, rule: 'b', why: 'behind-move', by: 'a', action: 'move' },
    ]);
    expect(result.script).toContain('addflag "x"');
    expect(result.script).not.toContain('fileinto');
  });

  it('do not hold others up where they cannot act anyway', () => {
    const elsewhere = ruleOf({ id: 'a', conditions: { all: [folder('Junk'), LEVEL] }, stop: true });
    const off = ruleOf({ id: 'b', conditions: { all: [LEVEL] }, stop: true, enabled: false });
    expect(left(setOf(elsewhere, off, tagging('c', KEYWORD))).map(({ why }) => why)).toEqual(['elsewhere', 'disabled']);
  });

  it('leave single actions behind, and the rest is carried', () => {
    const rule = ruleOf({
      id: 'a',
      actions: [{ do: 'notify' }, TAG, { do: 'banner', show: 'none' }, move('A', 'other')],
    });
    expect(left(setOf(rule)).map(({ why, action }) => [why, action])).toEqual([
      ['local-action', 'notify'],
      ['local-action', 'banner'],
      ['other-account', 'move'],
    ]);
    expect(toSieve(setOf(rule)).script).toContain('addflag "x"');
  });

  it('carry a move to the account the export is for', () => {
    expect(toSieve(setOf(ruleOf({ actions: [move('A', 'here')] })), { account: 'here' }).left).toEqual([]);
  });

  it('never let a later rule act in their place', () => {
    fc.assert(
      fc.property(anyRuleSet, ({ rules }) => {
        const { carried, left: behind } = carryRules(
          { version: 1, rules },
          { account: undefined, condition: sieveCondition, refuseMove: () => undefined },
        );
        const wholly = behind.filter(
          ({ action, why }) => action === undefined && why !== 'disabled' && why !== 'elsewhere',
        );
        const place = (id: string) => rules.findIndex((rule) => rule.id === id);
        for (const { rule: id } of wholly) {
          const rule = rules[place(id)];
          const later = carried.filter((one) => place(one.rule.id) > place(id));
          if (rule?.stop === true) expect(later).toEqual([]);
          if (rule?.actions.some((action) => action.do === 'move') === true) {
            expect(later.flatMap(({ actions }) => actions).filter((action) => action.do === 'move')).toEqual([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are the only ones missing: every rule is carried, or named', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        const { carried, left: behind } = carryRules(rules, carrier('account1'));
        const named = new Set([...carried.map(({ rule }) => rule.id), ...behind.map(({ rule }) => rule)]);
        const silent = rules.rules.filter(({ id }) => !named.has(id));
        expect(silent.filter(({ actions, stop }) => actions.length > 0 || stop)).toEqual([]);
      }),
    );
  });
});

describe('rules that are not well formed', () => {
  it('are a programming error: nothing is exported from them', () => {
    const rules = setOf(ruleOf({ actions: [{ do: 'tag', tag: '\\Deleted' }] }));
    expect(() => toSieve(rules)).toThrow(new TypeError('not a valid rule set: /rules/0/actions/0/tag malformed'));
  });
});
