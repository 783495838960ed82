/** The reader's own rules in the panel: what they say of this message, and the way to a new one. */
import type { OutcomeView } from '../rules/outcome.ts';
import { Outcome } from '../rules/outcome-part.tsx';
import { t } from '../ui/words.ts';

interface RulesPartProps {
  readonly view: OutcomeView | 'unreadable';
  readonly openRules: () => void;
}

export function RulesPart({ view, openRules }: RulesPartProps) {
  return (
    <>
      <Outcome view={view} />
      <p>
        <button type="button" class="link" data-testid="open-rules" onClick={openRules}>
          {t('rules_all')}
        </button>
      </p>
    </>
  );
}
