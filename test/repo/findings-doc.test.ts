/** docs/findings.md is made from the table and the English words: `npx vitest run test/repo/findings-doc.test.ts -u` writes it anew. */
import { expect, it } from 'vitest';
import { buildDemo } from '../fixtures/build/demo.ts';
import { buildCorpus, KINDS } from '../judgement/support/corpus.ts';
import { checkMessage } from '../../src/check.ts';
import { createZoneResolver } from '../../src/dns/zone.ts';
import type { Evidence } from '../../src/message/evidence.ts';
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

/** Findings with what they were read from, over every message the tests build. */
async function collectEvidence(): Promise<ReadonlyMap<FindingId, ReadonlySet<string>>> {
  const found = new Map<FindingId, Set<string>>();
  const demo = await buildDemo(new Date('2026-01-01T12:00:00Z'));
  const samples = [
    ...buildCorpus(KINDS.map((kind) => ({ ...kind, count: Math.min(kind.count, 2) }))),
    ...demo.messages.map(({ eml }) => ({
      raw: eml,
      zone: demo.zone,
      trust: demo.trust,
      at: new Date('2026-01-01T13:00:00Z'),
    })),
  ];
  for (const { raw, zone, trust, at } of samples) {
    const { findings } = await checkMessage(raw, { resolver: createZoneResolver(zone), now: at, trust });
    for (const { id, evidence } of findings) {
      const names = found.get(id) ?? new Set();
      for (const one of evidence) names.add(nameOf(one));
      found.set(id, names);
    }
  }
  return found;
}

function nameOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'field':
      return evidence.name;
    case 'signature':
      return 'DKIM-Signature';
    case 'dns':
      return `${evidence.type} record${/(?:^|\.)(_[a-z]+)\./.exec(evidence.name)?.[1]?.replace(/^/, ' of ') ?? ''}`;
  }
}

it('lists every finding in docs/findings.md, by level', async () => {
  const evidence = await collectEvidence();
  const section = (level: FindingLevel): string => {
    const entries = FINDING_IDS.filter((id) => FINDINGS[id].level === level).map((id) => entry(id, evidence.get(id)));
    return [`## ${level}\n`, ...entries].join('\n');
  };
  const sections = ([...LEVELS].reverse() as FindingLevel[]).concat('note').map(section);
  await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot('../../docs/findings.md');
});

/** Headline, meaning and advice; then those of each case that has words of its own. */
function entry(id: FindingId, evidence: ReadonlySet<string> = new Set()): string {
  const variants = (FINDING_VARIANTS[id] ?? []).map((variant) => `Case \`${variant}\`: ${paragraphs(id, variant)}`);
  const shown = evidence.size === 0 ? [] : [`*Evidence:* ${[...evidence].sort().join(', ')}.`];
  const honest = `*Honest mail that has it:* ${HONEST_MAIL[id]}`;
  return [`### \`${id}\``, paragraphs(id), ...variants, ...shown, honest].join('\n\n') + '\n';
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
