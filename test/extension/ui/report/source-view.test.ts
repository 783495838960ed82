/** The source of a message: what is found in it, and what is copied. */
import { describe, expect, it } from 'vitest';
import { matchingFields, sourceText } from '../../../../extension/ui/report/source-view.ts';
import type { HeaderView } from '../../../../extension/ui/report/view-model.ts';

const FIELDS: readonly HeaderView[] = [
  ['Received', ' from a.example by b.example;\r\n\tMon, 30 Nov 2026 07:00:00 +0000', []],
  ['ARC-Seal', ' i=1; cv=none', []],
  ['From', ' Ann <ann@Orchard.example>', ['orchard.example']],
  ['X-Note', ' (unsigned) from nobody', []],
].map(([name, value, signedBy], index) => ({ index, name, value, signedBy }) as HeaderView);

const found = (sought: string, filter: 'all' | 'signed' | 'unsigned' | 'trace' = 'all'): readonly number[] =>
  matchingFields(FIELDS, sought, filter).map(({ index }) => index);

describe('the source', () => {
  it.each([
    ['', [0, 1, 2, 3]],
    ['ORCHARD', [2]],
    ['from:', [2]],
    ['b.example; Mon', [0]],
    ['(unsigned)', [3]],
    ['nothing like it', []],
  ])('has for %j the fields %j', (sought, expected) => {
    expect(found(sought)).toEqual(expected);
  });

  it('is filtered by what is signed, and by what servers added', () => {
    expect(found('', 'signed')).toEqual([2]);
    expect(found('', 'unsigned')).toEqual([0, 1, 3]);
    expect(found('', 'trace')).toEqual([0, 1]);
    expect(found('from', 'unsigned')).toEqual([0, 3]);
  });

  it('is copied as it is in the message, folded lines included', () => {
    expect(sourceText(FIELDS.slice(0, 2))).toBe(
      'Received: from a.example by b.example;\r\n\tMon, 30 Nov 2026 07:00:00 +0000\nARC-Seal: i=1; cv=none\n',
    );
    expect(sourceText([])).toBe('');
  });
});
