import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { parseRules, writeRules } from '../../src/rules/parse.ts';
import type { RuleProblem } from '../../src/rules/reader.ts';
import { GROUPS, LEAVES, ruleOf, setOf, TAG } from './support/rules.ts';
import { anyRuleSet } from './support/arbitrary.ts';

/** A rule file with this rule. */
const fileWith = (rule: object) => ({ version: 1, rules: [{ id: 'a', name: 'A', conditions: { all: [] }, ...rule }] });
const withCondition = (condition: unknown) => fileWith({ conditions: { all: [condition] } });
const withAction = (action: unknown) => fileWith({ actions: [action] });

function problemsOf(json: unknown): readonly RuleProblem[] {
  const parsed = parseRules(json);
  return parsed.ok ? [] : parsed.problems;
}

describe('parseRules', () => {
  it('fills in what may be left out', () => {
    const parsed = parseRules(fileWith({}));
    const rule = { enabled: true, conditions: { all: [] }, actions: [], stop: false, unchecked: false };
    expect(parsed).toEqual({ ok: true, value: { version: 1, rules: [{ id: 'a', name: 'A', ...rule }] } });
  });

  it('reads text and values alike', () => {
    const file = fileWith({ actions: [TAG], stop: true });
    expect(parseRules(JSON.stringify(file))).toEqual(parseRules(file));
  });

  it.each(LEAVES.map((leaf) => [leaf.field, leaf] as const))('reads a condition on %s', (_field, leaf) => {
    expect(parseRules(withCondition(leaf))).toEqual({
      ok: true,
      value: setOf(ruleOf({ id: 'a', name: 'A', conditions: { all: [leaf] } })),
    });
  });

  it.each(GROUPS)('reads groups', (group) => {
    expect(parseRules(fileWith({ conditions: { any: [group] } })).ok).toBe(true);
  });

  it.each([
    [
      { do: 'tag', tag: 'MyTag' },
      { do: 'tag', tag: 'mytag' },
    ],
    [{ do: 'move', folder: 'A/b "c" ${d}' }, undefined],
    [{ do: 'move', folder: 'A', account: 'account2' }, undefined],
    [{ do: 'mark', as: 'junk' }, undefined],
    [{ do: 'notify' }, undefined],
    [{ do: 'banner', show: 'none', text: 'Mine' }, undefined],
  ])('reads the action %j', (action, read) => {
    const parsed = parseRules(withAction(action));
    expect(parsed.ok && parsed.value.rules[0]?.actions).toEqual([read ?? action]);
  });

  it('brings domains to one form', () => {
    const parsed = parseRules(withCondition({ field: 'author-domain', domain: 'BÜCHER.Example.' }));
    expect(parsed.ok && parsed.value.rules[0]?.conditions).toEqual({
      all: [{ field: 'author-domain', domain: 'xn--bcher-kva.example', subdomains: false }],
    });
  });

  it('reads back what writeRules writes', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        expect(parseRules(writeRules(rules))).toEqual({ ok: true, value: rules });
      }),
    );
  });

  it('never throws, and names a problem where it yields nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.jsonValue(), fc.string()), (json) => {
        const parsed = parseRules(json);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
    );
  });

  it('survives any change to one value of a good file', () => {
    const good = fileWith({ conditions: { all: LEAVES }, actions: [TAG] });
    const places = pathsOf(good);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (path, value) => {
        const parsed = parseRules(replaceAt(good, path, value));
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('problems of a rule file', () => {
  const lone = '\ud800';
  it.each<[string, unknown, string, string]>([
    ['broken JSON', '{"version": 1,', '', 'not-json'],
    ['brackets without end', '['.repeat(1_000_000), '', 'not-json'],
    ['an array', [], '', 'wrong-type'],
    ['no version', { rules: [] }, '/version', 'missing'],
    ['a later version', { version: 2, rules: 'who knows' }, '/version', 'unknown-version'],
    ['a version in quotes', { version: '1', rules: [] }, '/version', 'unknown-version'],
    ['no rules', { version: 1 }, '/rules', 'missing'],
    ['an unknown member', { version: 1, rules: [], more: 1 }, '/more', 'unknown-member'],
    ['a prototype as member', '{"version":1,"rules":[],"__proto__":{}}', '/__proto__', 'unknown-member'],
    ['a rule that is none', { version: 1, rules: [7] }, '/rules/0', 'wrong-type'],
    ['a misspelt member', fileWith({ 'sto/p~': true }), '/rules/0/sto~1p~0', 'unknown-member'],
    ['no id', { version: 1, rules: [{ name: 'A', conditions: { all: [] } }] }, '/rules/0/id', 'missing'],
    ['an id with spaces', fileWith({ id: 'a b' }), '/rules/0/id', 'malformed'],
    ['no name', fileWith({ name: '' }), '/rules/0/name', 'empty'],
    ['a long name', fileWith({ name: 'x'.repeat(501) }), '/rules/0/name', 'too-long'],
    ['stop as text', fileWith({ stop: 'yes' }), '/rules/0/stop', 'wrong-type'],
    ['no group', fileWith({ conditions: [] }), '/rules/0/conditions', 'wrong-type'],
    ['a leaf as group', fileWith({ conditions: { field: 'level' } }), '/rules/0/conditions', 'not-one-of'],
    ['two groups in one', fileWith({ conditions: { all: [], any: [] } }), '/rules/0/conditions', 'not-one-of'],
    ['any of nothing', fileWith({ conditions: { any: [] } }), '/rules/0/conditions/any', 'empty'],
    ['all of nothing inside', withCondition({ all: [] }), '/rules/0/conditions/all/0/all', 'empty'],
    ['an unknown field', withCondition({ field: 'moon' }), '/rules/0/conditions/all/0/field', 'not-one-of'],
    ['an inherited field', withCondition({ field: 'toString' }), '/rules/0/conditions/all/0/field', 'not-one-of'],
    ['an unknown finding', withCondition({ field: 'finding', id: 'x' }), '/rules/0/conditions/all/0/id', 'not-one-of'],
    [
      'an unknown level',
      withCondition({ field: 'level', level: 'safe' }),
      '/rules/0/conditions/all/0/level',
      'not-one-of',
    ],
    [
      'no domain',
      withCondition({ field: 'author-domain', domain: 'a b' }),
      '/rules/0/conditions/all/0/domain',
      'malformed',
    ],
    [
      'a keyword with a comma',
      withCondition({ field: 'keyword', value: 'a,b' }),
      '/rules/0/conditions/all/0/value',
      'malformed',
    ],
    [
      'a keyword with Sieve in it',
      withCondition({ field: 'keyword', value: 'a" { stop; }' }),
      '/rules/0/conditions/all/0/value',
      'malformed',
    ],
    [
      'a wildcard in an exact keyword',
      withCondition({ field: 'keyword', value: 'a*' }),
      '/rules/0/conditions/all/0/value',
      'malformed',
    ],
    [
      'a keyword of 1001 characters',
      withCondition({ field: 'keyword', value: 'a'.repeat(1001) }),
      '/rules/0/conditions/all/0/value',
      'too-long',
    ],
    [
      'nine wildcards',
      withCondition({ field: 'keyword', match: 'glob', value: 'a*'.repeat(9) }),
      '/rules/0/conditions/all/0/value',
      'malformed',
    ],
    [
      'a pass key with a wildcard',
      withCondition({ field: 'pass-key', value: 'a*' }),
      '/rules/0/conditions/all/0/value',
      'malformed',
    ],
    [
      'no relations',
      withCondition({ field: 'signature', relations: [] }),
      '/rules/0/conditions/all/0/relations',
      'empty',
    ],
    [
      'an unknown relation',
      withCondition({ field: 'signature', relations: ['friend'] }),
      '/rules/0/conditions/all/0/relations/0',
      'not-one-of',
    ],
    [
      'a list with brackets',
      withCondition({ field: 'list', id: '<a.b>' }),
      '/rules/0/conditions/all/0/id',
      'malformed',
    ],
    [
      'a list as a link',
      withCondition({ field: 'list', id: 'MailTo:a@b' }),
      '/rules/0/conditions/all/0/id',
      'malformed',
    ],
    [
      'a result with a space',
      withCondition({ field: 'server-result', method: 'dkim', result: 'pass;' }),
      '/rules/0/conditions/all/0/result',
      'malformed',
    ],
    [
      'an account with NUL',
      withCondition({ field: 'account', account: 'a\0b' }),
      '/rules/0/conditions/all/0/account',
      'unwritable',
    ],
    [
      'half a character',
      withCondition({ field: 'subject-label', label: lone }),
      '/rules/0/conditions/all/0/label',
      'unwritable',
    ],
    ['an unknown action', withAction({ do: 'delete' }), '/rules/0/actions/0/do', 'not-one-of'],
    ['a system flag as tag', withAction({ do: 'tag', tag: '\\Deleted' }), '/rules/0/actions/0/tag', 'malformed'],
    ['two tags in one', withAction({ do: 'tag', tag: 'a b' }), '/rules/0/actions/0/tag', 'malformed'],
    [
      'a folder with a line end',
      withAction({ do: 'move', folder: 'a\r\nb' }),
      '/rules/0/actions/0/folder',
      'malformed',
    ],
    ['a folder without name', withAction({ do: 'move', folder: 'a//b' }), '/rules/0/actions/0/folder', 'malformed'],
    [
      'a folder with half a character',
      withAction({ do: 'move', folder: lone }),
      '/rules/0/actions/0/folder',
      'malformed',
    ],
    [
      'a second move',
      fileWith({ actions: [{ do: 'move', folder: 'a' }, TAG, { do: 'move', folder: 'b' }] }),
      '/rules/0/actions/2',
      'repeated',
    ],
    ['an id twice', { version: 1, rules: [ruleOf({ id: 'a' }), ruleOf({ id: 'a' })] }, '/rules/1/id', 'repeated'],
  ])('%s', (_name, json, path, why) => {
    expect(problemsOf(json).map((problem) => [problem.path, problem.why])).toContainEqual([path, why]);
  });

  it('are told all at once, each in its place', () => {
    const problems = problemsOf({
      version: 1,
      rules: [ruleOf({ id: 'a' }), { id: 'b', name: 7, conditions: { all: [{ field: 'level' }] }, actions: [{}] }],
    });
    expect(problems.map(({ path, why }) => `${path} ${why}`)).toEqual([
      '/rules/1/name wrong-type',
      '/rules/1/conditions/all/0/level missing',
      '/rules/1/actions/0/do not-one-of',
    ]);
  });

  it('name what would have been right', () => {
    const [problem] = problemsOf(withAction({ do: 'mark', as: 'deleted' }));
    expect(problem?.expected).toEqual(['read', 'starred', 'junk']);
  });

  it.each([
    ['deep', nested(6), 'too-deep'],
    ['very deep', nested(100_000), 'too-deep'],
    ['wide', { all: Array.from({ length: 100 }, () => LEAVES[0]) }, 'too-many'],
  ])('stop at conditions that are too %s', (_name, conditions, why) => {
    expect(problemsOf(fileWith({ conditions })).map((problem) => problem.why)).toEqual([why]);
  });

  it('allow groups as deep as the limit says', () => {
    expect(problemsOf(fileWith({ conditions: nested(5) }))).toEqual([]);
  });

  it.each([
    [
      'too many rules',
      { version: 1, rules: Array.from({ length: LIMITS.rules + 1 }, () => ruleOf()) },
      '/rules',
      'too-many',
    ],
    ['too much text', ' '.repeat(LIMITS.ruleFileCharacters + 1), '', 'too-long'],
  ])('stop at %s', (_name, json, path, why) => {
    expect(problemsOf(json)).toMatchObject([{ path, why }]);
  });

  it('are counted no further than the limit', () => {
    const json = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m${index}`, 0]));
    expect(problemsOf({ version: 1, rules: [], ...json })).toHaveLength(LIMITS.ruleProblems);
  });
});

/** A group in a group in a group. */
function nested(depth: number): object {
  let conditions: object = { all: [LEAVES[0]] };
  for (let level = 1; level < depth; level++) conditions = { any: [conditions] };
  return conditions;
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === key ? replaceAt(item, rest, replacement) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaceAt(item, rest, replacement) : item]),
  );
}
