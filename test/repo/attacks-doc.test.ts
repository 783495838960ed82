/** docs/attacks.md is made from test/attacks: `npx vitest run test/repo/attacks-doc.test.ts -u` writes it anew. */
import { expect, it } from 'vitest';
import { LEVELS, type Level } from '../../src/assessment/types.ts';
import type { Attack, Family } from '../attacks/support/attack.ts';
import { FAMILIES } from '../attacks/support/book.ts';

const INTRODUCTION = `# Attacks

Published ways to make a message look as if somebody else had sent it. \`test/attacks\` builds each as a message, with the zone that
answers for it and what the reader set, and holds Countersign to the levels an expert would accept. Unless the entry says otherwise, the
domain in From asks for rejection, and the reader believes their own server. Each is judged once more where no server is believed: then
nothing is confirmed that was not before, unless the entry says so.

_Accepted by design_ says why a level without an alarm is right: what no header shows, and what is shown instead.
`;

it('docs/attacks.md lists every attack', async () => {
  await expect([INTRODUCTION, ...FAMILIES.map(section)].join('\n')).toMatchFileSnapshot('../../docs/attacks.md');
});

function section({ title, about, sources, attacks }: Family): string {
  return (
    [`## ${title}`, about, sources.map((source) => `- ${source}`).join('\n'), attacks.map(entry).join('\n')].join(
      '\n\n',
    ) + '\n'
  );
}

function entry({ id, what, accepted, byDesign, alone }: Attack): string {
  const design = byDesign === undefined ? '' : ` _Accepted by design:_ ${byDesign}`;
  const unaided =
    alone === undefined ? '' : ` Where no server is believed, ${words(alone.accepted)} as well: ${alone.why}`;
  return `- \`${id}\`: ${what} Accepted: ${words(accepted)}.${design}${unaided}`;
}

function words(accepted: readonly Level[]): string {
  const missing = LEVELS.filter((level) => !accepted.includes(level));
  if (missing.length < 2) return ['any level', ...missing].join(' but ');
  return [accepted.slice(0, -1).join(', '), ...accepted.slice(-1)].filter(Boolean).join(' or ');
}
