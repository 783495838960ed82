/** Records cut at their faults: nothing is lost, and each fault ends where its term or tag does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markFaults } from '../../src/profile/marks.ts';

const faulty = (record: string, offsets: readonly number[], separator: ' ' | ';'): readonly string[] =>
  markFaults(record, offsets, separator)
    .filter((segment) => segment.faulty)
    .map(({ text }) => text);

describe('marking faults', () => {
  it.each<[string, string, readonly number[], ' ' | ';', readonly string[]]>([
    ['a term up to the next space', 'v=spf1 ip4:300.1 -all', [7], ' ', ['ip4:300.1']],
    ['a term from inside', 'v=spf1 ip4:300.1 -all', [11], ' ', ['300.1']],
    ['the last term', 'v=spf1 -al', [7], ' ', ['-al']],
    ['a tag without the space before it', 'v=DMARC1; p=x; t=y', [9], ';', ['p=x']],
    ['two faults in one term once', 'v=spf1 a:%q%q', [9, 11], ' ', ['%q%q']],
    ['nothing outside the record', 'v=spf1', [6, 99], ' ', []],
  ])('%s', (_name, record, offsets, separator, expected) => {
    expect(faulty(record, offsets, separator)).toEqual(expected);
  });

  it('loses no character, whatever the record and the offsets', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat(60)), (record, offsets) => {
        for (const separator of [' ', ';'] as const) {
          const segments = markFaults(record, offsets, separator);
          expect(segments.map(({ text }) => text).join('')).toBe(record);
          expect(segments.every(({ text }) => text !== '')).toBe(true);
        }
      }),
    );
  });
});
