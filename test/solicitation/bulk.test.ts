/** Legacy marks of bulk mail: what counts as one, and that none moves a level. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { readBulkMarks } from '../../src/solicitation/bulk.ts';
import { reportOf } from '../rules/support/subject.ts';
import { messageOf } from '../support/message.ts';

describe('marks of bulk mail', () => {
  it.each([
    ['Precedence: bulk', 'precedence', 'bulk'],
    ['precedence:LIST', 'precedence', 'LIST'],
    ['Precedence: junk', 'precedence', 'junk'],
    ['List-Unsubscribe: <mailto:leave@l.example>', 'list-unsubscribe', '<mailto:leave@l.example>'],
    ['List-Unsubscribe-Post: List-Unsubscribe=One-Click', 'one-click', 'List-Unsubscribe=One-Click'],
    ['Feedback-ID: 1:campaign:shop', 'feedback-id', '1:campaign:shop'],
    ['Auto-Submitted: auto-generated', 'auto-submitted', 'auto-generated'],
    ['Auto-Submitted: auto-replied; x=y', 'auto-submitted', 'auto-replied; x=y'],
    ['Auto-Submitted: nobody-knows', 'auto-submitted', 'nobody-knows'],
    ['Feedback-ID: a\r\n :b', 'feedback-id', 'a :b'],
  ])('%j is one', (line, mark, value) => {
    expect(readBulkMarks(messageOf('From: a@b.example', line))).toEqual([{ mark, value, field: 1 }]);
  });

  it.each([
    'Precedence: first-class',
    'Precedence: ',
    'List-Unsubscribe:',
    'List-Unsubscribe-Post: yes',
    'Auto-Submitted: no',
    'Auto-Submitted: No (a person wrote this)',
    'Auto-Submitted: no; x=y',
    'X-Precedence: bulk',
  ])('%j is none (RFC 2076 §3.9, RFC 8058 §3.1, RFC 3834 §5)', (line) => {
    expect(readBulkMarks(messageOf(line))).toEqual([]);
  });

  it('are told in the order of their fields, and bounded in number and length', () => {
    const marks = readBulkMarks(messageOf('Feedback-ID: x', 'Subject: y', 'Precedence: bulk'));
    expect(marks.map(({ mark, field }) => [mark, field])).toEqual([
      ['feedback-id', 0],
      ['precedence', 2],
    ]);
    const many = readBulkMarks(messageOf(...Array.from({ length: 500 }, () => `Feedback-ID: ${'x'.repeat(900)}`)));
    expect(many).toHaveLength(LIMITS.bulkMarks);
    expect(many[0]?.value).toHaveLength(LIMITS.bulkMarkCharacters);
  });

  it('move no level', async () => {
    const bare = await reportOf('From: a@b.example', 'Subject: x');
    const marked = await reportOf(
      'From: a@b.example',
      'Subject: x',
      'Precedence: bulk',
      'Auto-Submitted: auto-replied',
    );
    expect(marked.level).toBe(bare.level);
    expect(marked.findings.filter(({ id }) => id === 'bulk-marks')).toMatchObject([
      { level: 'note', params: { fields: 'Precedence, Auto-Submitted' }, evidence: [{ index: 2 }, { index: 3 }] },
    ]);
  });
});
