/** What the tests of the pages share: a Chromium with a resolver, the viewer with files, and what it ought to say of them. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { checkMessage } from '../../../src/check.ts';
import type { Resolver } from '../../../src/dns/resolver.ts';
import type { Report } from '../../../src/report/types.ts';
import type { Demo } from '../../fixtures/build/demo.ts';
import { lookOf } from '../../../extension/ui/look.ts';
import { headlineWords } from '../../../src/words/finding.ts';
import { readCatalogue, wordsOf } from './catalogue.ts';
import { startChromium, type Chromium } from './chromium.ts';
import { DIST } from './scene.ts';

export { DIST };
export const LOOPBACK = 'http://127.0.0.1/*';
export const t = wordsOf(readCatalogue('en'));

/** A Chromium for the tests of one describe. */
export function useChromium(prepare?: (chromium: Chromium) => Promise<void>): () => Chromium {
  let chromium: Chromium | undefined;
  const running = (): Chromium => {
    if (chromium === undefined) throw new Error('Chromium did not start');
    return chromium;
  };
  beforeAll(async () => {
    chromium = await startChromium({ extension: join(DIST, 'chrome') });
    await prepare?.(chromium);
  });
  afterAll(() => chromium?.close());
  return running;
}

/** Writes an address into the form, presses its button, and waits for the outcome. */
export async function chooseResolver(page: Page, url: string): Promise<void> {
  const change = page.getByTestId('resolver-change');
  await page.getByTestId('resolver-own').or(change).first().waitFor();
  if (await change.isVisible()) await change.click();
  await page.getByTestId('resolver-own').check();
  await page.getByTestId('resolver-url').fill(url);
  await page.getByTestId('resolver-accept').click();
  await page
    .locator('[data-testid=resolver-outcome][data-ok=false], [data-testid=resolver-state][data-ok=true]')
    .waitFor();
}

/** Chooses a resolver on this machine, as the options do. */
export async function useResolver(chromium: Chromium, url: string): Promise<void> {
  await chromium.agreeToHost(LOOPBACK);
  const page = await chromium.open('pages/settings/index.html');
  await chooseResolver(page, url);
  await page.close();
}

/** Opens saved mail in the viewer and waits until all is checked. */
export async function openInViewer(chromium: Chromium, ...files: readonly string[]): Promise<Page> {
  const page = await chromium.open('pages/file/index.html');
  await page.getByTestId('viewer-file').setInputFiles(files);
  await page
    .getByTestId('viewer-status')
    .getByText(/^\d+ messages? checked$/)
    .waitFor();
  return page;
}

export interface Verdict {
  readonly level: string;
  readonly headline: string;
}

const verdictOf = (report: Report): Verdict => ({
  level: t(`level_${lookOf(report)}`),
  headline: headlineWords(report, t).title,
});

/** What the core says of each demo message where nobody is trusted, as nobody is in a saved file. */
export async function expectedVerdicts(demo: Demo, resolver: Resolver): Promise<readonly Verdict[]> {
  const now = new Date();
  return Promise.all(demo.messages.map(async ({ eml }) => verdictOf(await checkMessage(eml, { resolver, now }))));
}

/** What the viewer shows of each message when it is chosen. */
export async function shownVerdicts(page: Page): Promise<readonly Verdict[]> {
  const shown: Verdict[] = [];
  for (const button of await page.getByTestId('viewer-messages').getByRole('button').all()) {
    await button.click();
    shown.push({
      level: (await page.getByTestId('level').textContent()) ?? '',
      headline: (await page.getByTestId('headline').textContent()) ?? '',
    });
  }
  return shown;
}

/** Presses Tab until the element has the focus; there are not many before it. */
export async function tabTo(page: Page, testId: string): Promise<void> {
  const target = page.getByTestId(testId);
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${testId}`);
}
