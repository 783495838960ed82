/**
 * Vite plugin: the HTML of every page comes from one template. A page is a folder below pages/ with a `main.tsx`; the bundler finds
 * `pages/NAME/index.html` there, which is on no disk.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** @param root the folder of the extension, with `ui/page.html` and `pages/` in it */
export function pageTemplate(root: string): Plugin {
  const folder = join(root, 'pages');
  const nameOf = (file: string): string => relative(folder, dirname(file));
  const isPage = (file: string): boolean =>
    /^[a-z]+$/.test(nameOf(file)) && existsSync(join(dirname(file), 'main.tsx'));
  return {
    name: 'countersign:page-template',
    enforce: 'pre',
    resolveId(source) {
      if (!source.endsWith('/index.html')) return undefined;
      const file = resolve(root, source);
      return isPage(file) ? file : undefined;
    },
    load(id) {
      if (!id.endsWith('/index.html') || !isPage(id)) return undefined;
      return readFileSync(join(root, 'ui/page.html'), 'utf8').replace('NAME', nameOf(id));
    },
  };
}
