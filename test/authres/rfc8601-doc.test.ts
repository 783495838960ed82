/** docs/rfc8601.md names code and tests: all of them must exist, and every statement that concerns a reader must have both. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const doc = readFileSync(new URL('docs/rfc8601.md', root), 'utf8');

interface Statement {
  readonly name: string;
  readonly kind: string;
  readonly code: readonly string[];
  readonly tests: readonly (readonly [file: string, name: string])[];
}

const STATEMENTS: readonly Statement[] = doc.split('\n## ').flatMap((section) => {
  const [heading = ''] = section.split('\n', 1);
  const rows = section.split('\n').filter((line) => /^\| (?:\d+|[AC]) +\|/.test(line));
  return rows.map((row) => {
    const [, number = '', , kind = '', , code = '', test = ''] = row.split('|').map((cell) => cell.trim());
    return {
      name: `${heading} ${number}`,
      kind,
      code: [...code.matchAll(/`(src\/[^`]+)`/g)].map(([, file = '']) => file),
      tests: [...test.matchAll(/`(test\/[^`]+)`: "([^"]+)"/g)].map(([, file = '', name = '']) => [file, name] as const),
    };
  });
});

it('treats every part that concerns a reader', () => {
  const sections = new Set(STATEMENTS.map(({ name }) => name.replace(/ \S+$/, '').split(' ', 1)[0]));
  expect([...sections]).toEqual(['1', '2', '4', '7', 'Appendices', 'Received-SPF']);
  expect(STATEMENTS.length).toBeGreaterThan(30);
});

describe.each(STATEMENTS)('$name', ({ kind, code, tests }) => {
  it('names code that exists, and a test under its name', () => {
    expect(['reader', 'server']).toContain(kind);
    expect(code.length).toBeGreaterThan(0);
    if (kind === 'reader') expect(tests.length).toBeGreaterThan(0);
    expect(code.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
    const missing = tests.filter(([file, name]) => !readFileSync(new URL(file, root), 'utf8').includes(`'${name}'`));
    expect(missing).toEqual([]);
  });
});
