/** The arrows inside the extension: pages, background, hosts and adapters are kept apart; what they share is below them. */
import { describe, expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>('../../extension/**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

interface Import {
  readonly file: string;
  /** `background`, `pages/rules`, … */
  readonly from: string;
  readonly to: string;
}

const files = Object.keys(SOURCES).map((path) => path.replace('../../extension/', ''));

const imports: readonly Import[] = Object.entries(SOURCES).flatMap(([path, text]) => {
  const file = path.replace('../../extension/', '');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier = '']) => ({
    file,
    from: placeOf(file),
    to: placeOf(new URL(specifier, `file:///extension/${file}`).pathname.replace('/extension/', '')),
  }));
});

function placeOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'pages' ? `pages/${second}` : top;
}

const isPage = (place: string): boolean => place.startsWith('pages/');

/** What breaks an arrow, as words. */
function wrong(isForbidden: (one: Import) => boolean): readonly string[] {
  return imports.filter(isForbidden).map(({ file, to }) => `${file} imports ${to}`);
}

describe('the arrows inside the extension', () => {
  it('sees the sources, and every page', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(new Set(files.map(placeOf).filter(isPage)).size).toBeGreaterThan(7);
  });

  it('keeps pages from each other', () => {
    expect(wrong(({ from, to }) => isPage(from) && isPage(to) && from !== to)).toEqual([]);
  });

  it('keeps pages and background apart', () => {
    expect(wrong(({ from, to }) => from === 'background' && isPage(to))).toEqual([]);
    expect(wrong(({ from, to }) => isPage(from) && to === 'background')).toEqual([]);
  });

  it.each(['hosts', 'adapters', 'judging', 'ui', 'messaging', 'settings', 'banner', 'badge', 'webmail'])(
    'lets %s know of neither pages nor background',
    (place) => {
      expect(files.some((file) => placeOf(file) === place)).toBe(true);
      expect(wrong(({ from, to }) => from === place && (isPage(to) || to === 'background'))).toEqual([]);
    },
  );
});

describe('what runs in pages of webmail', () => {
  /** Values, not types: what ends up in the script. */
  const reached = (): ReadonlySet<string> => {
    const found = new Set<string>();
    const follow = (file: string): void => {
      if (found.has(file)) return;
      found.add(file);
      const text = SOURCES[`../../extension/${file}`] ?? '';
      for (const [, specifier = ''] of text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'/gms))
        follow(new URL(specifier, `file:///extension/${file}`).pathname.replace('/extension/', ''));
    };
    follow('webmail/script.ts');
    return found;
  };

  it('is the script, its hosts and the signs of the levels', () => {
    const places = [...reached()].map(placeOf).filter((place) => place !== '');
    expect([...new Set(places)].toSorted()).toEqual(['hosts', 'ui', 'webmail']);
    expect([...reached()].filter((file) => placeOf(file) === 'ui')).toEqual(['ui/level-shapes.ts']);
  });
});

it('has one template for all pages', () => {
  const html = import.meta.glob('../../extension/**/*.html');
  expect(Object.keys(html)).toEqual(['../../extension/ui/page.html']);
});
