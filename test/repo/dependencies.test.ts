/** Dependencies: exact, locked to npm's own checksums, and each with its reason. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
interface Lock {
  readonly packages: Record<
    string,
    { readonly integrity?: string; readonly resolved?: string; readonly link?: boolean }
  >;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Package;
const lock = JSON.parse(read('package-lock.json')) as Lock;
const document = read('docs/dependencies.md');
const all = { ...manifest.dependencies, ...manifest.devDependencies };

it('pins every version exactly', () => {
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('gives each dependency a line in docs/dependencies.md, and names no other', () => {
  const named = [...document.matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
    .map(([, name = '']) => name);
  expect(named.sort()).toEqual(Object.keys(all).sort());
});

it('locks every package with a SHA-512 checksum, from the npm registry', () => {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter(([, entry]) => !entry.integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  expect(
    packages.filter(
      ([, entry]) => entry.resolved !== undefined && !entry.resolved.startsWith('https://registry.npmjs.org/'),
    ),
  ).toEqual([]);
});
