/** The reader's own rules in the panel: what they say of this message, and the way to a new one. */
import type { BannerView, OutcomeView } from '../../judging/outcome.ts';
import { Outcome } from './outcome-part.tsx';
import { LevelIcon } from '../level-icon.tsx';
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';

/** The banner a rule of the reader sets, in their words. */
export function OwnBanner({ banner: { show, text, rule } }: { readonly banner: BannerView }) {
  return (
    <aside class="finding own-banner" data-level={show} data-testid="own-banner">
      <LevelIcon level={show} />
      <div>
        <p class="finding-title">
          <Foreign text={text} />
        </p>
        <p class="detail">{t('rules_banner_of', { name: rule })}</p>
      </div>
    </aside>
  );
}

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
