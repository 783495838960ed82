/** The list of checked messages, without a browser. */
import { describe, expect, it, vi } from 'vitest';
import { utf8ToBytes } from '../../../../src/bytes/ascii.ts';
import { checkMessage } from '../../../../src/check.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import type { CheckedEntry } from '../../../../extension/pages/file/list.ts';

vi.mock('webextension-polyfill', () => ({ default: { i18n: { getMessage: (key: string) => key } } }));
const { levelsIn, shownEntries, toCsv, toJson } = await import('../../../../extension/pages/file/list.ts');

const t = (key: string): string => key;

async function entry(label: string, author: string, header: string): Promise<CheckedEntry> {
  const raw = utf8ToBytes(`${header}\r\n\r\nHello\r\n`);
  const report = await checkMessage(raw, { resolver: createZoneResolver({}), now: new Date('2026-11-30T10:00:00Z') });
  const checked = { report, header: [], headerCut: false, serverNamed: false };
  return { label, author, subject: '=1+1', raw, headerOnly: false, checked };
}

const plain = await entry('a.eml', 'Zoe', 'From: Zoe <zoe@quiet.example>');
const twice = await entry('b.eml', 'Ann', 'From: ann@quiet.example\r\nFrom: bob@quiet.example');
const entries = [plain, twice];

describe('the list', () => {
  it('is in the order of the files, worst first, or by sender', () => {
    const labels = (order: 'file' | 'worst' | 'author') =>
      shownEntries(entries, { level: null, order }).map(({ label }) => label);
    expect(labels('file')).toEqual(['a.eml', 'b.eml']);
    expect(labels('worst')).toEqual(['b.eml', 'a.eml']);
    expect(labels('author')).toEqual(['b.eml', 'a.eml']);
  });

  it('shows one level, of those that occur', () => {
    const levels = levelsIn(entries);
    expect(levels).toHaveLength(2);
    expect(levels.at(-1)).toBe('warning');
    expect(shownEntries(entries, { level: 'warning', order: 'file' })).toEqual([twice]);
  });
});

describe('what is handed out', () => {
  it('is a table that no spreadsheet takes for formulas (RFC 4180)', () => {
    const [head, ...rows] = toCsv([plain], t).trimEnd().split('\r\n');
    expect(head?.split(',')).toHaveLength(6);
    expect(rows[0]).toContain('"\'=1+1"');
    const quoted = { ...plain, subject: 'a "b", c' };
    expect(toCsv([quoted], t)).toContain('"a ""b"", c"');
  });

  it('is one Report for each message', () => {
    const parsed = JSON.parse(toJson(entries)) as { file: string; report: { schema: number } }[];
    expect(parsed.map(({ file, report }) => [file, report.schema])).toEqual([
      ['a.eml', 1],
      ['b.eml', 1],
    ]);
  });
});
