/** The published schema and the parser: what the parser accepts the schema accepts, and what the schema refuses the parser refuses. */
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRules, writeRules } from '../../src/rules/parse.ts';
import text from '../../src/rules/schema.json?raw';
import { PRACTICE_STATEMENTS } from '../../src/rules/words.ts';
import { anyRuleSet } from './support/arbitrary.ts';
import { GROUPS, ruleOf, setOf } from './support/rules.ts';

const validate = new Ajv2020({ strict: true }).compile(JSON.parse(text) as AnySchema);

describe('the schema of rule files', () => {
  it('accepts every kind of condition', () => {
    expect(validate(setOf(...GROUPS.map((conditions) => ruleOf({ conditions }))))).toBe(true);
  });

  it('accepts what the parser writes', () => {
    fc.assert(
      fc.property(anyRuleSet, (rules) => {
        expect([validate(JSON.parse(writeRules(rules))), validate.errors]).toEqual([true, null]);
      }),
    );
  });

  it('refuses nothing the parser accepts, also where a value was changed', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('exact', 'glob', 'a*', 'A', true, [], { all: [] }, 'INBOX', 'org.example:ADV'),
    );
    fc.assert(
      fc.property(anyRuleSet, fc.nat(), value, (rules, seed, replacement) => {
        const file = JSON.parse(writeRules(rules)) as unknown;
        const changed = replaceOne(file, seed, replacement);
        if (parseRules(changed).ok) expect([changed, validate(changed)]).toEqual([changed, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('knows the words of this release', () => {
    expect(PRACTICE_STATEMENTS.filter((word) => !text.includes(`"${word}"`))).toEqual([]);
  });
});

describe('the documentation', () => {
  it('shows rule files that can be read', () => {
    const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text);
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.map((text) => parseRules(text)).filter(({ ok }) => !ok)).toEqual([]);
  });
});

/** The value with one of its members, picked by number, replaced. */
function replaceOne(root: unknown, pick: number, replacement: unknown): unknown {
  let left = pick % countMembers(root);
  const visit = (value: unknown): unknown => {
    if (left-- === 0) return replacement;
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, visit(item)]));
  };
  return visit(root);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((total: number, item) => total + countMembers(item), 1);
}
