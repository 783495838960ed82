/** Rules as words: every condition and action has some in every language, and nothing in them can hide or reorder a sentence. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Condition, LeafCondition, RuleAction } from '../../../src/rules/types.ts';
import { anyAction, anyGroup, anyLeaf } from '../../rules/support/arbitrary.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { readCatalogue, wordsOf } = await import('../../e2e/support/catalogue.ts');
const { conditionText, groupText } = await import('../../../extension/ui/condition-words.ts');
const { actionText } = await import('../../../extension/ui/action-words.ts');
const { fieldChoices, findingChoices, statementChoices } = await import('../../../extension/pages/rules/choices.ts');

const t = wordsOf(readCatalogue('en'));
const ACCOUNTS = [{ id: 'account1', name: 'Work' }];

describe.each(['en', 'de'])('in %s', (language) => {
  const words = wordsOf(readCatalogue(language));

  it('every condition can be said, whatever stands in it', () => {
    fc.assert(
      fc.property(anyLeaf, (condition) => {
        const text = conditionText(condition, ACCOUNTS, words);
        expect(text).not.toBe('');
        expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('every group and every action can be said', () => {
    fc.assert(
      fc.property(anyGroup, anyAction, (group, action) => {
        expect(groupText(group, ACCOUNTS, words)).not.toBe('');
        expect(actionText(action, ACCOUNTS, words)).not.toBe('');
      }),
      { numRuns: 200 },
    );
  });

  it('everything to choose from has words without placeholders', () => {
    const groups = [...fieldChoices(true, words), ...findingChoices(words)];
    const texts = [
      ...groups.flatMap(({ title, choices }) => [title, ...choices.map(({ text }) => text)]),
      ...statementChoices(words).map(({ text }) => text),
    ];
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => text === '' || /\{\w+\}/.test(text))).toEqual([]);
  });
});

it.each<[LeafCondition, string]>([
  [{ field: 'level', compare: 'or-worse', level: 'caution' }, 'level is "Caution" or worse'],
  [
    { field: 'keyword', match: 'glob', value: 'a:*', by: 'signed' },
    'declared as something like a:*, covered by a signature',
  ],
  [{ field: 'subject-label', law: 'japan' }, 'a label in the subject (asked for by Japanese law)'],
  [{ field: 'signature', subdomains: false }, 'validly signed'],
  [
    { field: 'signature', domain: 'xn--bcher-kva.example', subdomains: true, relations: ['exact', 'domain'] },
    "validly signed by \u2068bücher.example\u2069 or below (sender's own address or sender's own domain)",
  ],
  [{ field: 'practice', statement: 'dmarc-absent' }, 'domain policy: \u2068… publishes no domain policy (DMARC)\u2069'],
  [{ field: 'account', account: 'account1' }, 'in the account Work'],
  [{ field: 'account', account: 'account9' }, 'in the account account9'],
  [{ field: 'server-result', method: 'dkim', result: 'pass', server: 'mx.example' }, 'mx.example recorded dkim=pass'],
  [{ field: 'folder', folder: 'a\u202eb', subfolders: false }, 'in the folder a\\u{202E}b'],
])('says %j', (condition, text) => {
  expect(conditionText(condition, ACCOUNTS, t)).toBe(text);
});

it.each<[RuleAction, string]>([
  [{ do: 'move', folder: 'Shops', account: 'account1' }, 'move it to Shops in Work'],
  [{ do: 'mark', as: 'starred' }, 'star it'],
  [{ do: 'banner', show: 'note', text: 'Mind "this"' }, 'show a note as a banner: "Mind "this""'],
])('says %j', (action, text) => {
  expect(actionText(action, ACCOUNTS, t)).toBe(text);
});

describe('a group', () => {
  const a: Condition = { field: 'author-domain', domain: 'a.example', subdomains: false };
  const b: Condition = { field: 'signature', domain: 'b.example', subdomains: false };
  const A = 'From is an address at a.example';
  const B = 'validly signed by b.example';

  it.each([
    [{ all: [] }, 'every message'],
    [{ all: [a, b] }, `${A} and ${B}`],
    [{ any: [a, b] }, `${A} or ${B}`],
    [{ none: [a] }, `none of: ${A}`],
    [{ none: [a, b] }, `none of: (${A} or ${B})`],
    [{ all: [a, { any: [a, b] }, { any: [b] }, { none: [b] }] }, `${A} and (${A} or ${B}) and ${B} and none of: ${B}`],
  ])('says which of its conditions have to hold: %j', (group, text) => {
    expect(groupText(group, [], t)).toBe(text);
  });

  it('is cut where it is long, and says by how much', () => {
    expect(groupText({ any: Array.from({ length: 40 }, () => a) }, [], t)).toMatch(/ or 34 more$/);
  });
});

it('tells findings from the worst level down, notes last', () => {
  const titles = findingChoices(t).map(({ title }) => title);
  expect([titles[0], titles.at(-1)]).toEqual(['Warning', 'Note']);
});

it('offers accounts and folders where there are some', () => {
  const fields = fieldChoices(false, t).flatMap(({ choices }) => choices.map(({ value }) => value));
  expect(fields).not.toContain('folder');
  expect(fieldChoices(true, t).flatMap(({ choices }) => choices)).toHaveLength(fields.length + 2);
});
