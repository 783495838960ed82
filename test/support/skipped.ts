/**
 * Says at the end of a run which tests were skipped. Where `CI` is set a skipped test is a failure, unless it is listed here with
 * its reason: a suite that quietly became smaller proves nothing.
 */
import type { Reporter, TestModule, Vitest } from 'vitest/node';

export interface PermittedSkip {
  /** Beginning of the full name of a test, or of all tests of a group. */
  readonly test: string;
  readonly reason: string;
}

const NOT_OURS = 'the published suite is not part of this repository; it is run where it lies in ../shared/conformance';
const KEPT_APART = 'these messages are not part of this repository; they are judged where they lie in ../shared';

export const PERMITTED_SKIPS: readonly PermittedSkip[] = [
  { test: 'the RFC 7208 test suite', reason: NOT_OURS },
  { test: 'ARC validation suite', reason: NOT_OURS },
  { test: 'cases that were judged wrong', reason: KEPT_APART },
  { test: 'messages shaped like real mail', reason: KEPT_APART },
  { test: 'mail through real servers', reason: 'starting Postfix takes the rights of root' },
];

export interface SkippedTests {
  /** One line a test that may be skipped, with the reason. */
  readonly permitted: readonly string[];
  /** Names of tests that are skipped without a reason that is listed. */
  readonly unexplained: readonly string[];
}

/** Sorts the full names of skipped tests. */
export function sortSkipped(names: readonly string[], list: readonly PermittedSkip[] = PERMITTED_SKIPS): SkippedTests {
  const permitted: string[] = [];
  const unexplained: string[] = [];
  for (const name of names) {
    const known = list.find(({ test }) => name === test || name.startsWith(`${test} > `));
    if (known) permitted.push(`${name}: ${known.reason}`);
    else unexplained.push(name);
  }
  return { permitted, unexplained };
}

/** For `reporters` of a vitest configuration. */
export class SkippedTestsReporter implements Reporter {
  #isFiltered = false;

  onInit({ config }: Vitest): void {
    this.#isFiltered = config.testNamePattern !== undefined; // whoever asks for some tests skips the others knowingly
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.#isFiltered) return;
    const tests = modules.flatMap(({ children }) => [...children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const { permitted, unexplained } = sortSkipped(skipped.map(({ fullName }) => fullName));
    for (const line of permitted) console.log(`skipped: ${line}`);
    for (const name of unexplained) console.log(`skipped without a listed reason: ${name}`);
    if (unexplained.length > 0 && process.env['CI'] !== undefined) process.exitCode = 1;
  }
}

/** The reporters of a run: the usual one, ours, and a JSON file where the environment variable TEST_REPORT names one. */
export function reporters(): (Reporter | string | [string, Record<string, unknown>])[] {
  const file = process.env['TEST_REPORT'];
  return [
    'default',
    new SkippedTestsReporter(),
    ...(file === undefined ? [] : [['json', { outputFile: file }] as [string, Record<string, unknown>]]),
  ];
}
