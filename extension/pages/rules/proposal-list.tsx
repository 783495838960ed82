/** Choices for a rule about mail like a message. */
import type { ConditionProposal } from '../../../src/rules/propose.ts';
import { t } from '../../ui/words.ts';
import { CheckField } from './fields.tsx';
import { viewProposal } from './proposals.ts';

interface ProposalListProps {
  readonly proposals: readonly ConditionProposal[];
  readonly chosen: readonly ConditionProposal[];
  readonly onChange: (chosen: readonly ConditionProposal[]) => void;
}

export function ProposalList({ proposals, chosen, onChange }: ProposalListProps) {
  return (
    <div data-testid="proposals">
      <p class="remark">{t('rules_proposal_text')}</p>
      {proposals.map((proposal, index) => {
        const { text, remark } = viewProposal(proposal, t);
        return (
          <CheckField
            key={index}
            label={text}
            remark={remark}
            checked={chosen.includes(proposal)}
            onChange={(wanted) =>
              onChange(proposals.filter((one) => (one === proposal ? wanted : chosen.includes(one))))
            }
          />
        );
      })}
    </div>
  );
}
