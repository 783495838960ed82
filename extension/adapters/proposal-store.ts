/**
 * Hands conditions proposed for mail like a message from the panel to the page of rules. They stay in memory until the browser ends, so
 * that the page can be loaded again, and nothing of a message is in an address.
 */
import browser from 'webextension-polyfill';
import type { ConditionProposal } from '../../src/rules/propose.ts';

const KEY = 'proposal';

/** Keeps the newest proposals only. */
interface Kept {
  readonly id: string;
  readonly proposals: readonly ConditionProposal[];
}

/** Opens the page of rules with a new rule about mail like a message. */
export async function openRuleFor(proposals: readonly ConditionProposal[]): Promise<void> {
  const kept: Kept = { id: crypto.randomUUID(), proposals };
  await browser.storage.session.set({ [KEY]: kept });
  await browser.tabs.create({ url: browser.runtime.getURL(`pages/rules/index.html?proposal=${kept.id}`) });
}

/** The proposals an address speaks of; none where they are no longer there. */
export async function proposalsFor(search: string): Promise<readonly ConditionProposal[]> {
  const id = new URLSearchParams(search).get('proposal');
  if (id === null) return [];
  const { [KEY]: kept } = (await browser.storage.session.get(KEY)) as { readonly [KEY]?: Kept };
  return kept?.id === id ? kept.proposals : [];
}
