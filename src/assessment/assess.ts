/** Draws the judgement: every row of the table that applies, and the worst level among them. */
import type { Evidence } from '../message/evidence.ts';
import type { Message } from '../message/types.ts';
import type { Facts } from './facts.ts';
import { drawInsight } from './insight.ts';
import { FINDINGS, FINDING_IDS, type FindingId } from './table.ts';
import { LEVELS, type FindingLevel, type FindingParams, type Level, type Row } from './types.ts';

export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  readonly params: FindingParams;
  readonly evidence: readonly Evidence[];
}

export interface Assessment {
  readonly level: Level;
  /** The first finding at that level. */
  readonly headline: FindingId;
  readonly headlineParams: FindingParams;
  readonly findings: readonly Finding[];
}

export function assess(facts: Facts, message: Message): Assessment {
  const insight = drawInsight(facts, message);
  const findings = FINDING_IDS.flatMap((id): Finding[] => {
    const row: Row = FINDINGS[id];
    return row.find(insight).map((instance) => ({ id, level: row.level, ...instance }));
  });
  const leading = findings.reduce<Finding | undefined>(
    (worst, finding) => (rank(finding) > (worst ? rank(worst) : -1) ? finding : worst),
    undefined,
  );
  if (!leading || leading.level === 'note') {
    throw new TypeError('assess: no row of the table gave this message a level');
  }
  return { level: leading.level, headline: leading.id, headlineParams: leading.params, findings };
}

/** Position in the order of levels; notes come before all. */
function rank(finding: Finding): number {
  return finding.level === 'note' ? -1 : LEVELS.indexOf(finding.level);
}
