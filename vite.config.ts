/**
 * One configuration for everything that is built: `TARGET` is thunderbird, chrome, firefox (extension packages), core (the
 * library) or cli (the command line). Without a target it configures the tests.
 */
import { join } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';
import { classicScripts } from './extension/manifest/classic-scripts.ts';
import { executable } from './extension/manifest/executable.ts';
import { pack } from './extension/manifest/pack.ts';
import { pageTemplate } from './extension/manifest/pages.ts';
import { EXTENSION_TARGETS, manifestFor, pagesFor, scriptsFor } from './extension/manifest/targets.ts';
import type { ExtensionTarget } from './extension/manifest/targets.ts';
import { reporters } from './test/support/skipped.ts';
import packageJson from './package.json' with { type: 'json' };

const dist = join(import.meta.dirname, 'dist');

/** Readable output without maps: a reviewer can compare it with the source, and nothing names the machine it was built on. */
const READABLE = {
  minify: false,
  sourcemap: false,
  modulePreload: false,
  target: 'es2023',
  reportCompressedSize: false,
};

const tests: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    reporters: reporters(),
    // Property tests and keys take their time on a busy machine; nothing here waits for anything.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

const core: ViteUserConfig = {
  publicDir: false,
  build: {
    ...READABLE,
    outDir: join(dist, 'core'),
    lib: { entry: join(import.meta.dirname, 'src/index.ts'), formats: ['es'], fileName: () => 'index.js' },
  },
};

const cli: ViteUserConfig = {
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  plugins: [executable(join(dist, 'cli/countersign.js'))],
  build: {
    ...READABLE,
    target: 'node20',
    outDir: join(dist, 'cli'),
    ssr: join(import.meta.dirname, 'src/cli/main.ts'),
    rolldownOptions: {
      output: { entryFileNames: 'countersign.js', banner: '#!/usr/bin/env node', codeSplitting: false },
    },
  },
};

function extension(target: ExtensionTarget): ViteUserConfig {
  const root = join(import.meta.dirname, 'extension');
  const folder = join(dist, target);
  const manifest = manifestFor(target, packageJson.version);
  return {
    root,
    base: '',
    define: { __TARGET__: JSON.stringify(target) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      pageTemplate(root),
      classicScripts(root, scriptsFor(target)),
      crx({ manifest, browser: target === 'chrome' ? 'chrome' : 'firefox' }),
      pack(folder, join(dist, `countersign-${target}.${target === 'chrome' ? 'zip' : 'xpi'}`)),
    ],
    build: {
      ...READABLE,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: pagesFor(target).map((page) => join(root, page)) },
    },
  };
}

export default defineConfig(() => {
  const target = process.env['TARGET'];
  if (process.env['VITEST'] !== undefined || target === undefined) return tests;
  if (target === 'core') return core;
  if (target === 'cli') return cli;
  const known = EXTENSION_TARGETS.find((name) => name === target);
  if (known === undefined) throw new Error(`TARGET is ${EXTENSION_TARGETS.join(', ')}, core or cli, not "${target}"`);
  return extension(known);
});
