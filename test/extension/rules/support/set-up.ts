/** What the tests of runs share: a store and a journal in memory, and runners that come and go over them. */
import { expect, vi } from 'vitest';
import { createRunner } from '../../../../extension/background/rules/runner.ts';
import type { MailStore } from '../../../../extension/hosts/mail-store.ts';
import { newRun } from '../../../../extension/journal/changes.ts';
import type { Journal, Run, RunMode, RunOrigin } from '../../../../extension/journal/types.ts';
import { checkMessage } from '../../../../src/check.ts';
import { createZoneResolver } from '../../../../src/dns/zone.ts';
import type { Rule, RuleSet } from '../../../../src/rules/types.ts';
import { memoryJournal } from './journal.ts';
import { folder, memoryStore, type MemoryStore } from './mail-store.ts';

export const NOW = new Date('2026-11-22T08:00:00Z');
export const INBOX = folder('INBOX');
export const ADS = folder('Ads');
export const SUB = folder('Ads/Old');
export const ELSEWHERE = folder('Ads', 'account2');
const FOLDERS = [INBOX, ADS, SUB, ELSEWHERE];

const answering = createZoneResolver({ 'shop.example': { A: ['192.0.2.1'] } });

export function rule(actions: Rule['actions'], more: Partial<Rule> = {}): Rule {
  return {
    id: 'r',
    name: 'Rule',
    enabled: true,
    conditions: { all: [] },
    actions,
    stop: false,
    unchecked: false,
    ...more,
  };
}

export const TAG_AND_MOVE: RuleSet = {
  version: 1,
  rules: [
    rule([
      { do: 'tag', tag: 'class-adv' },
      { do: 'mark', as: 'read' },
      { do: 'move', folder: 'Ads' },
    ]),
  ],
};

export function setUp(rules: RuleSet = TAG_AND_MOVE, resolver = answering) {
  const store = memoryStore(FOLDERS);
  const journal = memoryJournal();
  const notify = vi.fn(() => Promise.resolve());
  const keepAwake = vi.fn((_on: boolean) => Promise.resolve());
  const ready = vi.fn(() => Promise.resolve(true));
  const clock = { now: NOW };
  const start = (overStore: MailStore = store, overJournal: Journal = journal) =>
    createRunner({
      store: overStore,
      journal: overJournal,
      startChecking: () =>
        Promise.resolve((raw) =>
          checkMessage(raw, { resolver, now: NOW, trust: { authservIds: [], resultsBelowEntry: 0 } }),
        ),
      now: () => clock.now,
      loadRules: () => Promise.resolve(rules),
      notify,
      ready,
      keepAwake,
      sleep: () => Promise.resolve(),
    });
  const begin = (mode: RunMode, origin: RunOrigin): Promise<Run> =>
    journal.addRun(newRun(mode, origin, 'full', NOW), mode === 'undo' ? null : rules);
  const run = async (mode: RunMode, origin: RunOrigin): Promise<Run> => {
    const { id } = await begin(mode, origin);
    await start().wake();
    return journal.runs.get(id) ?? expect.fail('the run is gone');
  };
  return { store, journal, notify, keepAwake, ready, clock, start, begin, run };
}

export const inbox = (subfolders = false): RunOrigin => ({
  kind: 'folder',
  folderId: INBOX.id,
  name: 'Inbox',
  subfolders,
});

export function fill(store: MemoryStore, count: number, folderId = INBOX.id): void {
  for (let at = 0; at < count; at++) store.add(folderId, `${folderId.replace(/\W/g, '')}-${at}`);
}

/** What can be seen of messages, whatever their numbers. */
export function picture(store: MemoryStore): readonly unknown[] {
  return store
    .all()
    .map(({ headerMessageId, folderId, tags, read, flagged, junk }) => ({
      headerMessageId,
      folderId,
      tags,
      read,
      flagged,
      junk,
    }))
    .sort((left, right) => (left.headerMessageId < right.headerMessageId ? -1 : 1));
}
