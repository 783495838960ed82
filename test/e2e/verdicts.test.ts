/** Every message of the demo mailbox in a real Thunderbird, with every look-up answered by a real validating resolver. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemo } from '../fixtures/build/demo.ts';
import { expectedButton, expectedReport, plainButton } from './support/expected.ts';
import { startScene } from './support/scene.ts';
import type { Scene } from './support/scene.ts';

const CASES = (await buildDemo(new Date(0))).messages.map(({ id, title }) => ({ id, title }));

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.close());

describe('the button of a message', () => {
  it.each(CASES)('says what the core says: $title', async ({ id }) => {
    const { thunderbird, demo, now, rowOf } = scene;
    const message = demo.messages.find((one) => one.id === id);
    if (message === undefined) throw new Error(`the demo has no ${id}`);
    const report = await expectedReport(message.eml, demo, now);
    expect(report.level).toBe(message.expect.level);
    const button = await thunderbird.selectMessage(rowOf(id));
    expect(plainButton(button)).toEqual(expectedButton(report));
    await thunderbird.openPanel();
    console.log(await thunderbird.popup.text('section-findings'));
    await thunderbird.closePanel();
  });
});
