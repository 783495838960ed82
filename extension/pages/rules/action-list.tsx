/** What a rule does, in the editor. */
import { useContext } from 'preact/hooks';
import type { BannerAction, MoveAction, RuleAction } from '../../../src/rules/types.ts';
import { t } from '../../ui/words.ts';
import { choicesOf, READY_TAGS } from './choices.ts';
import { ACTION_KINDS, newAction } from './drafts.ts';
import { EditingContext, plainChoices, ProblemNote, SelectField, TextField } from './fields.tsx';
import { focusSoon } from './focus.ts';
import { AccountField, FolderField } from './place-fields.tsx';
import { RemoveButton } from './remove-button.tsx';

interface ActionListProps {
  readonly actions: readonly RuleAction[];
  readonly onChange: (actions: readonly RuleAction[]) => void;
}

export function ActionList({ actions, onChange }: ActionListProps) {
  return (
    <div class="group">
      <ul class="plain">
        {actions.map((action, index) => (
          <li key={index} class="condition">
            <div class="inputs">
              <SelectField
                label={t('rules_label_action')}
                place={`/actions/${index}/do`}
                value={action.do}
                choices={choicesOf('rules_do', ACTION_KINDS, t)}
                onChange={(kind) => onChange(actions.with(index, newAction(kind)))}
              />
              <ActionFields
                action={action}
                place={`/actions/${index}`}
                onChange={(changed) => onChange(actions.with(index, changed))}
              />
            </div>
            <RemoveButton
              label={t('rules_action_remove_number', { number: String(index + 1) })}
              remove={() => onChange(actions.toSpliced(index, 1))}
            />
            <ProblemNote place={`/actions/${index}`} />
          </li>
        ))}
      </ul>
      <ProblemNote place="/actions" />
      <div class="adding">
        <button
          type="button"
          class="link"
          data-testid="add-action"
          onClick={() => {
            onChange([...actions, newAction('tag')]);
            focusSoon(`/actions/${actions.length}/do`);
          }}
        >
          {t('rules_action_add')}
        </button>
      </div>
    </div>
  );
}

interface ActionFieldsProps<A extends RuleAction = RuleAction> {
  readonly action: A;
  readonly place: string;
  readonly onChange: (action: RuleAction) => void;
}

function ActionFields({ action, place, onChange }: ActionFieldsProps) {
  switch (action.do) {
    case 'tag':
      return (
        <TextField
          label={t('rules_label_tag')}
          place={`${place}/tag`}
          value={action.tag}
          choices={plainChoices(READY_TAGS)}
          onInput={(tag) => onChange({ ...action, tag })}
        />
      );
    case 'move':
      return <MoveFields action={action} place={place} onChange={onChange} />;
    case 'mark':
      return (
        <SelectField
          label={t('rules_label_mark')}
          place={`${place}/as`}
          value={action.as}
          choices={choicesOf('rules_mark', ['read', 'starred', 'junk'], t)}
          onChange={(as) => onChange({ ...action, as })}
        />
      );
    case 'notify':
      return null;
    case 'banner':
      return <BannerFields action={action} place={place} onChange={onChange} />;
  }
}

function MoveFields({ action: { account = '', ...bare }, place, onChange }: ActionFieldsProps<MoveAction>) {
  const { accounts } = useContext(EditingContext);
  return (
    <>
      <FolderField
        place={`${place}/folder`}
        value={bare.folder}
        onInput={(folder) => onChange(account === '' ? { ...bare, folder } : { ...bare, folder, account })}
      />
      {(accounts.length > 1 || account !== '') && (
        <AccountField
          place={`${place}/account`}
          value={account}
          none={t('rules_same_account')}
          onChange={(chosen) => onChange(chosen === '' ? bare : { ...bare, account: chosen })}
        />
      )}
    </>
  );
}

function BannerFields({ action: { text = '', ...bare }, place, onChange }: ActionFieldsProps<BannerAction>) {
  return (
    <>
      <SelectField
        label={t('rules_label_banner')}
        place={`${place}/show`}
        value={bare.show}
        choices={choicesOf('rules_banner', ['note', 'caution', 'warning', 'none'], t)}
        onChange={(show) => onChange({ ...bare, show, ...(text === '' ? {} : { text }) })}
      />
      <TextField
        label={t('rules_label_banner_text')}
        place={`${place}/text`}
        value={text}
        onInput={(words) => onChange(words === '' ? bare : { ...bare, text: words })}
      />
    </>
  );
}
