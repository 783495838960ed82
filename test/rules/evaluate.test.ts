import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/types.ts';
import { evaluateCondition, evaluateRules } from '../../src/rules/evaluate.ts';
import { membersOf } from '../../src/rules/group.ts';
import { findMatch } from '../../src/rules/match.ts';
import type { Condition, LeafCondition, RuleSubject } from '../../src/rules/types.ts';
import { anyGroup, anyRuleSet } from './support/arbitrary.ts';
import { ruleOf, setOf, tagging } from './support/rules.ts';
import { sampleMessages } from './support/messages.ts';
import { reportOf, reportOfBytes } from './support/subject.ts';

const keyword = (value: string): LeafCondition => ({ field: 'keyword', match: 'exact', value, by: 'declared' });
const YES = keyword('org.example:ADV');
const NO = keyword('org.example:OTHER');
const move = (folder: string) => ({ do: 'move', folder }) as const;

let report: Report;
let subject: RuleSubject;
beforeAll(async () => {
  report = await reportOf('From: a@b.example', 'Subject: ADV: x', 'No-Solicit: org.example:ADV');
  subject = { report, folder: 'INBOX' };
});

describe('groups', () => {
  it.each<[string, Condition, boolean]>([
    ['all of nothing', { all: [] }, true],
    ['all, all true', { all: [YES, YES] }, true],
    ['all, one false', { all: [YES, NO] }, false],
    ['any, one true', { any: [NO, YES] }, true],
    ['any, none true', { any: [NO, NO] }, false],
    ['none, none true', { none: [NO, NO] }, true],
    ['none, one true', { none: [NO, YES] }, false],
    ['none of none', { none: [{ none: [YES] }] }, true],
    ['nested', { all: [{ any: [NO, { none: [NO] }] }, YES] }, true],
  ])('%s', (_name, condition, expected) => {
    expect(evaluateCondition(condition, subject).holds).toBe(expected);
  });

  it('give the conditions that decided, and what was found', () => {
    const { because } = evaluateCondition({ all: [{ any: [NO, YES] }, { none: [NO] }] }, subject);
    expect(because.map(({ condition, holds, found }) => [condition, holds, found])).toEqual([
      [YES, true, ['org.example:ADV']],
      [NO, false, []],
    ]);
  });

  it('give what stood in the way where they do not hold', () => {
    const { holds, because } = evaluateCondition({ all: [YES, NO, { none: [YES] }] }, subject);
    expect(holds).toBe(false);
    expect(because.map(({ condition, holds: held }) => [condition, held])).toEqual([
      [NO, false],
      [YES, true],
    ]);
  });

  it('come out as their reasons say', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        expect(evaluateCondition(group, subject).holds).toBe(truth(group));
      }),
    );
  });
});

/** The truth of a condition by the plainest reading. */
function truth(condition: Condition): boolean {
  if ('field' in condition) return findMatch(condition, subject).found.length > 0;
  const members = membersOf(condition).map(truth);
  if ('all' in condition) return members.every(Boolean);
  return 'any' in condition ? members.some(Boolean) : !members.some(Boolean);
}

describe('evaluateRules', () => {
  it('takes rules in order, adds up their tags and explains each match', () => {
    const result = evaluateRules(setOf(tagging('one', YES), tagging('two', NO), tagging('three')), subject);
    expect(result.actions.map(({ action }) => action)).toEqual([
      { do: 'tag', tag: 'one' },
      { do: 'tag', tag: 'three' },
    ]);
    expect(result.matched.map(({ because }) => because.length)).toEqual([1, 0]);
    expect(result.matched[0]?.because[0]?.evidence).toMatchObject([{ kind: 'field', name: 'No-Solicit' }]);
  });

  it('ends at a rule that stops, and says which', () => {
    const stop = ruleOf({ id: 'halt', conditions: { all: [YES] }, stop: true });
    const result = evaluateRules(setOf(tagging('one'), stop, { ...tagging('two'), id: 'later' }), subject);
    expect(result.actions).toHaveLength(1);
    expect(result.skipped).toEqual([{ rule: 'later', why: 'stopped', by: 'halt' }]);
  });

  it('goes on behind a stop that does not match, and past rules that are switched off', () => {
    const off = ruleOf({ id: 'off', enabled: false, stop: true });
    const result = evaluateRules(
      setOf(off, ruleOf({ conditions: { all: [NO] }, stop: true }), tagging('two')),
      subject,
    );
    expect(result.actions).toHaveLength(1);
    expect(result.skipped).toEqual([{ rule: 'off', why: 'disabled' }]);
  });

  it('moves to the first folder and shows the first banner; what is repeated is done once', () => {
    const first = ruleOf({ id: 'a', actions: [move('A'), { do: 'banner', show: 'none' }, { do: 'mark', as: 'read' }] });
    const second = ruleOf({
      id: 'b',
      actions: [move('B'), { do: 'banner', show: 'note' }, { do: 'mark', as: 'read' }],
    });
    const result = evaluateRules(setOf(first, second), subject);
    expect(result.actions.map(({ rule }) => rule)).toEqual(['a', 'a', 'a']);
    expect(result.overruled.map(({ rule, action, why, by }) => [rule, action.do, why, by])).toEqual([
      ['b', 'move', 'decided', 'a'],
      ['b', 'banner', 'decided', 'a'],
      ['b', 'mark', 'repeated', 'a'],
    ]);
  });
});

describe('mail that could not be checked', () => {
  const unchecked = (): RuleSubject => ({ report: { ...report, level: 'unchecked' } });

  it('is left alone by every rule that does not say otherwise', () => {
    const result = evaluateRules(setOf(ruleOf({ ...tagging('one', YES), id: 'a' }), tagging('two', NO)), unchecked());
    expect(result).toMatchObject({ matched: [], actions: [], skipped: [{ rule: 'a', why: 'unchecked' }] });
  });

  it('is acted on by a rule that says so', () => {
    const result = evaluateRules(setOf({ ...tagging('one', YES), unchecked: true }), unchecked());
    expect(result.actions).toHaveLength(1);
  });

  it('is not moved elsewhere in place of a rule that is held back', () => {
    const held = ruleOf({ id: 'held', actions: [move('Friends')] });
    const next = ruleOf({ id: 'next', unchecked: true, actions: [move('Junk'), { do: 'tag', tag: 'x' }] });
    const result = evaluateRules(setOf(held, next), unchecked());
    expect(result.actions).toEqual([{ rule: 'next', action: { do: 'tag', tag: 'x' } }]);
    expect(result.overruled).toMatchObject([{ rule: 'next', why: 'decided', by: 'held' }]);
  });

  it('is not reached behind a stop that is held back', () => {
    const result = evaluateRules(setOf(ruleOf({ stop: true }), { ...tagging('x'), unchecked: true }), unchecked());
    expect(result.actions).toEqual([]);
  });

  it('never gets an action from a rule without leave, whatever the rules are', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        const allowed = new Set(rules.rules.filter((rule) => rule.unchecked).map(({ id }) => id));
        const { actions, matched } = evaluateRules(rules, unchecked());
        expect([...actions, ...matched].filter(({ rule }) => !allowed.has(rule))).toEqual([]);
      }),
    );
  });
});

describe('any rules on any message', () => {
  it('never throw, give plain data, and no more than one move and one banner', async () => {
    const reports = await Promise.all(sampleMessages(40, 5228).map((raw) => reportOfBytes(raw)));
    fc.assert(
      fc.property(anyRuleSet, fc.constantFrom(...reports), (rules, one) => {
        const result = evaluateRules(rules, { report: one, account: 'account1', folder: 'INBOX' });
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        const kinds = result.actions.map(({ action }) => action.do);
        expect(kinds.filter((kind) => kind === 'move').length).toBeLessThanOrEqual(1);
        expect(kinds.filter((kind) => kind === 'banner').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
