/** Banners that were dismissed for a sender: each can be shown again, and that can be taken back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { loadMuted, muteBanner, onMutedChanged, unmuteAll, unmuteBanner } from '../../adapters/muted-banners.ts';
import type { MutedBanner } from '../../banner/muted.ts';
import { findingTitle } from '../../ui/condition-words.ts';
import { Fold } from '../../ui/fold.tsx';
import { Foreign } from '../../ui/text.tsx';
import { counted, t } from '../../ui/words.ts';

export function MutedFold() {
  const [muted, setMuted] = useState<readonly MutedBanner[]>([]);
  const [shownAgain, setShownAgain] = useState<readonly MutedBanner[]>([]);
  const [problem, setProblem] = useState('');
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const load = (): void => void loadMuted().then(setMuted, console.error);
    load();
    return onMutedChanged(load);
  }, []);
  // The button that had the focus is gone with its row.
  useEffect(() => undo.current?.focus(), [shownAgain]);

  async function change(work: () => Promise<void>, left: readonly MutedBanner[]): Promise<void> {
    try {
      await work();
      setProblem('');
      setShownAgain(left);
    } catch (error) {
      setProblem(t('settings_not_saved', { error: String(error) }));
    }
  }
  const takeBack = async (): Promise<void> => {
    for (const one of shownAgain) await muteBanner(one);
  };

  return (
    <Fold id="muted" title={t('settings_muted')} note={counted(t, 'settings_muted_count', muted.length)}>
      <p class="soft">{t(muted.length === 0 ? 'settings_muted_none' : 'settings_muted_text')}</p>
      <ul class="plain" data-testid="muted">
        {muted.toReversed().map((one) => (
          <li key={`${one.sender} ${one.finding}`} class="field-row">
            <span class="grow">
              <Foreign text={one.sender} />
              <span class="remark">{findingTitle(one.finding, t)}</span>
            </span>
            <button
              type="button"
              aria-label={t('settings_muted_show_for', { sender: one.sender })}
              onClick={() => void change(() => unmuteBanner(one), [one])}
            >
              {t('settings_muted_show')}
            </button>
          </li>
        ))}
      </ul>
      {muted.length > 1 && (
        <div class="toolbar">
          <button type="button" data-testid="unmute-all" onClick={() => void change(unmuteAll, muted)}>
            {t('settings_muted_show_all')}
          </button>
        </div>
      )}
      <div role="status" class="row" data-testid="muted-status">
        {problem !== '' && (
          <span class="outcome" data-ok={false}>
            {problem}
          </span>
        )}
        {shownAgain.length > 0 && (
          <>
            <span>{counted(t, 'settings_muted_done', shownAgain.length)}</span>
            <button ref={undo} type="button" data-testid="muted-undo" onClick={() => void change(takeBack, [])}>
              {t('settings_muted_undo')}
            </button>
          </>
        )}
      </div>
    </Fold>
  );
}
