/** What pages may ask about running rules. */
import { LIMITS } from '../../../src/limits.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import type { MailStore, StoredMessage } from '../../hosts/mail-store.ts';
import { newRun } from '../../journal/changes.ts';
import type { Journal, RunMode, RunOrigin } from '../../journal/types.ts';
import type { Handlers, RunReply, RunRequestName } from '../../messaging/protocol.ts';
import { queuedMessage } from './collect.ts';
import type { Runner } from './runner.ts';

export interface RunHandlerPorts {
  readonly store: Pick<MailStore, 'folders' | 'find' | 'mayAct'>;
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
    messages: readonly StoredMessage[] = [],
  ): Promise<RunReply> {
    if (mode !== 'preview' && !(await store.mayAct())) return { refused: 'not-permitted' };
    const { id } = await journal.addRun(newRun(mode, origin, pace, now()), rules, messages.map(queuedMessage));
    void runner.wake();
    return { run: id };
  }

  /** The messages of these numbers, looked up at once: after a restart numbers mean other messages. */
  async function findAll(ids: readonly number[]): Promise<readonly StoredMessage[]> {
    const found: StoredMessage[] = [];
    for (const id of ids.slice(0, LIMITS.runMessages)) {
      const message = await store.find(id);
      if (message) found.push(message);
    }
    return found;
  }

  /** Undefined for a folder that does not exist. */
  async function folderOrigin(folderId: string, subfolders: boolean): Promise<RunOrigin | undefined> {
    const folder = (await store.folders()).find(({ id }) => id === folderId);
    return folder && { kind: 'folder', folderId, name: `${folder.accountName}: ${folder.path}`, subfolders };
  }

  return {
    folders: () => store.folders(),
    async 'start-run'({ scope, mode, pace = 'full' }) {
      const messages = scope.kind === 'messages' ? await findAll(scope.ids) : [];
      const origin: RunOrigin | undefined =
        scope.kind === 'messages'
          ? { kind: 'messages', count: messages.length }
          : await folderOrigin(scope.folderId, scope.subfolders ?? false);
      if (!origin) return { refused: 'no-folder' };
      if (mode === 'preview') await journal.dropPreviews();
      return start(mode, origin, pace, await loadRules(), messages);
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
