/** What is wrong with a file or an input that `src/rules/reader.ts` read, as words. Computed without a browser. */
import type { RuleProblem } from '../../src/rules/reader.ts';
import { keyOf, type Translate } from './words.ts';

export function problemText({ why, expected = [] }: RuleProblem, t: Translate): string {
  const text = t(keyOf('rules_problem', why));
  return EXPLAINED.has(why) && expected.length > 0
    ? `${text} ${t('rules_problem_expected')} ${expected.join(', ')}`
    : text;
}

/** Problems for which it helps to know what would have been right. */
const EXPLAINED: ReadonlySet<RuleProblem['why']> = new Set([
  'unknown-version',
  'unknown-member',
  'wrong-type',
  'not-one-of',
  'too-many',
  'too-deep',
]);

export interface FileProblem {
  /** The rule it is in, as words; empty for the file as a whole. */
  readonly rule: string;
  /** JSON Pointer. */
  readonly path: string;
  readonly text: string;
}

export function fileProblems(problems: readonly RuleProblem[], t: Translate): readonly FileProblem[] {
  return problems.map((problem) => {
    const index = /^\/rules\/(\d+)/.exec(problem.path)?.[1];
    return {
      rule: index === undefined ? '' : t('rules_problem_rule', { number: String(Number(index) + 1) }),
      path: problem.path,
      text: problemText(problem, t),
    };
  });
}
