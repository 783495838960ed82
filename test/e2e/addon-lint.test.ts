/** The built packages as the add-on sites' own linter sees them, and the files their manifests name. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTENSION_TARGETS } from '../../extension/manifest/targets.ts';
import type { ExtensionTarget } from '../../extension/manifest/targets.ts';

/** Milliseconds; the linter takes its time where programs share a processor. */
const LINT_TIMEOUT = 180_000;
const ROOT = join(import.meta.dirname, '..', '..');
const folderOf = (target: string): string => join(ROOT, 'dist', target);

interface Remark {
  readonly code: string;
  readonly message: string;
}

interface LintReport {
  readonly errors: readonly Remark[];
  readonly warnings: readonly Remark[];
}

/** The linter knows Firefox alone, and preact has a way to set markup that nothing here uses. */
const EXPECTED: Readonly<Record<ExtensionTarget, readonly RegExp[]>> = {
  thunderbird: [
    /^MANIFEST_(OPTIONAL_)?PERMISSIONS .*"(messages|accounts)\w+" at \d/,
    /^MISSING_DATA_COLLECTION_PERMISSIONS /,
    /^UNSAFE_VAR_ASSIGNMENT .*innerHTML/,
  ],
  chrome: [
    /^MANIFEST_PERMISSIONS .*"sidePanel" at \d/,
    /^UNSUPPORTED_API sidePanel\.open /,
    /^BACKGROUND_SERVICE_WORKER_NOFALLBACK /,
    /^ADDON_ID_REQUIRED /,
    /^MISSING_DATA_COLLECTION_PERMISSIONS /,
    /^UNSAFE_VAR_ASSIGNMENT .*innerHTML/,
  ],
  firefox: [/^UNSAFE_VAR_ASSIGNMENT .*innerHTML/],
};

/** Every error and warning as one line of text. */
function lint(target: string): readonly string[] {
  const options = ['--no-config-discovery', '--self-hosted', '--output', 'json', '--source-dir', folderOf(target)];
  const command = [join(ROOT, 'node_modules', 'web-ext', 'bin', 'web-ext.js'), 'lint', ...options];
  // Its exit status tells whether there are errors, which the report tells as well.
  const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const report = JSON.parse(stdout) as LintReport;
  return [...report.errors, ...report.warnings].map(({ code, message }) => `${code} ${message}`);
}

/** Every string of a manifest that is a path; paths inside the package hold no scheme. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^[\w./-]+\.(html|js|css|png|svg|json)$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

describe.each(EXTENSION_TARGETS)('the package for %s', (target) => {
  it('has nothing the add-on linter complains of', { timeout: LINT_TIMEOUT }, () => {
    const remarks = lint(target);
    const unexpected = remarks.filter((remark) => !EXPECTED[target].some((expected) => expected.test(remark)));
    expect(unexpected).toEqual([]);
    // One in the component library, and none of ours beside it.
    expect(remarks.filter((remark) => remark.includes('innerHTML'))).toHaveLength(1);
  });

  it('holds every file its manifest names', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(folderOf(target), 'manifest.json'), 'utf8'));
    const paths = pathsIn(manifest);
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.filter((path) => !existsSync(join(folderOf(target), path)))).toEqual([]);
  });
});
