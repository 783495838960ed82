/** The end-to-end tests: real mail programs and browsers, one after the other. Needs what .ci/setup-e2e installs. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { reporters } from '../support/skipped.ts';

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/e2e/**/*.test.ts'],
    environment: 'node',
    reporters: reporters(),
    fileParallelism: false,
    globalSetup: 'test/e2e/support/build.ts',
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
