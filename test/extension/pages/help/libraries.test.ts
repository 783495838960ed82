/** The page of help names what is in the packages, with the licenses that are installed. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIBRARIES } from '../../../../extension/pages/help/libraries.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const { dependencies } = read('package.json') as { readonly dependencies: Readonly<Record<string, string>> };

/** The command line's alone. */
const NOT_IN_PACKAGES = ['commander'];

describe('the libraries that help names', () => {
  it('are those that are shipped', () => {
    const shipped = Object.keys(dependencies).filter((name) => !NOT_IN_PACKAGES.includes(name));
    expect(LIBRARIES.map(({ name }) => name)).toEqual(shipped);
  });

  it.each(LIBRARIES)('$name is under $license', ({ name, license }) => {
    const file = `node_modules/${name}/package.json`;
    expect(existsSync(new URL(file, root))).toBe(true);
    expect(read(file)).toMatchObject({ license });
  });
});
