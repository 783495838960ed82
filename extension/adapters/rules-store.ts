/** The reader's rules in the extension's own storage, in the shape of the file they are exported to. */
import { parseRules } from '../../src/rules/parse.ts';
import { RULES_VERSION, type RuleSet } from '../../src/rules/types.ts';
import { storedValue } from './stored-value.ts';

/** Whatever is stored, whether it can be read as rules or not: for its owner to keep. */
const stored = storedValue<unknown>('rules', (found) => found);

const NO_RULES: RuleSet = { version: RULES_VERSION, rules: [] };

/**
 * The rules as they are; none where the reader has made none. Rejects where what is stored cannot be read as rules, so that
 * nothing is done by half of them.
 */
export async function loadRules(): Promise<RuleSet> {
  return readRules(await stored.load());
}

function readRules(found: unknown): RuleSet {
  if (found === undefined) return NO_RULES;
  const parsed = parseRules(found);
  if (!parsed.ok) throw new Error(`the stored rules cannot be read: ${JSON.stringify(parsed.problems[0])}`);
  return parsed.value;
}

export const readStoredRules = stored.load;

/** Puts rules in the place of whatever is stored. */
export async function replaceRules(rules: RuleSet): Promise<void> {
  await stored.change(() => rules);
}

/**
 * Puts new rules in the place of those they were made from; false, and nothing is written, where other rules are stored by now.
 * @param from what the change was made from
 */
export async function saveRules(from: RuleSet, rules: RuleSet): Promise<boolean> {
  let isSaved = false;
  await stored.change((found) => {
    isSaved = JSON.stringify(readRules(found)) === JSON.stringify(from);
    return isSaved ? rules : found;
  });
  return isSaved;
}

/** Calls back when the rules were changed, by whichever page; returns what ends that. */
export const onRulesChanged = stored.onChanged;
