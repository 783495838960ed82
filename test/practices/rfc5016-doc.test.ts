/** docs/rfc5016.md names code and tests: all of them must exist, and every requirement must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const doc = readFileSync(new URL('docs/rfc5016.md', root), 'utf8');
const tests = readFileSync(new URL('test/practices/rfc5016.test.ts', root), 'utf8');

/** RFC 5016 §5.1 to §6 and how many requirements each section numbers. */
const REQUIREMENTS: readonly (readonly [section: string, count: number])[] = [
  ['5.1', 4],
  ['5.2', 4],
  ['5.3', 10],
  ['5.4', 2],
  ['6', 3],
];

function rowsOf(section: string): readonly string[] {
  const start = doc.search(new RegExp(`^## ${section.replace('.', '\\.')} `, 'm'));
  const body = doc.slice(start).split('\n## ')[0] ?? '';
  return body.split('\n').filter((line) => /^\| \d+ /.test(line));
}

it.each(REQUIREMENTS)('has every requirement of section %s', (section, count) => {
  const numbers = rowsOf(section).map((row) => Number(row.split('|')[1]));
  expect(numbers).toEqual(Array.from({ length: count }, (_, at) => at + 1));
});

it.each(REQUIREMENTS)('has a test for each of section %s that concerns a reader', (section) => {
  for (const row of rowsOf(section)) {
    const [, number = '', , kind = ''] = row.split('|').map((cell) => cell.trim());
    const isTested = tests.includes(`'${section}/${number} `) || tests.includes(`('${section}/${number} `);
    if (kind.includes('reader')) expect(isTested, `${section}/${number}`).toBe(true);
    expect(row.includes(`\`${section}/${number}\``), `${section}/${number} is listed`).toBe(isTested);
  }
});

it('names code that exists', () => {
  const files = [...doc.matchAll(/`((?:src\/)?[a-z]+\/[a-z0-9-]+\.ts|limits\.ts)`/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(20);
  const missing = files.filter((file) => !existsSync(new URL(file.startsWith('src/') ? file : `src/${file}`, root)));
  expect(missing).toEqual([]);
});
