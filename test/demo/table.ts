/** The verdicts of the demo mailbox as a table for the terminal. */
import { checkMessage } from '../../src/check.ts';
import { LEVELS } from '../../src/assessment/types.ts';
import { words } from '../../src/cli/words.ts';
import type { Resolver } from '../../src/dns/resolver.ts';
import { headlineWords } from '../../src/words/finding.ts';
import type { Demo } from '../fixtures/build/demo.ts';

const LEVEL_WIDTH = Math.max(...LEVELS.map((level) => level.length)) + 2;

/** One line a message: the level, what the message shows, and what was found. */
export async function demoTable(demo: Demo, resolver: Resolver, now: Date): Promise<string> {
  const lines: string[] = [];
  for (const { title, eml } of demo.messages) {
    const report = await checkMessage(eml, { resolver, now, trust: demo.trust });
    lines.push(
      `${report.level.padEnd(LEVEL_WIDTH)}${title}`,
      `${' '.repeat(LEVEL_WIDTH)}  ${headlineWords(report, words).title}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
