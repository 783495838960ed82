/** Every message of the demo mailbox in a real Thunderbird, with every look-up answered by a real validating resolver. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from '../fixtures/build/demo.ts';
import { words } from '../../src/cli/words.ts';
import { lookOf } from '../../extension/ui/look.ts';
import { parseMessage } from '../../src/message/parse.ts';
import { expectedButton, expectedHeadline, expectedReport } from './support/expected.ts';
import { demoMessage, startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

const CASES = (await buildDemo(new Date(0))).messages.map(({ id, title }) => ({ id, title }));

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

const reportOf = (id: string) => expectedReport(demoMessage(scene.demo, id).eml, scene.demo, scene.now);

describe('the button of a message', () => {
  it.each(CASES)('says what the core says: $title', async ({ id }) => {
    const report = await reportOf(id);
    expect(report.level).toBe(demoMessage(scene.demo, id).expect.level);
    expect(await scene.judge(id)).toEqual(expectedButton(report));
  });
});

describe('the details of a message', () => {
  it.each(CASES)('tells level, findings and evidence: $title', async ({ id }) => {
    const { thunderbird, judge } = scene;
    const report = await reportOf(id);
    await judge(id);
    await thunderbird.openDetails();
    const shown = await thunderbird.tab.run(() => {
      const idsOf = (prefix: string) =>
        [...document.querySelectorAll(`[data-testid^="${prefix}"]`)].map((element) =>
          (element.getAttribute('data-testid') ?? '').slice(prefix.length),
        );
      return {
        level: document.querySelector('[data-testid=level]')?.textContent,
        headline: document.querySelector('[data-testid=headline]')?.textContent.replaceAll(/[\u2068\u2069]/g, ''),
        findings: idsOf('finding-').sort(),
        signatures: document.querySelectorAll('#signatures .card').length,
        headerLines: document.querySelectorAll('[data-testid=raw-header] > li').length,
        signedLines: [...document.querySelectorAll('.signed-field .field-name')].map(({ textContent }) => textContent),
      };
    }, null);
    const text = await thunderbird.tab.allText();
    await thunderbird.closeOtherTabs();

    const valid = report.dkim.filter(({ result }) => result === 'pass');
    const signed = new Set(valid.flatMap(({ signedFields }) => signedFields));
    const { fields } = parseMessage(demoMessage(scene.demo, id).eml);
    expect(shown).toMatchObject({
      level: words(`level_${lookOf(report)}`),
      headline: expectedHeadline(report),
      findings: report.findings.map((finding) => finding.id).sort(),
      signatures: report.dkim.length,
      // By name: Thunderbird puts fields of its own on top of what it hands out.
      signedLines: fields.filter(({ index }) => signed.has(index)).map(({ name }) => `${name}:`),
    });
    expect(shown.headerLines).toBeGreaterThan(4);
    for (const { address } of report.identities.from) expect(text).toContain(address);
    for (const { record } of report.practices.statements) expect(text).toContain(record ?? '');
    // Keys are shortened there, and copied whole.
    for (const { keyRecord } of valid) expect(text).toContain((keyRecord ?? '').slice(0, 16));
  });
});
