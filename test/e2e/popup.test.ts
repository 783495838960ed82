/** The button's pop-up and the details in a real Thunderbird: everything in one glance, without scrolling. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from '../fixtures/build/demo.ts';
import { words } from '../../src/cli/words.ts';
import { lookOf } from '../../extension/ui/look.ts';
import { expectedHeadline, expectedReport } from './support/expected.ts';
import { waitFor } from './support/process.ts';
import { demoMessage, OUTPUT, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

const CASES = (await buildDemo(new Date(0))).messages.map(({ id, title }) => ({ id, title }));
/** Pixels at a text size of 100 %. */
const HEIGHT = { ordinary: 420, odd: 480 };

let scene: Scene;
beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  scene = await startScene();
});
afterEach(async () => {
  await scene.thunderbird.closePanel();
  await scene.thunderbird.closeOtherTabs();
});
afterAll(() => scene.close());

const reportOf = (id: string) => expectedReport(demoMessage(scene.demo, id).eml, scene.demo, scene.now);
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');

describe('the pop-up', () => {
  it.each(CASES)('shows verdict, four facts and no headline twice, without scrolling: $title', async ({ id }) => {
    const { thunderbird, judge } = scene;
    const report = await reportOf(id);
    await judge(id);
    await thunderbird.openPanel();
    const read = () =>
      thunderbird.popup.run(() => {
        const all = (selector: string) =>
          [...document.querySelectorAll<HTMLElement>(selector)].map((one) => one.innerText);
        return {
          level: document.querySelector('[data-testid=level]')?.textContent,
          headline: document.querySelector('[data-testid=headline]')?.textContent ?? '',
          labels: all('.fact-label'),
          lines: all('.lines li'),
          height: document.querySelector('main')?.scrollHeight ?? 0,
          scrolls: document.documentElement.scrollHeight > window.innerHeight + 1,
          wide: document.documentElement.scrollWidth > window.innerWidth + 1,
        };
      }, null);
    const isOdd = report.level === 'caution' || report.level === 'warning';
    const limit = isOdd ? HEIGHT.odd : HEIGHT.ordinary;
    // Thunderbird gives the pop-up its size a moment after its content is there.
    const shown = await waitFor(`a pop-up of at most ${limit} pixels that need not be scrolled`, async () => {
      const now = await read();
      return !now.scrolls && now.height <= limit && now;
    });
    await thunderbird.screenshot(join(OUTPUT, `popup-${id}.png`));
    expect(shown.level).toBe(words(`level_${lookOf(report)}`));
    expect(plain(shown.headline)).toBe(expectedHeadline(report));
    expect(shown.labels).toEqual(['from', 'signed', 'sent', 'server'].map((fact) => words(`fact_${fact}`)));
    expect(shown.lines.length).toBeLessThanOrEqual(4);
    expect(shown.lines.map(plain)).not.toContain(plain(shown.headline));
    expect(shown.wide).toBe(false);
  });

  it('marks the letters that deceive, and says the real name to a screen reader', async () => {
    const { thunderbird, judge } = scene;
    await judge('look-alike');
    await thunderbird.openPanel();
    const odd = await thunderbird.popup.run(() => {
      const address = document.querySelector('[data-testid=odd-address]');
      return {
        label: address?.getAttribute('aria-label') ?? '',
        marked: address?.querySelectorAll('mark').length ?? 0,
      };
    }, null);
    expect(odd.label).toMatch(/@xn--/);
    expect(odd.marked).toBeGreaterThan(0);
  });

  it('has no accessibility violations', async () => {
    const { thunderbird, judge } = scene;
    for (const id of ['first-party', 'signs-all', 'look-alike']) {
      await judge(id);
      await thunderbird.openPanel();
      await thunderbird.popup.press('more-actions');
      expect(await thunderbird.popup.findViolations()).toEqual([]);
      await thunderbird.closePanel();
    }
  });

  it('leads from a finding to its place in the details', async () => {
    const { thunderbird, judge } = scene;
    await judge('list');
    await thunderbird.openPanel();
    const line = await thunderbird.popup.run(
      () => document.querySelector('.lines a[data-testid^=line-]')?.getAttribute('data-testid') ?? '',
      null,
    );
    await thunderbird.popup.press(line);
    await waitFor('the details', async () =>
      (await thunderbird.tabs()).some(
        ({ url, active }) => active && url.startsWith('pages/details/index.html?message='),
      ),
    );
    const focused = () => document.activeElement?.id !== '' && document.activeElement?.id;
    expect(await thunderbird.tab.waitFor('the finding', focused, null)).toBe(line.replace('line-', 'finding-'));
  });
});

describe('the details', () => {
  it('have the subject as title, and no accessibility violations', async () => {
    const { thunderbird, judge } = scene;
    await judge('list');
    await thunderbird.openDetails();
    expect(await thunderbird.tab.text('subject')).toBe('Sunday walk');
    expect(await thunderbird.tab.findViolations()).toEqual([]);
    await thunderbird.screenshot(join(OUTPUT, 'details-list.png'));
    await thunderbird.setDark(true);
    await thunderbird.screenshot(join(OUTPUT, 'details-list-dark.png'));
    await thunderbird.setDark(false);
  });
});
