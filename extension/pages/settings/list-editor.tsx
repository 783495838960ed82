/** A list of names the reader edits: each can be taken out, one can be typed in. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Clean } from '../../settings/account-trust.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';

interface ListEditorProps {
  readonly id: string;
  readonly items: readonly string[];
  /** What an empty list means. */
  readonly empty: string;
  /** Names the field for those who do not see where it stands. */
  readonly label: string;
  readonly placeholder: string;
  readonly clean: Clean;
  /** Told of what cannot be an entry. */
  readonly refusal: string;
  readonly onChange: (items: readonly string[]) => void;
  /** Further buttons beside the field. */
  readonly children?: ComponentChildren;
}

export function ListEditor({
  id,
  items,
  empty,
  label,
  placeholder,
  clean,
  refusal,
  onChange,
  children,
}: ListEditorProps) {
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  function add(): void {
    const [item] = clean(text);
    setRefused(item === undefined);
    if (item === undefined) return;
    setText('');
    onChange([...new Set([...items, item])]);
  }

  function remove(item: string): void {
    onChange(items.filter((other) => other !== item));
    input.current?.focus(); // the button that had it goes away
  }

  return (
    <div data-testid={id}>
      <ul class="plain">
        {items.map((item) => (
          <li key={item} class="field-row">
            <Foreign text={item} />
            <button
              type="button"
              aria-label={t('options_trust_remove_name', { server: item })}
              onClick={() => remove(item)}
            >
              {t('options_trust_remove')}
            </button>
          </li>
        ))}
        {items.length === 0 && <li class="remark">{empty}</li>}
      </ul>
      <form
        class="field-row"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          ref={input}
          type="text"
          aria-label={label}
          aria-invalid={refused}
          placeholder={placeholder}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit">{t('options_trust_add')}</button>
        {children}
      </form>
      <p role="status" class="outcome" data-ok={refused ? false : undefined}>
        {refused ? refusal : ''}
      </p>
    </div>
  );
}
