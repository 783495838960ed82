/** The reader's rules in the extension's own storage, in the shape of the file they are exported to. */
import browser from 'webextension-polyfill';
import { parseRules } from '../../src/rules/parse.ts';
import { RULES_VERSION, type RuleSet } from '../../src/rules/types.ts';

const KEY = 'rules';

const NO_RULES: RuleSet = { version: RULES_VERSION, rules: [] };

/**
 * The rules as they stand; none where the reader has made none. Rejects where what is stored cannot be read as rules, so that
 * nothing is done by half of them.
 */
export async function loadRules(): Promise<RuleSet> {
  const stored = await readStoredRules();
  if (stored === undefined) return NO_RULES;
  const parsed = parseRules(stored);
  if (!parsed.ok) throw new Error(`the stored rules cannot be read: ${JSON.stringify(parsed.problems[0])}`);
  return parsed.value;
}

/** What is stored, whether it can be read as rules or not: for its owner to keep. */
export async function readStoredRules(): Promise<unknown> {
  return (await browser.storage.local.get(KEY))[KEY];
}

export async function saveRules(rules: RuleSet): Promise<void> {
  await browser.storage.local.set({ [KEY]: rules });
}

/** Calls back when the rules were changed, by whichever page. */
export function onRulesChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && KEY in changes) listener();
  });
}
