import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { analyseRules } from '../../src/rules/analyse.ts';
import { evaluateCondition, evaluateRules } from '../../src/rules/evaluate.ts';
import { implies, isImpossible, partsOf } from '../../src/rules/logic.ts';
import { findMatch } from '../../src/rules/match.ts';
import type { Condition, LeafCondition, Rule, RuleSubject } from '../../src/rules/types.ts';
import { anyGroup, anyLeaf, anyRuleSet } from './support/arbitrary.ts';
import { sampleMessages } from './support/messages.ts';
import { LEAVES, ruleOf, setOf, TAG } from './support/rules.ts';
import { reportOfBytes } from './support/subject.ts';

const keyword = (value: string, more: object = {}) =>
  ({ field: 'keyword', match: 'exact', value, by: 'declared', ...more }) as LeafCondition;
const level = (
  compare: 'is' | 'or-better' | 'or-worse',
  name: 'verified' | 'signed' | 'unchecked' | 'caution' | 'warning',
) => ({ field: 'level', compare, level: name }) as const;
const author = (domain: string, subdomains = false) => ({ field: 'author-domain', domain, subdomains }) as const;
const folder = (name: string, subfolders = false) => ({ field: 'folder', folder: name, subfolders }) as const;
const key = (coverage: 'signed' | 'unsigned' | 'either', value = 'org.x:k') =>
  ({ field: 'pass-key', value, coverage }) as const;

describe('conditions that contradict each other', () => {
  it.each<[string, Condition, boolean]>([
    ['two levels', { all: [level('is', 'verified'), level('is', 'warning')] }, true],
    ['levels that leave nothing', { all: [level('or-worse', 'caution'), level('or-better', 'signed')] }, true],
    ['levels that leave one', { all: [level('or-worse', 'caution'), level('or-better', 'caution')] }, false],
    ['a level and its opposite', { all: [level('is', 'caution'), { none: [level('or-worse', 'caution')] }] }, true],
    ['all levels ruled out', { none: [level('or-better', 'signed'), level('or-worse', 'caution')] }, false],
    ['really all levels ruled out', { none: [level('or-better', 'caution'), level('is', 'warning')] }, true],
    [
      'two accounts',
      {
        all: [
          { field: 'account', account: 'a' },
          { field: 'account', account: 'b' },
        ],
      },
      true,
    ],
    [
      'two habits of a domain',
      {
        all: [
          { field: 'observed', practice: 'always-signed' },
          { field: 'observed', practice: 'new-domain' },
        ],
      },
      true,
    ],
    ['two folders', { all: [folder('A'), folder('B')] }, true],
    ['a folder and one below it', { all: [folder('A', true), folder('A/b')] }, false],
    ['a keyword that is there and not', { all: [keyword('a.b'), { none: [keyword('A.B')] }] }, true],
    [
      'a keyword of a pattern that is ruled out',
      { all: [keyword('a:b'), { none: [keyword('a:*', { match: 'glob' })] }] },
      true,
    ],
    ['the other way round', { all: [keyword('a:*', { match: 'glob' }), { none: [keyword('a:b')] }] }, false],
    ['a signed keyword without the keyword', { all: [keyword('a', { by: 'signed' }), { none: [keyword('a')] }] }, true],
    [
      'a declared keyword that is not signed',
      { all: [keyword('a'), { none: [keyword('a', { by: 'signed' })] }] },
      false,
    ],
    [
      'a declared keyword that no server recorded',
      { all: [keyword('a'), { none: [keyword('a', { by: 'recorded' })] }] },
      false,
    ],
    ['a pass key signed and unsigned', { all: [key('signed'), key('unsigned')] }, true],
    ['a pass key that is no keyword', { all: [key('either'), { none: [keyword('org.x:k')] }] }, true],
    ['two authors', { all: [author('a.example'), author('b.example')] }, false],
    [
      'an author of a domain that is ruled out',
      { all: [author('a.b.example'), { none: [author('b.example', true)] }] },
      true,
    ],
    [
      'alternatives that all fail',
      { all: [level('is', 'verified'), { any: [level('is', 'warning'), level('is', 'caution')] }] },
      true,
    ],
    [
      'alternatives of which one is left',
      { all: [level('is', 'verified'), { any: [level('is', 'warning'), author('a.example')] }] },
      false,
    ],
    ['everything', { all: [] }, false],
    ['nothing', { none: [{ none: [author('a.example')] }, author('a.example')] }, true],
  ])('%s', (_name, condition, expected) => {
    expect(isImpossible(partsOf(condition, true))).toBe(expected);
  });

  it('are never seen to hold together on real messages', async () => {
    const subjects = await sampleSubjects();
    const impossible = fc
      .sample(anyGroup, { numRuns: 3000, seed: 1 })
      .filter((group) => isImpossible(partsOf(group, true)));
    expect(impossible.length).toBeGreaterThan(50);
    const held = impossible.filter((group) => subjects.some((subject) => evaluateCondition(group, subject).holds));
    expect(held).toEqual([]);
  });
});

describe('implies', () => {
  it.each(LEAVES)('knows that a condition follows from itself', (leaf) => {
    expect(implies(leaf, leaf)).toBe(true);
  });

  it('knows nothing that real messages disprove', async () => {
    const subjects = await sampleSubjects();
    const leaves = fc.sample(anyLeaf, { numRuns: 400, seed: 2 }).map((leaf) => ({
      leaf,
      on: subjects.map((subject) => findMatch(leaf, subject).found.length > 0),
    }));
    const pairs = leaves.flatMap((one) =>
      leaves.filter(({ leaf }) => implies(one.leaf, leaf)).map((other) => [one, other] as const),
    );
    expect(pairs.length).toBeGreaterThan(2 * leaves.length);
    expect(pairs.filter(([one, other]) => one.on.some((holds, index) => holds && other.on[index] === false))).toEqual(
      [],
    );
  });
});

async function sampleSubjects(): Promise<readonly RuleSubject[]> {
  const reports = await Promise.all(sampleMessages(60, 5231).map((raw) => reportOfBytes(raw)));
  return reports.map((report, index) => ({
    report,
    account: index % 2 === 0 ? 'account1' : 'account2',
    folder: ['INBOX', 'Junk', 'Junk/x'][index % 3],
  }));
}

describe('analyseRules', () => {
  const remarksOn = (...rules: readonly Rule[]) =>
    analyseRules(setOf(...rules)).map(({ rule, why, by }) => [
      rules.findIndex(({ id }) => id === rule),
      why,
      by && rules.findIndex(({ id }) => id === by),
    ]);
  const acting = (conditions: Condition, more: Partial<Rule> = {}) =>
    ruleOf({ conditions: { all: [conditions] }, actions: [TAG], ...more });
  const move = (to: string) => ({ do: 'move', folder: to }) as const;

  it('has nothing to say of rules that do their work', () => {
    expect(
      remarksOn(acting(author('a.example'), { stop: true }), acting(author('b.example')), ruleOf({ actions: [TAG] })),
    ).toEqual([]);
  });

  it('points out contradictions', () => {
    expect(remarksOn(acting({ all: [level('is', 'verified'), level('is', 'warning')] }))).toEqual([
      [0, 'contradiction', undefined],
    ]);
  });

  it('points out rules that ask for unchecked mail without acting on it', () => {
    expect(remarksOn(acting(level('is', 'unchecked')))).toEqual([[0, 'unchecked-only', undefined]]);
    expect(remarksOn(acting(level('is', 'unchecked'), { unchecked: true }))).toEqual([]);
  });

  it.each<[string, Condition, Condition, boolean]>([
    ['that takes everything', { all: [] }, author('a.example'), true],
    ['with the same condition', author('a.example'), author('a.example'), true],
    ['with a wider one', author('example', true), author('a.example'), true],
    ['with a narrower one', author('a.example'), author('example', true), false],
    ['with one of several', author('a.example'), { all: [author('a.example'), keyword('b')] }, true],
    ['with one more', { all: [author('a.example'), keyword('b')] }, author('a.example'), false],
    ['that takes each alternative', keyword('a*', { match: 'glob' }), { any: [keyword('a.b'), keyword('a.c')] }, true],
    ['that takes one alternative', keyword('a.b'), { any: [keyword('a.b'), keyword('a.c')] }, false],
    [
      'that takes the rest',
      { none: [keyword('a')] },
      { none: [keyword('a', { match: 'prefix' }), author('b.example')] },
      true,
    ],
  ])('points out rules behind a stop %s', (_name, first, second, expected) => {
    const stop = ruleOf({ conditions: { all: [first] }, stop: true });
    expect(remarksOn(stop, acting(second))).toEqual(expected ? [[1, 'behind-stop', 0]] : []);
  });

  it('does not mind a stop that is switched off', () => {
    expect(remarksOn(ruleOf({ stop: true, enabled: false }), ruleOf({ actions: [TAG] }))).toEqual([]);
  });

  it('points out rules without effect', () => {
    expect(remarksOn(ruleOf())).toEqual([[0, 'no-effect', undefined]]);
  });

  it('points out moves that another overrules', () => {
    const first = acting(keyword('a'), { actions: [move('A')] });
    expect(remarksOn(first, acting(keyword('b'), { actions: [move('B')] }))).toEqual([[1, 'move-overruled', 0]]);
    expect(remarksOn(first, acting(keyword('b'), { actions: [move('A')] }))).toEqual([]);
    expect(remarksOn({ ...first, stop: true }, acting(keyword('b'), { actions: [move('B')] }))).toEqual([]);
    expect(remarksOn(first, acting({ none: [keyword('a')] }, { actions: [move('B')] }))).toEqual([]);
  });

  it('calls no rule dead that acts on a real message', async () => {
    const subjects = await sampleSubjects();
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        const dead = analyseRules(rules).filter(({ why }) => why !== 'move-overruled' && why !== 'no-effect');
        const acted = subjects.flatMap((subject) => evaluateRules(rules, subject).matched.map(({ rule }) => rule));
        expect(dead.filter(({ rule }) => acted.includes(rule))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('says of rules it did not compare that it did not', () => {
    const conditions = { any: Array.from({ length: 90 }, (_, index) => keyword(`a${index}`)) };
    const rules = Array.from({ length: 20 }, () => ruleOf({ conditions, actions: [TAG] }));
    const compared = Math.floor(Math.sqrt((2 * LIMITS.ruleComparisons) / 90 ** 2) - 0.5);
    expect(compared).toBeLessThan(20);
    expect(remarksOn(...rules)).toEqual(
      Array.from({ length: 20 - compared }, (_, index) => [compared + index, 'not-compared', undefined]),
    );
  });

  it('says no more than the limit', () => {
    const rules = Array.from({ length: LIMITS.ruleRemarks + 1 }, () => ruleOf());
    expect(remarksOn(...rules)).toHaveLength(LIMITS.ruleRemarks);
  });
});
