/** The places where Thunderbird shows messages, and where the panel leads. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { words } from '../../src/cli/words.ts';
import type { Report } from '../../src/report/types.ts';
import { attach } from './support/attach.ts';
import { expectedButton, expectedHeadline, expectedReport, plainButton, tellsLevel } from './support/expected.ts';
import { waitFor } from './support/process.ts';
import { demoMessage, OUTPUT, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

const FORWARDED = 'forwarded@mail.example';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene({ extraMessages: ({ messages }) => [attach(messages, 'server-vouches', FORWARDED)] });
});
afterEach(async () => {
  await scene.thunderbird.closePanel();
  await scene.thunderbird.closeOtherTabs();
});
afterAll(() => scene.close());

const reportOf = (id: string) => expectedReport(demoMessage(scene.demo, id).eml, scene.demo, scene.now);

describe.each(['tab', 'window'] as const)('a message in a %s of its own', (how) => {
  it('has a button and a panel as in the message pane', async () => {
    const { thunderbird, judge, rowOf } = scene;
    await judge('unsigned'); // another than the one that is opened
    const report = await reportOf('list');
    const where = how === 'tab' ? 'pane' : 'window';
    await thunderbird.openMessage(rowOf('list'), how);
    await waitFor('the message', async () => (await thunderbird.displayed(where))?.subject === 'Sunday walk');
    expect(plainButton(await thunderbird.waitForButton(tellsLevel, where))).toEqual(expectedButton(report));
    await thunderbird.openPanel(where);
    expect(await thunderbird.popup.text('headline')).toBe(expectedHeadline(report));
  });
});

describe('an attached message', () => {
  it('is checked like any other, and nobody’s results are believed since it is in no account', async () => {
    const { thunderbird, demo, now, rowOf } = scene;
    const { eml } = demoMessage(demo, 'server-vouches');
    const asFound = await expectedReport(eml, demo, now);
    const asAttached = await expectedReport(eml, { ...demo, trust: { authservIds: [] } }, now);
    expect(asAttached.level).not.toBe(asFound.level);
    await thunderbird.select(rowOf(FORWARDED));
    await thunderbird.waitForButton(tellsLevel);
    await thunderbird.openAttachment();
    await waitFor('the attachment', async () => (await thunderbird.displayed())?.subject === 'Minutes of the meeting');
    expect(plainButton(await thunderbird.waitForButton(tellsLevel))).toEqual(expectedButton(asAttached));
    await thunderbird.openPanel();
    expect(await thunderbird.popup.text('headline')).toBe(expectedHeadline(asAttached));
  });
});

describe('several messages selected', () => {
  it('show no level, and the next single one shows its own', async () => {
    const { thunderbird, judge, rowOf } = scene;
    await judge('first-party');
    await thunderbird.select(rowOf('list'), rowOf('unsigned'), rowOf('two-from'));
    await waitFor('the summary', async () => (await thunderbird.displayed()) === null);
    expect(await thunderbird.readButton()).toBeNull();
    expect(await judge('two-from')).toEqual(expectedButton(await reportOf('two-from')));
  });
});

describe('the panel', () => {
  it('leads to the details, which say the same', async () => {
    const { thunderbird, judge } = scene;
    await judge('list');
    await thunderbird.openPanel();
    const text = await thunderbird.popup.text('headline');
    await thunderbird.closePanel();
    await thunderbird.openDetails();
    expect(await thunderbird.tab.text('headline')).toBe(text);
    expect(await thunderbird.tab.text('subject')).toBe('Sunday walk');
  });

  it('copies the Report as JSON', async () => {
    const { thunderbird, judge } = scene;
    const expected = await reportOf('list');
    await judge('list');
    await thunderbird.openPanel();
    await thunderbird.popup.press('more-actions');
    await thunderbird.popup.press('copy');
    await thunderbird.popup.textWith('copy-status', words('panel_copied'));
    const copied = JSON.parse(await thunderbird.clipboard()) as Report;
    expect(copied.schema).toBe(1);
    expect(copied.level).toBe(expected.level);
    expect(copied.identities.from.map(({ address }) => address)).toEqual(['bob@quiet.example']);
    expect(copied.dkim.map(({ domain, result }) => [domain, result])).toEqual(
      expected.dkim.map(({ domain, result }) => [domain, result]),
    );
    expect(copied.findings.map(({ id }) => id)).toEqual(expected.findings.map(({ id }) => id));
  });

  it('leads to the options', async () => {
    const { thunderbird, judge } = scene;
    await judge('list');
    await thunderbird.openPanel();
    await thunderbird.popup.press('more-actions');
    await thunderbird.popup.press('open-options');
    await waitFor('the options', async () =>
      (await thunderbird.tabs()).some(({ url, active }) => active && url.startsWith('pages/settings/index.html')),
    );
  });
});

describe('the spaces toolbar', () => {
  it('leads to the overview', async () => {
    const { thunderbird } = scene;
    const { title, address } = await thunderbird.openSpace();
    expect(title).toBe(words('extension_name'));
    expect(address).toMatch(/pages\/overview\/index\.html$/);
    await mkdir(OUTPUT, { recursive: true });
    await thunderbird.screenshot(join(OUTPUT, 'space.png'));
    await thunderbird.closeOtherTabs();
  });
});
