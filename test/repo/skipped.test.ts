/** A test that is skipped without a listed reason fails a run where CI is set; a listed one is told with its reason. */
import { describe, expect, it } from 'vitest';
import { PERMITTED_SKIPS, sortSkipped } from '../support/skipped.ts';

const SOURCES = import.meta.glob<string>(['../**/*.test.ts', '!./skipped.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('skipped tests', () => {
  it('are permitted by the name of the test or of its group, and by nothing else', () => {
    const list = [{ test: 'a suite', reason: 'not here' }];
    expect(
      sortSkipped(['a suite > one', 'a suite', 'a suite of another kind > one', 'another > a suite'], list),
    ).toEqual({
      permitted: ['a suite > one: not here', 'a suite: not here'],
      unexplained: ['a suite of another kind > one', 'another > a suite'],
    });
  });

  it.each(PERMITTED_SKIPS.map(({ test }) => test))(
    '"%s" is a group that is still there and may still be skipped',
    (test) => {
      const conditional = Object.values(SOURCES).filter(
        (text) => text.includes(`.skipIf(`) && text.includes(`'${test}'`),
      );
      expect(conditional).toHaveLength(1);
    },
  );
});
