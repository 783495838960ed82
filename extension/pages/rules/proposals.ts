/** Conditions that are proposed for mail like a message: as words, and as those of a rule. Computed without a browser. */
import { shownDomain } from '../../../src/domain/name.ts';
import type { ConditionProposal } from '../../../src/rules/propose.ts';
import type { Condition, ConditionGroup } from '../../../src/rules/types.ts';
import type { Translate } from '../../ui/words.ts';
import { conditionText } from '../../ui/condition-words.ts';

export interface ProposalView {
  readonly text: string;
  /** What makes such mail what it says it is, or that nothing does. */
  readonly remark: string;
}

export function viewProposal({ kind, conditions, basis }: ConditionProposal, t: Translate): ProposalView {
  return {
    text: conditions.map((condition) => conditionText(condition, [], t)).join(` ${t('rules_and')} `),
    // A signature by itself needs no word about itself.
    remark: kind === 'signer' ? '' : t(`rules_basis_${basis}`),
  };
}

/** All that the chosen ones ask for, each condition once. */
export function conditionsOf(proposals: readonly ConditionProposal[]): ConditionGroup {
  const all = new Map<string, Condition>();
  for (const { conditions } of proposals) {
    for (const condition of conditions) all.set(JSON.stringify(condition), condition);
  }
  return { all: [...all.values()] };
}

/** What a rule about them can be called to begin with: the first thing it asks for. */
export function nameFor(proposals: readonly ConditionProposal[], t: Translate): string {
  const [first] = proposals[0]?.conditions ?? [];
  if (first === undefined) return '';
  switch (first.field) {
    case 'author-domain':
      return shownDomain(first.domain);
    case 'list':
      return first.id;
    case 'keyword':
    case 'pass-key':
      return first.value;
    default:
      return conditionText(first, [], t);
  }
}
