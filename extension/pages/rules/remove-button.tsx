/** Takes a condition or an action out of its list. The keyboard goes to where another can be added. */
import { t } from '../../ui/words.ts';

interface RemoveButtonProps {
  /** Which of them, for those who do not see where the button stands. */
  readonly label: string;
  readonly remove: () => void;
}

export function RemoveButton({ label, remove }: RemoveButtonProps) {
  return (
    <button
      type="button"
      class="link remove"
      aria-label={label}
      onClick={(event) => {
        const list = event.currentTarget.closest('li')?.closest('.group');
        list?.querySelector<HTMLElement>(':scope > .adding button')?.focus();
        remove();
      }}
    >
      {t('rules_remove')}
    </button>
  );
}
