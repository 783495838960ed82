/** The house's arrows: extension → src, and inside src lower knows nothing of higher. */
import { describe, expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>('../../src/**/*.ts', { query: '?raw', import: 'default', eager: true });

/** Lowest first; folders in one row may not import each other unless listed in ALSO. */
const LAYERS: readonly (readonly string[])[] = [
  ['limits.ts', 'punycode.d.ts'],
  ['bytes'],
  ['syntax', 'domain', 'message', 'dns'],
  ['crypto'],
  ['dnssec'],
  ['dkim', 'spf', 'authres'],
  ['arc'],
  ['trace'],
  ['vouching'],
  ['dmarc', 'adsp', 'practices'],
  ['identity', 'solicitation'],
  ['assessment'],
  ['report'],
  ['words'],
  ['rules'],
  ['profile'],
  ['check.ts'],
  ['index.ts'],
  ['cli'],
];

/** Neighbours in one layer that build on each other, in one direction. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  message: ['syntax', 'domain'],
  dns: ['domain'],
  practices: ['dmarc', 'adsp'],
};

const layerOf = (place: string): number => LAYERS.findIndex((layer) => layer.includes(place));

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly specifier: string;
}

const imports: Import[] = Object.entries(SOURCES).flatMap(([path, text]) => {
  const file = path.replace('../../src/', '');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => ({
    file,
    from: file.split('/')[0] ?? '',
    to: specifier.startsWith('.') ? placeOf(file, specifier) : '',
    specifier,
  }));
});

function placeOf(file: string, specifier: string): string {
  const folder = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (folder.length === 0) return '..';
      folder.pop();
    } else if (part !== '.') folder.push(part);
  }
  return folder[0] ?? '';
}

describe('the direction of imports', () => {
  it('sees the sources', () => {
    expect(Object.keys(SOURCES).length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
  });

  it('knows every folder', () => {
    const places = new Set(Object.keys(SOURCES).map((path) => path.replace('../../src/', '').split('/')[0] ?? ''));
    expect([...places].filter((place) => layerOf(place) < 0)).toEqual([]);
  });

  it('lets lower know nothing of higher', () => {
    const wrong = imports
      .filter(({ from, to }) => to !== '' && to !== '..' && from !== to)
      .filter(({ from, to }) => layerOf(to) >= layerOf(from) && !(ALSO[from] ?? []).includes(to));
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('keeps src to itself; only the command line reads the catalogue of words and its version', () => {
    const outside = imports.filter(({ to }) => to === '..');
    expect(outside.map(({ file }) => file)).toEqual(['cli/version.ts', 'cli/words.ts']);
  });

  it('has no cycles between files', () => {
    const edges = new Map<string, string[]>();
    for (const [path, text] of Object.entries(SOURCES)) {
      const file = path.replace('../../src/', '');
      const targets = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, specifier = '']) => resolve(file, specifier));
      edges.set(file, targets);
    }
    expect(findCycle(edges)).toEqual([]);
  });
});

describe('the purity of the core', () => {
  const core = Object.entries(SOURCES).filter(([path]) => !path.includes('/src/cli/'));

  it('uses no host object and no Node built-in', () => {
    const impure = core.filter(([, text]) => /\b(?:browser|messenger|chrome)\.[a-z]+\b|from 'node:/.test(text));
    expect(impure.map(([path]) => path)).toEqual([]);
  });

  it('reaches fetch in one place only, where it can be replaced', () => {
    const users = core.filter(([, text]) => /\bfetch\(|\bfetch\b\s*[;,)}]/.test(withoutComments(text)));
    expect(users.map(([path]) => path)).toEqual(['../../src/dns/doh.ts']);
  });

  it('uses crypto.subtle in src/crypto only', () => {
    const users = core.filter(([, text]) => /\bsubtle\b/.test(withoutComments(text)));
    expect(users.every(([path]) => path.startsWith('../../src/crypto/'))).toBe(true);
    expect(users.length).toBeGreaterThan(0);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}

function resolve(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The first cycle found, as the files along it. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of edges.get(file) ?? []) {
      const cycle = visit(target, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
