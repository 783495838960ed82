/** Asking the author for an unadapted copy: opens a letter, sends nothing. */
import { useState } from 'preact/hooks';
import { t } from '../words.ts';

interface BypassProps {
  /** Something is known to have been changed or handled. */
  readonly adapted: boolean;
  /** Opens the letter; null where the message names nobody to write to. */
  readonly ask: (() => Promise<void>) | null;
}

export function Bypass({ adapted, ask }: BypassProps) {
  const [failure, setFailure] = useState('');
  if (ask === null) return <p>{t('bypass_nobody')}</p>;
  return (
    <>
      <p>{t(adapted ? 'bypass_adapted' : 'bypass_text')}</p>
      <button
        type="button"
        data-testid="bypass"
        onClick={() => void ask().catch((error: unknown) => setFailure(t('bypass_failed', { error: String(error) })))}
      >
        {t('bypass_button')}
      </button>
      <p role="status">{failure}</p>
    </>
  );
}
