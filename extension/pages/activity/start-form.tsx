/** Starts a run over a folder, or over messages that were chosen elsewhere: for real, or only to tell what would happen. */
import { useId, useState } from 'preact/hooks';
import type { MailFolder } from '../../hosts/mail-store.ts';
import type { RunScope } from '../../messaging/protocol.ts';
import { counted, t } from '../../ui/words.ts';

interface StartFormProps {
  readonly folders: readonly MailFolder[];
  /** The folder that is chosen beforehand. */
  readonly folder: string | null;
  /** Messages chosen elsewhere; empty where none were. */
  readonly messages: readonly number[];
  readonly onStart: (scope: RunScope, mode: 'act' | 'preview', pace: 'full' | 'gentle') => void;
}

/** Stands for the chosen messages among the folders, whose identifiers all hold a colon. */
const CHOSEN = 'messages';

export function StartForm({ folders, folder, messages, onStart }: StartFormProps) {
  const inbox = folders.find(({ path }) => path.toLowerCase() === 'inbox');
  const [choice, setChoice] = useState(messages.length > 0 ? CHOSEN : (folder ?? inbox?.id ?? ''));
  const [subfolders, setSubfolders] = useState(false);
  const [isGentle, setGentle] = useState(false);
  const id = useId();
  const accounts = [...new Set(folders.map(({ accountName }) => accountName))];

  function start(mode: 'act' | 'preview'): void {
    const scope: RunScope =
      choice === CHOSEN ? { kind: 'messages', ids: messages } : { kind: 'folder', folderId: choice, subfolders };
    onStart(scope, mode, isGentle ? 'gentle' : 'full');
  }

  return (
    <fieldset>
      <legend>{t('journal_start')}</legend>
      <p>{t('journal_start_text')}</p>
      <div class="field-row">
        <label for={id}>{t('journal_start_on')}</label>
        <select
          id={id}
          data-testid="journal-folder"
          value={choice}
          onChange={({ currentTarget: { value } }) => setChoice(value)}
        >
          {messages.length > 0 && <option value={CHOSEN}>{counted(t, 'journal_of_messages', messages.length)}</option>}
          {accounts.map((name) => (
            <optgroup key={name} label={name}>
              {folders
                .filter(({ accountName }) => accountName === name)
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.path}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      {choice !== CHOSEN && <Choice label={t('journal_subfolders')} checked={subfolders} onChange={setSubfolders} />}
      <Choice label={t('journal_gently')} hint={t('journal_gently_hint')} checked={isGentle} onChange={setGentle} />
      <div class="toolbar">
        <button type="button" class="primary" data-testid="journal-preview" onClick={() => start('preview')}>
          {t('journal_preview')}
        </button>
        <button type="button" data-testid="journal-run" onClick={() => start('act')}>
          {t('journal_run')}
        </button>
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>
        {label}
        {hint !== undefined && <span class="remark">{hint}</span>}
      </span>
    </label>
  );
}
