/** What every level looks like, in light and dark: pictures to look at in dist/e2e, and what a program can tell of them. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/assessment/types.ts';
import { OUTPUT, demoMessage, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

/** One message of the demo for each level. */
const EXAMPLES: Readonly<Record<(typeof LEVELS)[number], string>> = {
  verified: 'first-party',
  signed: 'list',
  unsigned: 'unsigned',
  unchecked: 'dns-failed',
  caution: 'signs-all',
  warning: 'impersonation',
};
const PAGES = ['pages/settings/index.html', 'pages/welcome/index.html', 'pages/file/index.html'];

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

describe.each(['light', 'dark'] as const)('in a %s theme', (theme) => {
  const picture = (name: string) => join(OUTPUT, `${name}-${theme}.png`);
  beforeAll(async () => {
    await scene.thunderbird.setDark(theme === 'dark');
  });

  it.each(LEVELS)('the level "%s" has its icon and a panel without barriers (WCAG 2.2 AA)', async (level) => {
    const { thunderbird, demo, judge } = scene;
    const id = EXAMPLES[level];
    expect(demoMessage(demo, id).expect.level).toBe(level);
    expect(await judge(id)).toMatchObject({ icon: `${level}.svg` });
    await thunderbird.openPanel();
    expect(await thunderbird.popup.run(() => matchMedia('(prefers-color-scheme: dark)').matches, null)).toBe(
      theme === 'dark',
    );
    await thunderbird.screenshot(picture(`level-${level}`));
    const violations = await thunderbird.popup.findViolations();
    await thunderbird.closePanel();
    expect(violations).toEqual([]);
  });

  it.each(PAGES)('%s has no barriers', async (path) => {
    const { thunderbird } = scene;
    await thunderbird.openPage(path);
    await thunderbird.screenshot(picture(`page-${path.split('/')[1] ?? ''}`));
    const violations = await thunderbird.tab.findViolations();
    await thunderbird.closeOtherTabs();
    expect(violations).toEqual([]);
  });
});
