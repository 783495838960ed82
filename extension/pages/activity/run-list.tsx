/** Runs, newest first: how far each is, and what can be done with it. */
import { useState } from 'preact/hooks';
import { t } from '../../ui/words.ts';
import type { RunView } from './view-model.ts';

/** Runs before the reader asks for more, so that the messages of a run are in sight. */
const FIRST_SHOWN = 4;

export type RunAct = RunView['can'][number];

interface RunListProps {
  readonly runs: readonly RunView[];
  /** The run whose messages are shown. */
  readonly shown: number | undefined;
  readonly onAct: (run: number, act: RunAct) => void;
  readonly onShow: (run: number) => void;
}

export function RunList({ runs, shown, onAct, onShow }: RunListProps) {
  const [all, setAll] = useState(false);
  if (runs.length === 0) return <p class="card empty">{t('journal_no_runs')}</p>;
  return (
    <>
      <ul class="plain runs" data-testid="journal-runs">
        {runs.slice(0, all ? runs.length : FIRST_SHOWN).map(({ id, title, state, counts, total, done, can }) => (
          <li key={id} class="run" data-testid={`run-${id}`}>
            <h3 id={`run-${id}`}>{title}</h3>
            <p>
              <progress aria-labelledby={`run-${id}`} max={Math.max(total, 1)} value={done} /> <strong>{state}</strong>
            </p>
            <p class="remark">{counts}</p>
            <div class="toolbar">
              {can.map((act) => (
                <button
                  key={act}
                  type="button"
                  data-testid={`run-${act}-${id}`}
                  aria-describedby={`run-${id}`}
                  onClick={() => onAct(id, act)}
                >
                  {t(`journal_do_${act}`)}
                </button>
              ))}
              <button
                type="button"
                data-testid={`run-show-${id}`}
                aria-describedby={`run-${id}`}
                aria-pressed={shown === id}
                onClick={() => onShow(id)}
              >
                {t('journal_do_show')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {!all && runs.length > FIRST_SHOWN && (
        <button type="button" data-testid="journal-more-runs" onClick={() => setAll(true)}>
          {t('journal_more')}
        </button>
      )}
    </>
  );
}
