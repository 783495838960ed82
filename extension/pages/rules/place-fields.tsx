/** Inputs for accounts and folders: chosen from those there are, or as the rule has them where they are not known here. */
import { useContext } from 'preact/hooks';
import { t } from '../../ui/words.ts';
import { EditingContext, SelectField, TextField, type Choice } from './fields.tsx';

interface AccountFieldProps {
  readonly place: string;
  readonly value: string;
  /** The words for no account in particular, where that can be chosen. */
  readonly none?: string;
  readonly onChange: (account: string) => void;
}

export function AccountField({ place, value, none, onChange }: AccountFieldProps) {
  const { accounts } = useContext(EditingContext);
  const known: readonly Choice<string>[] = accounts.map(({ id, name }) => ({ value: id, text: name }));
  const isKnown = value === '' || accounts.some(({ id }) => id === value);
  return (
    <SelectField
      label={t('rules_label_account')}
      place={place}
      value={value}
      choices={[{ value: '', text: none ?? t('rules_choose') }, ...known, ...(isKnown ? [] : [{ value, text: value }])]}
      onChange={onChange}
    />
  );
}

interface FolderFieldProps {
  readonly place: string;
  readonly value: string;
  readonly onInput: (folder: string) => void;
}

export function FolderField({ place, value, onInput }: FolderFieldProps) {
  const { choices } = useContext(EditingContext);
  return (
    <TextField
      label={t('rules_label_folder')}
      place={place}
      value={value}
      placeholder="INBOX/Shops"
      choices={choices.folders}
      onInput={onInput}
    />
  );
}
