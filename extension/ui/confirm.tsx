/** Asks before something is erased for good. The browser's own dialog keeps the focus, and Escape declines. */
import { useEffect, useRef } from 'preact/hooks';
import { t } from './words.ts';

interface ConfirmProps {
  readonly question: string;
  /** The verb on the button that does it. */
  readonly yes?: string;
  readonly onAnswer: (agreed: boolean) => void;
}

export function Confirm({ question, yes = t('memory_erase'), onAnswer }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (agreed: boolean): void => {
    dialog.current?.close(); // gives the focus back before the button it was on may go
    onAnswer(agreed);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="confirm-question"
      data-testid="confirm"
      onCancel={(event) => {
        event.preventDefault();
        close(false);
      }}
    >
      <p id="confirm-question">{question}</p>
      <div class="toolbar">
        <button type="button" data-testid="confirm-no" onClick={() => close(false)}>
          {t('memory_keep')}
        </button>
        <button type="button" data-testid="confirm-yes" onClick={() => close(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
