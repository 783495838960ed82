/** docs/rfc8601.md names code and tests: all of them must exist, and every statement that concerns a reader must have both. */
import { describe, expect, it } from 'vitest';
import { missingFrom, readStatements } from '../support/statements.ts';

const STATEMENTS = readStatements('rfc8601.md');

it('treats every part that concerns a reader', () => {
  const sections = new Set(STATEMENTS.map(({ section }) => section));
  expect([...sections]).toEqual(['1', '2', '4', '7', 'Appendices', 'Received-SPF']);
  expect(STATEMENTS.length).toBeGreaterThan(30);
});

describe.each(STATEMENTS)('$name', (statement) => {
  it('names code that exists, and a test under its name', () => {
    expect(['reader', 'server']).toContain(statement.kind);
    expect(statement.code.length).toBeGreaterThan(0);
    if (statement.kind === 'reader') expect(statement.tests.length).toBeGreaterThan(0);
    expect(missingFrom(statement)).toEqual([]);
  });
});
