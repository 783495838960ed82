/** The pages that map a founding document to code and tests: their tables, row by row. */
import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

export interface Statement {
  /** The heading of its section and its number there. */
  readonly name: string;
  readonly section: string;
  readonly kind: string;
  readonly code: readonly string[];
  readonly tests: readonly (readonly [file: string, name: string])[];
}

/** The statements of a page in docs/. */
export function readStatements(page: string): readonly Statement[] {
  return readFileSync(new URL(`docs/${page}`, ROOT), 'utf8')
    .split('\n## ')
    .flatMap((part) => {
      const [heading = ''] = part.split('\n', 1);
      const rows = part.split('\n').filter((line) => /^\| (?:\d+|[A-Z]) +\|/.test(line));
      return rows.map((row) => {
        const [, number = '', , kind = '', , code = '', test = ''] = row.split('|').map((cell) => cell.trim());
        return {
          name: `${heading} ${number}`,
          section: heading.split(' ', 1)[0] ?? '',
          kind,
          code: [...code.matchAll(/`((?:src|extension)\/[^`]+)`/g)].map(([, file = '']) => file),
          tests: [...test.matchAll(/`(test\/[^`]+)`: "([^"]+)"/g)].map(
            ([, file = '', name = '']) => [file, name] as const,
          ),
        };
      });
    });
}

/** Files a statement names that do not exist, and tests that are not found under their names. */
export function missingFrom({ code, tests }: Statement): readonly string[] {
  const isThere = (file: string): boolean => existsSync(new URL(file, ROOT));
  return [
    ...code.filter((file) => !isThere(file)),
    ...tests
      .filter(([file, name]) => !isThere(file) || !readFileSync(new URL(file, ROOT), 'utf8').includes(`'${name}'`))
      .map(([file, name]) => `${file}: ${name}`),
  ];
}
