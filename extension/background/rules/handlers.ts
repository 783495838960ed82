/** What pages may ask about running rules. */
import type { RuleSet } from '../../../src/rules/types.ts';
import type { MailStore } from '../../hosts/mail-store.ts';
import { newRun } from '../../journal/changes.ts';
import type { Journal, RunMode, RunOrigin } from '../../journal/types.ts';
import type { Handlers, RunReply, RunRequestName, RunScope } from '../../messaging/protocol.ts';
import type { Runner } from './runner.ts';

export interface RunHandlerPorts {
  readonly store: Pick<MailStore, 'folders' | 'mayAct'>;
  readonly journal: Journal;
  readonly runner: Runner;
  readonly loadRules: () => Promise<RuleSet>;
  readonly now: () => Date;
}

export function createRunHandlers({
  store,
  journal,
  runner,
  loadRules,
  now,
}: RunHandlerPorts): Pick<Handlers, RunRequestName> {
  async function start(
    mode: RunMode,
    origin: RunOrigin,
    pace: 'full' | 'gentle',
    rules: RuleSet | null,
  ): Promise<RunReply> {
    if (mode !== 'preview' && !(await store.mayAct())) return { refused: 'not-permitted' };
    const { id } = await journal.addRun(newRun(mode, origin, pace, now()), rules);
    void runner.wake();
    return { run: id };
  }

  /** Where the scope is; undefined for a folder that does not exist. */
  async function originOf(scope: RunScope): Promise<RunOrigin | undefined> {
    if (scope.kind === 'messages') return scope;
    const { folderId, subfolders = false } = scope;
    const folder = (await store.folders()).find(({ id }) => id === folderId);
    return folder && { kind: 'folder', folderId, name: `${folder.accountName}: ${folder.path}`, subfolders };
  }

  return {
    folders: () => store.folders(),
    async 'start-run'({ scope, mode, pace = 'full' }) {
      const origin = await originOf(scope);
      if (!origin) return { refused: 'no-folder' };
      if (mode === 'preview') await journal.dropPreviews();
      return start(mode, origin, pace, await loadRules());
    },
    async 'pause-run'({ run }) {
      await journal.changeRun(run, ({ state }) => (state === 'running' ? { state: 'paused' } : {}));
      return null;
    },
    async 'resume-run'({ run }) {
      await journal.changeRun(run, ({ state }) => (state === 'paused' ? { state: 'running' } : {}));
      void runner.wake();
      return null;
    },
    async 'cancel-run'({ run }) {
      const endedAt = now().toISOString();
      const isOpen = (state: string): boolean => state === 'running' || state === 'paused';
      const changed = await journal.changeRun(run, ({ state }) =>
        isOpen(state) ? { state: 'cancelled', endedAt } : {},
      );
      if (changed?.state === 'cancelled') await journal.emptyQueue(run);
      return null;
    },
    async undo({ run, entry }) {
      const state = (await journal.run(run))?.state;
      if (state === 'running' || state === 'paused') return { refused: 'still-running' };
      return start('undo', { kind: 'undo', run, ...(entry === undefined ? {} : { entry }) }, 'full', null);
    },
  };
}
