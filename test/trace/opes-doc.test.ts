/** docs/opes.md names code and tests: all of them must exist, and every statement that concerns a reader must have both. */
import { describe, expect, it } from 'vitest';
import { missingFrom, readStatements } from '../support/statements.ts';

const STATEMENTS = readStatements('opes.md');

it('treats every section of the draft', () => {
  expect([...new Set(STATEMENTS.map(({ section }) => section))]).toEqual(['2', '3.1', '3.2', '3.3', '4', '5']);
  expect(STATEMENTS.length).toBeGreaterThan(35);
});

describe.each(STATEMENTS)('$name', (statement) => {
  it('names code that exists, and a test under its name', () => {
    expect(['reader', 'system', 'protocol']).toContain(statement.kind);
    if (statement.kind === 'reader') {
      expect(statement.code.length).toBeGreaterThan(0);
      expect(statement.tests.length).toBeGreaterThan(0);
    }
    expect(missingFrom(statement)).toEqual([]);
  });
});
