/** What rules say of a message, as elements: which match and why, what they ask for, what is held back. Nothing is computed here. */
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { MatchView, OutcomeView } from '../../judging/outcome.ts';

export function Outcome({ view }: { readonly view: OutcomeView | 'unreadable' }) {
  if (view === 'unreadable') return <p class="problem">{t('rules_unreadable')}</p>;
  const { matched, actions, heldBack, overruled } = view;
  if (matched.length + heldBack.length === 0) return <p>{t('rules_none_matches')}</p>;
  return (
    <div class="outcome-of-rules">
      <Matches matches={matched} />
      {matched.length > 0 && (
        <p>
          <span class="label">{t('rules_then')}</span>{' '}
          {actions.length > 0 ? actions.join(', ') : t('rules_then_nothing')}
        </p>
      )}
      {overruled.map((text) => (
        <p key={text} class="remark">
          {text}
        </p>
      ))}
      {heldBack.length > 0 && (
        <>
          <p class="remark">{t('rules_held_back')}</p>
          <Matches matches={heldBack} />
        </>
      )}
    </div>
  );
}

function Matches({ matches }: { readonly matches: readonly MatchView[] }) {
  return (
    <ul class="plain">
      {matches.map(({ name, because }, index) => (
        <li key={index}>
          <strong>
            <Foreign text={name} />
          </strong>
          <span class="remark">
            {t('rules_because')} {because.join('; ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
