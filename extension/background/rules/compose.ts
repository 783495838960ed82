/** Puts together what runs rules in Thunderbird, and registers what wakes it. Called at top level, as listeners have to be. */
import browser from 'webextension-polyfill';
import { journal } from '../../adapters/journal.ts';
import { memory } from '../../adapters/memory.ts';
import { noteStart, startedUp } from '../../adapters/start-up.ts';
import { resolverFor } from '../../adapters/resolver.ts';
import { loadRules } from '../../adapters/rules-store.ts';
import { loadSettings } from '../../adapters/settings-store.ts';
import { thunderbird } from '../../hosts/thunderbird.ts';
import { createThunderbirdStore } from '../../hosts/thunderbird-store.ts';
import type { StoredMessage } from '../../hosts/mail-store.ts';
import type { Handlers, RunRequestName } from '../../messaging/protocol.ts';
import { t } from '../../ui/words.ts';
import { parseMessage } from '../../../src/message/parse.ts';
import { digestMessage } from '../../../src/practices/message-digest.ts';
import { checkParsed } from '../../judging/checker.ts';
import type { PassKeyWatch } from '../../judging/pass-keys.ts';
import { queuedMessage } from './collect.ts';
import { createRunHandlers } from './handlers.ts';
import { createKeepAwake } from './keep-awake.ts';
import { noticeOf } from './notice.ts';
import { createRunner } from './runner.ts';
import { sleep } from './sleep.ts';
import { tagLook } from './tag-look.ts';

export function composeRules(passKeys: PassKeyWatch): Pick<Handlers, RunRequestName> {
  const now = (): Date => new Date();
  const store = createThunderbirdStore((tag) => tagLook(tag, t));
  const runner = createRunner({
    store,
    journal,
    loadRules,
    now,
    async startChecking() {
      const [settings, ownAddresses, keys, circle] = await Promise.all([
        loadSettings(),
        thunderbird.ownAddresses(),
        passKeys.inForce(),
        memory.circle(),
      ]);
      const resolver = await resolverFor(settings);
      const own = { ...memory, circle, ownAddresses, passKeys: keys };
      return async (raw, accountId) => {
        const message = parseMessage(raw);
        const { report } = await checkParsed(message, settings, accountId, resolver, now, own);
        if (settings.remember) void passKeys.note(report, () => digestMessage(message));
        return report;
      };
    },
    async notify(notices) {
      const iconUrl = browser.runtime.getURL('icons/countersign-48.png');
      await browser.notifications.create({ type: 'basic', iconUrl, ...noticeOf(notices, t) });
    },
    ready: startedUp,
    keepAwake: createKeepAwake(() => void runner.wake()),
    sleep,
  });

  async function receive(pages: AsyncIterable<readonly StoredMessage[]>): Promise<void> {
    if (!(await loadSettings()).runRules) return;
    for await (const page of pages) {
      await journal.enqueueNewMail(page.map(queuedMessage), now());
    }
    await runner.wake();
  }

  store.onNewMail((pages) => void receive(pages));
  void noteStart().catch(console.error);
  // Whatever woke the background: what it was at when it ended is taken up again.
  void runner.wake();
  return createRunHandlers({ store, journal, runner, loadRules, now });
}
