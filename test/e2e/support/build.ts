/** Builds what the end-to-end tests install, so that they never judge an older state of the source. */
import { join } from 'node:path';
import { runProgram } from './process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export async function setup(): Promise<void> {
  // The test runner marks its environment, and the build would take the marks for its own.
  const { VITEST: _runner, NODE_ENV: _mode, ...env } = process.env;
  for (const target of ['thunderbird', 'chrome', 'firefox']) {
    await runProgram('npm', ['run', '-s', `build:${target}`], { cwd: ROOT, env });
  }
}
