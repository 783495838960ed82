/** Says what the reader's rules make of messages, without doing anything: for the panel, and where rules are tried. */
import type { Report } from '../../src/report/types.ts';
import type { RuleSet } from '../../src/rules/types.ts';
import type { HostMessage, MailHost } from '../hosts/host.ts';
import type { Handlers } from '../messaging/protocol.ts';
import { applyRules, describeTried, type RulesReply } from '../judging/outcome.ts';
import type { Checker } from '../judging/checker.ts';
import { faultOf } from '../judging/fault.ts';

export interface JudgePorts {
  readonly host: Pick<MailHost, 'accounts' | 'displayedIn' | 'tabsOnDisplay'>;
  readonly checker: Pick<Checker, 'check'>;
  /** Rejects where what is stored is no rules. */
  readonly loadRules: () => Promise<RuleSet>;
}

export interface Judge {
  /** What the stored rules say of a message. Never rejects: a fault of the rules takes nothing from what was found. */
  readonly judge: (message: HostMessage, report: Report) => Promise<RulesReply>;
  readonly handlers: Pick<Handlers, 'shown-messages' | 'preview-rules'>;
}

export function createJudge({ host, checker, loadRules }: JudgePorts): Judge {
  async function apply(rules: RuleSet, { accountId, folder }: HostMessage, report: Report): Promise<RulesReply> {
    // Accounts are asked for by name only where a rule may speak of one.
    const accounts = rules.rules.length > 0 ? await host.accounts() : [];
    return applyRules(rules, { report, account: accountId ?? undefined, folder: folder ?? undefined }, accounts);
  }

  return {
    async judge(message, report) {
      try {
        return await apply(await loadRules(), message, report);
      } catch (error) {
        console.error(error);
        return 'unreadable';
      }
    },
    handlers: {
      async 'shown-messages'() {
        const shown = new Map<number, HostMessage>();
        for (const tabId of await host.tabsOnDisplay()) {
          for (const message of await host.displayedIn(tabId).catch(() => [])) shown.set(message.id, message);
        }
        return [...shown.values()];
      },
      async 'preview-rules'({ rules, message }) {
        try {
          const checked = await checker.check(message);
          return { state: 'tried', ...describeTried(checked, await apply(rules, message, checked.report)) };
        } catch (error) {
          return faultOf(error);
        }
      },
    },
  };
}
