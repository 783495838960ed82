/** Runs and entries of the journal as words, in every language. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { newRun } from '../../../../extension/journal/changes.ts';
import type { Entry, ProblemWhy, Run, RunMode, RunOrigin, RunState } from '../../../../extension/journal/types.ts';
import { exportJournal, viewEntry, viewRun } from '../../../../extension/pages/activity/view-model.ts';
import { folder } from '../../rules/support/mail-store.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { fill } = await import('../../../../extension/ui/words.ts');

const NOW = new Date('2026-11-22T08:00:00Z');
const FOLDERS = [folder('INBOX'), folder('Ads')];

function wordsIn(language: string) {
  const file = new URL(`../../../../extension/public/_locales/${language}/messages.json`, import.meta.url);
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly message: string }>;
  return (key: string, params = {}): string => {
    const message = catalogue[key]?.message ?? expect.fail(`no words for ${key}`);
    const text = fill(message, params);
    expect(text).not.toMatch(/\{[a-zA-Z]+\}/);
    return text;
  };
}
const t = wordsIn('en');

const ORIGINS: readonly RunOrigin[] = [
  { kind: 'new-mail', day: '2026-11-22' },
  { kind: 'messages', count: 2 },
  { kind: 'folder', folderId: FOLDERS[0]?.id ?? '', name: 'Home: INBOX', subfolders: true },
  { kind: 'folder', folderId: FOLDERS[0]?.id ?? '', name: 'Home: INBOX', subfolders: false },
  { kind: 'undo', run: 1 },
  { kind: 'undo', run: 1, entry: 2 },
];
const STATES: readonly RunState[] = ['running', 'paused', 'cancelled', 'finished', 'broken'];
const MODES: readonly RunMode[] = ['act', 'preview', 'undo'];
const PROBLEMS: readonly ProblemWhy[] = [
  'unreadable',
  'no-folder',
  'not-found',
  'in-two-places',
  'not-permitted',
  'refused',
  'changed-since',
];

function run(more: Partial<Run> = {}): Run {
  const counts = { total: 200, done: 100, acted: 20, failed: 1 };
  return {
    ...newRun('act', ORIGINS[3] ?? expect.fail(), 'full', NOW),
    id: 1,
    collected: true,
    counts,
    workedMs: 4000,
    ...more,
  };
}

function entry(more: Partial<Entry> = {}): Entry {
  return {
    id: 7,
    run: 1,
    at: NOW.toISOString(),
    state: 'done',
    message: { headerMessageId: 'a@b', author: 'Shop <post@shop.example>', subject: 'Offer', date: NOW.toISOString() },
    messageId: 3,
    before: { folderId: FOLDERS[0]?.id ?? '', tags: [], read: false, flagged: false, junk: false },
    change: { addTags: ['class-adv'], removeTags: [], read: true, moveTo: FOLDERS[1]?.id ?? '' },
    rules: [
      {
        id: 'r',
        name: 'Advertising',
        because: [{ condition: { field: 'level', compare: 'is', level: 'verified' }, found: ['verified'] }],
      },
    ],
    level: 'verified',
    problems: [],
    ...more,
  };
}

describe('a run in words', () => {
  it('says how far it is, and how fast', () => {
    const { counts, done, total } = viewRun(run(), t);
    expect({ done, total }).toEqual({ done: 100, total: 200 });
    expect(counts).toBe('100 of 200 messages checked, 20 changed. 1 not changed, or only partly. 25 a second.');
  });

  it.each([
    ['running', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['cancelled', ['undo']],
    ['finished', ['undo']],
    ['broken', ['undo']],
  ] as const)('that is %s can be met with %j', (state, can) => {
    expect(viewRun(run({ state }), t).can).toEqual(can);
  });

  it('cannot be undone where it only told, undid, or did nothing', () => {
    expect(viewRun(run({ state: 'finished', mode: 'preview' }), t).can).toEqual([]);
    expect(viewRun(run({ state: 'finished', mode: 'undo' }), t).can).toEqual([]);
    expect(viewRun(run({ state: 'finished', counts: { total: 9, done: 9, acted: 0, failed: 0 } }), t).can).toEqual([]);
  });

  it('of new mail is switched off, not paused', () => {
    expect(viewRun(run({ origin: ORIGINS[0] ?? expect.fail() }), t).can).toEqual([]);
  });

  it('says that it waits for the start of the mail program, unless it only tells', () => {
    expect(viewRun(run({ collected: false }), t, true).state).toContain('This can take 10 seconds');
    expect(viewRun(run({ mode: 'preview', collected: false }), t, true).state).toBe('Collecting messages');
    expect(viewRun(run({ state: 'paused' }), t, true).state).toBe('Paused');
    expect(viewRun(run(), t).state).toBe('Running');
  });

  it.each(['en', 'de'])('has words for everything in %s', (language) => {
    const words = wordsIn(language);
    for (const mode of MODES)
      for (const origin of ORIGINS)
        for (const state of STATES) {
          const view = viewRun(run({ mode, origin, state, collected: false, cut: true, error: 'Error: no' }), words);
          for (const act of view.can) words(`journal_do_${act}`);
          expect(view.title).not.toBe('');
        }
  });
});

describe('an entry in words', () => {
  it('says what was done, where to, and why', () => {
    const { why, changes, outcome, canBeUndone } = viewEntry(entry(), { folders: FOLDERS, t });
    expect(why).toEqual([expect.stringMatching(/^Advertising, because .*Verified.*\(found: verified\)/)]);
    expect(changes).toEqual(['tag adv', 'marked as read', 'to the folder account1: Ads']);
    expect(outcome).toBe('Done');
    expect(canBeUndone).toBe(true);
  });

  it('shows what hides in names and reasons', () => {
    const { why } = viewEntry(entry({ rules: [{ id: 'r', name: 'a\u202eb', because: [] }] }), { folders: [], t });
    expect(why[0]).not.toContain('\u202e');
  });

  it('that was undone says so, and is not undone again', () => {
    const view = viewEntry(entry({ undoneBy: 9 }), { folders: FOLDERS, t });
    expect(view).toMatchObject({ outcome: 'Undone', canBeUndone: false });
  });

  it.each(['en', 'de'])('has words for every problem and outcome in %s', (language) => {
    const places = { folders: FOLDERS, t: wordsIn(language) };
    for (const why of PROBLEMS)
      for (const detail of ['flagged', 'class-adv', FOLDERS[1]?.id ?? '', ''])
        expect(viewEntry(entry({ problems: [{ why, detail }] }), places).problems).toHaveLength(1);
    for (const state of ['intended', 'done', 'failed', 'previewed'] as const) viewEntry(entry({ state }), places);
    for (const on of [true, false]) {
      const change = { addTags: [], removeTags: ['t'], read: on, flagged: on, junk: on };
      expect(viewEntry(entry({ change }), places).changes).toHaveLength(4);
    }
  });
});

it('the journal is saved with all there is', () => {
  const saved = JSON.parse(exportJournal({ runs: [run()], entries: [entry()] }, NOW)) as unknown;
  expect(saved).toMatchObject({ format: 'countersign-journal', version: 1, runs: [{ id: 1 }], entries: [{ id: 7 }] });
});
