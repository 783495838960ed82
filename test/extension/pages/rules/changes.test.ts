/** Changes to a list of rules, and going back and forth between its states. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  appendRules,
  duplicateRule,
  enableRule,
  moveRule,
  putRule,
  removeRule,
  withRules,
} from '../../../../extension/pages/rules/changes.ts';
import { advance, MOST_STEPS, redo, startHistory, undo } from '../../../../extension/pages/rules/history.ts';
import { newRule } from '../../../../extension/pages/rules/drafts.ts';
import type { RuleSet } from '../../../../src/rules/types.ts';

const named = (...ids: readonly string[]): RuleSet => withRules(ids.map((id) => newRule(id, { name: id })));
const idsOf = ({ rules }: RuleSet): string => rules.map(({ id }) => id).join('');

describe('a list of rules', () => {
  it.each([
    ['a', 0, 'abcd'],
    ['a', 1, 'bacd'],
    ['a', 3, 'bcda'],
    ['d', 0, 'dabc'],
    ['c', -5, 'cabd'],
    ['b', 99, 'acdb'],
    ['x', 1, 'abcd'],
  ])('has %s at place %i', (id, place, expected) => {
    expect(idsOf(moveRule(named('a', 'b', 'c', 'd'), id, place))).toBe(expected);
  });

  it('keeps every rule, wherever one is moved', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 9 }), fc.constantFrom('a', 'b', 'c', 'd', 'e'), (place, id) => {
        const moved = moveRule(named('a', 'b', 'c', 'd', 'e'), id, place);
        expect(idsOf(moved)).toHaveLength(5);
        expect(idsOf(moved)).toContain(id);
        expect(idsOf(moved).replace(id, '')).toBe('abcde'.replace(id, ''));
      }),
    );
  });

  it('takes a rule in the place of the one it was, and a new one at its end', () => {
    expect(putRule(named('a', 'b'), newRule('a', { name: 'new' })).rules[0]?.name).toBe('new');
    expect(idsOf(putRule(named('a', 'b'), newRule('c')))).toBe('abc');
  });

  it('puts a copy behind the rule it is of', () => {
    const copied = duplicateRule(named('a', 'b'), 'a', { id: 'c', name: 'a again' });
    expect(copied.rules.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'a'],
      ['c', 'a again'],
      ['b', 'b'],
    ]);
    expect(copied.rules[1]).toEqual({ ...copied.rules[0], id: 'c', name: 'a again' });
  });

  it('loses and switches the one rule that is meant', () => {
    expect(idsOf(removeRule(named('a', 'b', 'c'), 'b'))).toBe('ac');
    expect(enableRule(named('a', 'b'), 'b', false).rules.map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('gives added rules ids of their own where theirs are taken', () => {
    let next = 0;
    const both = appendRules(named('a', 'b'), named('b', 'c'), () => `new${next++}`);
    expect(both.rules.map(({ id, name }) => `${id}:${name}`)).toEqual(['a:a', 'b:b', 'new0:b', 'c:c']);
  });
});

describe('the history', () => {
  it('goes back and forth, and forgets what was undone once something new is done', () => {
    let history = startHistory(0);
    for (let state = 1; state <= 25; state++) history = advance(history, state);
    for (let step = 0; step < 25; step++) history = undo(history);
    expect(history.present).toBe(0);
    expect(undo(history)).toBe(history);
    history = redo(redo(history));
    expect(history.present).toBe(2);
    history = advance(history, 99);
    expect(redo(history)).toBe(history);
    expect(undo(history).present).toBe(2);
  });

  it('is bounded', () => {
    let history = startHistory(0);
    for (let state = 1; state <= 3 * MOST_STEPS; state++) history = advance(history, state);
    expect(history.past).toHaveLength(MOST_STEPS);
  });
});
