/** The panel's part on who handled the message: what each is, what it says, what it can be shown to have changed. */
import { Foreign } from '../text.tsx';
import { t } from '../words.ts';
import type { HandlerView } from './handlers.ts';
import { Rows } from './row-list.tsx';

interface HandlersProps {
  readonly handlers: readonly HandlerView[];
  readonly open: (address: string) => void;
}

export function Handlers({ handlers, open }: HandlersProps) {
  if (handlers.length === 0) return <p>{t('panel_no_handlers')}</p>;
  return (
    <>
      <p class="why">{t('panel_handlers_intro')}</p>
      <ul class="cards">
        {handlers.map((handler, index) => (
          <li key={index} class="card" data-testid="handler">
            <Handler handler={handler} open={open} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface HandlerProps {
  readonly handler: HandlerView;
  readonly open: (address: string) => void;
}

function Handler({ handler: { name, kind, changed, says, policy }, open }: HandlerProps) {
  return (
    <>
      <p class="card-title">
        <Foreign text={name} /> <span class="chip">{kind}</span>
      </p>
      <Rows rows={changed} />
      {policy !== null && (
        <p>
          {t('panel_handler_policy')} <Foreign text={policy} />{' '}
          <button type="button" aria-label={`${t('panel_handler_open')}: ${policy}`} onClick={() => open(policy)}>
            {t('panel_handler_open')}
          </button>
        </p>
      )}
      {says.length > 0 && (
        <details class="more">
          <summary>{t('panel_handler_says')}</summary>
          <Rows rows={says} />
        </details>
      )}
    </>
  );
}
