/** docs/findings.md is made from the table and the English words: `npx vitest run test/repo/findings-doc.test.ts -u` writes it anew. */
import { expect, it } from 'vitest';
import words from '../../extension/public/_locales/en/messages.json' with { type: 'json' };
import { FINDING_IDS, FINDINGS, type FindingId } from '../../src/assessment/table.ts';
import { LEVELS, type FindingLevel } from '../../src/assessment/types.ts';
import { HONEST_MAIL } from './honest-mail.ts';
import { COUNTED, FINDING_VARIANTS, findingTextKey } from '../../src/words/finding.ts';

const catalogue: Record<string, { readonly message: string }> = words;

const INTRODUCTION = `# Findings

Everything Countersign can say about a message. A finding's id is its key in rules and in Reports. The message's level is the worst
level among its findings; a *note* moves it nowhere. Words in braces are filled in from the message.
What each one rests on is shown with it, as fields and DNS records. Counts of honest mail are of 12,776 real messages.
`;

it('lists every finding in docs/findings.md, by level', async () => {
  const sections = ([...LEVELS].reverse() as FindingLevel[]).concat('note').map(section);
  await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot('../../docs/findings.md');
});

function section(level: FindingLevel): string {
  const entries = FINDING_IDS.filter((id) => FINDINGS[id].level === level).map(entry);
  return [`## ${level}\n`, ...entries].join('\n');
}

/** Headline, meaning and advice; then those of each case that has words of its own. */
function entry(id: FindingId): string {
  const variants = (FINDING_VARIANTS[id] ?? []).map((variant) => `Case \`${variant}\`: ${paragraphs(id, variant)}`);
  return (
    [`### \`${id}\``, paragraphs(id), ...variants, `*Honest mail that has it:* ${HONEST_MAIL[id]}`].join('\n\n') + '\n'
  );
}

function paragraphs(id: FindingId, variant?: string): string {
  const [title, meaning, advice] = (['title', 'detail', 'advice'] as const).map((text) =>
    wordsAt(findingTextKey(id, text, variant)),
  );
  return [`**${title}**`, [meaning, advice].filter(Boolean).join(' ')].join('\n\n');
}

function wordsAt(key: string): string {
  return catalogue[key in COUNTED ? `${key}_other` : key]?.message ?? '';
}
