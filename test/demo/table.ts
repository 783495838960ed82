/** The verdicts of the demo mailbox as a table for the terminal. */
import { checkMessage } from '../../src/check.ts';
import { LEVELS } from '../../src/assessment/types.ts';
import { keyOf, words } from '../../src/cli/words.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import type { Demo } from '../fixtures/build/demo.ts';

const LEVEL_WIDTH = Math.max(...LEVELS.map((level) => level.length)) + 2;

/** One line a message: the level, what the message shows, and what was found. */
export async function demoTable(demo: Demo, resolver: Resolver, now: Date): Promise<string> {
  const lines: string[] = [];
  for (const { title, eml } of demo.messages) {
    const { level, headline, headlineParams } = await checkMessage(eml, { resolver, now, trust: demo.trust });
    lines.push(
      `${level.padEnd(LEVEL_WIDTH)}${title}`,
      `${' '.repeat(LEVEL_WIDTH)}  ${words(keyOf('finding', headline), headlineParams)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
