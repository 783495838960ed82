/** A group of conditions in the editor, with the groups within it. */
import { LIMITS } from '../../../src/limits.ts';
import { GROUP_KINDS, groupOf, kindOf, membersOf } from '../../../src/rules/group.ts';
import type { ComponentChild } from 'preact';
import type { Condition, ConditionGroup } from '../../../src/rules/types.ts';
import { t } from '../../ui/words.ts';
import { choicesOf, fieldChoices } from './choices.ts';
import { ConditionFields } from './condition-fields.tsx';
import { newCondition } from './drafts.ts';
import { ProblemNote, SelectField } from './fields.tsx';
import { focusSoon } from './focus.ts';
import { RemoveButton } from './remove-button.tsx';

interface GroupEditorProps {
  readonly group: ConditionGroup;
  /** JSON Pointer within the rule. */
  readonly place: string;
  /** 1 for the group of the rule itself. */
  readonly depth?: number;
  readonly onChange: (group: ConditionGroup) => void;
  /** What takes this group out of the one it is in. */
  readonly removal?: ComponentChild;
}

export function GroupEditor({ group, place, depth = 1, onChange, removal }: GroupEditorProps) {
  const kind = kindOf(group);
  const members = membersOf(group);
  const inside = `${place}/${kind}`;
  const put = (next: readonly Condition[]): void => onChange(groupOf(kind, next));
  const add = (member: Condition, focusOn: string): void => {
    put([...members, member]);
    focusSoon(focusOn);
  };
  return (
    <div class="group">
      <div class="condition">
        <div class="inputs">
          <SelectField
            label={t(depth === 1 ? 'rules_group_label' : 'rules_group_nested')}
            place={place}
            value={kind}
            choices={choicesOf('rules_group', GROUP_KINDS, t)}
            onChange={(chosen) => onChange(groupOf(chosen, members))}
          />
        </div>
        {removal}
      </div>
      {members.length === 0 && kind === 'all' && <p class="remark">{t('rules_group_every')}</p>}
      <ul class="plain">
        {members.map((member, index) => (
          <li key={index}>
            <MemberEditor
              member={member}
              place={`${inside}/${index}`}
              depth={depth}
              onChange={(changed) => put(members.with(index, changed))}
              removal={
                <RemoveButton
                  label={t('rules_condition_remove_number', { number: String(index + 1) })}
                  remove={() => put(members.toSpliced(index, 1))}
                />
              }
            />
          </li>
        ))}
      </ul>
      <ProblemNote place={inside} />
      <div class="adding">
        <button
          type="button"
          class="link"
          data-testid={depth === 1 ? 'add-condition' : undefined}
          onClick={() => add(newCondition('author-domain'), `${inside}/${members.length}/field`)}
        >
          {t('rules_condition_add')}
        </button>
        {depth < LIMITS.ruleDepth && (
          <button
            type="button"
            class="link"
            onClick={() => add(groupOf('any', [newCondition('author-domain')]), `${inside}/${members.length}`)}
          >
            {t('rules_group_add')}
          </button>
        )}
      </div>
    </div>
  );
}

interface MemberEditorProps {
  readonly member: Condition;
  readonly place: string;
  readonly depth: number;
  readonly onChange: (member: Condition) => void;
  readonly removal: ComponentChild;
}

function MemberEditor({ member, place, depth, onChange, removal }: MemberEditorProps) {
  if (!('field' in member))
    return <GroupEditor group={member} place={place} depth={depth + 1} onChange={onChange} removal={removal} />;
  // Where there is no mail program around the page there are no accounts and folders, unless a rule brings them along.
  const withPlaces = __TARGET__ === 'thunderbird' || member.field === 'account' || member.field === 'folder';
  return (
    <div class="condition">
      <div class="inputs">
        <SelectField
          label={t('rules_label_field')}
          place={`${place}/field`}
          value={member.field}
          groups={fieldChoices(withPlaces, t)}
          onChange={(field) => onChange(newCondition(field))}
        />
        <ConditionFields condition={member} place={place} onChange={onChange} />
      </div>
      {removal}
    </div>
  );
}
