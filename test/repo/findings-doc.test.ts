/** docs/findings.md is made from the table and the English words: `npx vitest run test/repo/findings-doc.test.ts -u` writes it anew. */
import { expect, it } from 'vitest';
import words from '../../extension/public/_locales/en/messages.json' with { type: 'json' };
import { FINDING_IDS, FINDINGS } from '../../src/assessment/table.ts';
import { LEVELS, type FindingLevel } from '../../src/assessment/types.ts';

const catalogue: Record<string, { readonly message: string }> = words;

const INTRODUCTION = `# Findings

Everything Countersign can say about a message. A finding's id is its key in rules and in Reports. The message's level is the worst
level among its findings; a *note* moves it nowhere. Words in braces are filled in from the message.
`;

it('lists every finding in docs/findings.md, by level', async () => {
  const sections = ([...LEVELS].reverse() as FindingLevel[]).concat('note').map(section);
  await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot('../../docs/findings.md');
});

function section(level: FindingLevel): string {
  const entries = FINDING_IDS.filter((id) => FINDINGS[id].level === level).map(
    (id) => `### \`${id}\`\n\n${text(id)}\n\n${text(`${id}-detail`)}\n`,
  );
  return [`## ${level}\n`, ...entries].join('\n');
}

function text(id: string): string {
  return catalogue[`finding_${id.replaceAll('-', '_')}`]?.message ?? '';
}
