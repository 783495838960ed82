/** Messages with what rules say of them, one after the other as they are checked. */
import type { RuleSet } from '../../../src/rules/types.ts';
import { ask } from '../../messaging/ask.ts';
import type { TriedReply } from '../../messaging/protocol.ts';
import { checkSaved } from '../../judging/check-saved.ts';
import { readSavedFile } from '../../judging/saved-messages.ts';
import { applyRules, describeTried } from '../../judging/outcome.ts';

export type Tried = TriedReply & {
  /** The mail program's number of the message; absent where it is a saved one. */
  readonly id?: number;
};

/** The messages on display or selected in the mail program. */
export async function* tryOnShown(rules: RuleSet): AsyncGenerator<Tried> {
  for (const message of await ask('shown-messages', {}))
    yield { ...(await ask('preview-rules', { rules, message })), id: message.id };
}

/** Saved messages. */
export async function* tryOnFiles(rules: RuleSet, files: readonly File[]): AsyncGenerator<Tried> {
  for (const file of files) {
    for (const { raw } of (await readSavedFile(file)).messages) {
      const checked = await checkSaved(raw);
      yield { state: 'tried', ...describeTried(checked, applyRules(rules, { report: checked.report }, [])) };
    }
  }
}
