/** Rules in a real Thunderbird: made from a message in the panel, told in the panel, and tried on what is selected. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import { waitFor } from './support/process.ts';
import { startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

/** Writes into an input of the rule editor, which are known by their place in the rule. */
async function write(place: string, text: string): Promise<void> {
  const fill = (wanted: { place: string; text: string }) => {
    const input = document.getElementById(wanted.place);
    if (!(input instanceof HTMLInputElement)) return false;
    input.value = wanted.text;
    return input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  await scene.thunderbird.tab.waitFor(place, fill, { place, text });
}

it('does this with mail like this: from the panel to a rule, and back to why it matches', async () => {
  const { thunderbird, judge } = scene;
  await judge('first-party');
  await thunderbird.openDetails();
  expect(await thunderbird.tab.has('section-rules')).toBe(false);
  await thunderbird.closeOtherTabs();
  await thunderbird.openPanel();
  await thunderbird.popup.press('make-rule');
  await waitFor('the page of rules', async () =>
    (await thunderbird.tabs()).some(({ url, active }) => active && url.startsWith('pages/rules/index.html?proposal=')),
  );
  expect(await thunderbird.tab.text('proposals')).toContain(words('rules_basis_signed'));
  await write('/actions/0/tag', 'orchard');
  await thunderbird.tab.press('rule-save');
  await thunderbird.tab.textWith('rules-status', 'orchard.example');
  expect(await thunderbird.tab.findViolations()).toEqual([]);
  await thunderbird.closeOtherTabs();

  await thunderbird.openDetails();
  const told = await thunderbird.tab.textWith('section-rules', 'orchard.example');
  expect(told).toContain(words('rules_if_signature', { domain: 'orchard.example' }));
  expect(told).toContain(words('rules_then_tag', { tag: 'orchard' }));
  await thunderbird.closeOtherTabs();

  await judge('unsigned');
  await thunderbird.openDetails();
  await thunderbird.tab.textWith('section-rules', words('rules_none_matches'));
  await thunderbird.closeOtherTabs();
});

it('tries the rules on the messages that are selected, by where they are, and does nothing', async () => {
  const { thunderbird, rowOf } = scene;
  await thunderbird.select(rowOf('first-party'), rowOf('unsigned'));
  await waitFor('the summary', async () => (await thunderbird.displayed()) === null);
  await thunderbird.openPage('pages/rules/index.html');
  await thunderbird.tab.run(async () => {
    const inInbox = { all: [{ field: 'folder', folder: 'INBOX' }] };
    const rules = [{ id: 'here', name: 'Here', conditions: inInbox, actions: [{ do: 'move', folder: 'Elsewhere' }] }];
    await messenger.storage.local.set({ rules: { version: 1, rules } });
  }, null);
  await thunderbird.tab.textWith('rules', 'Here');
  await thunderbird.tab.run(() => document.querySelector('[data-testid=part-try]')?.setAttribute('open', ''), null);
  await thunderbird.tab.press('try-shown');
  await thunderbird.tab.textWith('try-status', '2');
  const tried = await thunderbird.tab.text('tried');
  for (const subject of ['Apples are ripe', 'Old photographs']) expect(tried).toContain(subject);
  expect(tried.split(words('rules_then_move', { folder: 'Elsewhere' }))).toHaveLength(3);
  const run = await thunderbird.tab.run(
    () => document.querySelector('a[href*="messages="]')?.getAttribute('href') ?? '',
    null,
  );
  expect(run).toMatch(/activity\/index\.html\?messages=\d+,\d+$/);
  await thunderbird.closeOtherTabs();
});
