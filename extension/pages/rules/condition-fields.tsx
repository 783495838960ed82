/** The inputs of one condition, by its kind. */
import { useContext } from 'preact/hooks';
import { LEVELS } from '../../../src/assessment/types.ts';
import type {
  KeywordCondition,
  LeafCondition,
  PassKeyCondition,
  SignatureCondition,
  SubjectLabelCondition,
} from '../../../src/rules/types.ts';
import { OBSERVED_PRACTICES, RELATIONS, SUBJECT_LABEL_LAWS } from '../../../src/rules/words.ts';
import { keyOf, t } from '../../ui/words.ts';
import { choicesOf, choicesWithAny, findingChoices, statementChoices } from './choices.ts';
import { CheckField, EditingContext, plainChoices, SelectField, TextField } from './fields.tsx';
import { AccountField, FolderField } from './place-fields.tsx';

interface ConditionFieldsProps<C extends LeafCondition = LeafCondition> {
  readonly condition: C;
  /** JSON Pointer within the rule. */
  readonly place: string;
  readonly onChange: (condition: LeafCondition) => void;
}

export function ConditionFields({ condition, place, onChange }: ConditionFieldsProps) {
  switch (condition.field) {
    case 'keyword':
      return <KeywordFields condition={condition} place={place} onChange={onChange} />;
    case 'pass-key':
      return <PassKeyFields condition={condition} place={place} onChange={onChange} />;
    case 'subject-label':
      return <SubjectLabelFields condition={condition} place={place} onChange={onChange} />;
    case 'level':
      return (
        <>
          <SelectField
            label={t('rules_label_compare')}
            place={`${place}/compare`}
            value={condition.compare}
            choices={choicesOf('rules_compare', ['is', 'or-better', 'or-worse'], t)}
            onChange={(compare) => onChange({ ...condition, compare })}
          />
          <SelectField
            label={t('rules_label_level')}
            place={`${place}/level`}
            value={condition.level}
            choices={choicesOf('level', LEVELS, t)}
            onChange={(level) => onChange({ ...condition, level })}
          />
        </>
      );
    case 'finding':
      return (
        <SelectField
          label={t('rules_label_finding')}
          place={`${place}/id`}
          value={condition.id}
          groups={findingChoices(t)}
          onChange={(id) => onChange({ ...condition, id })}
        />
      );
    case 'signature':
      return <SignatureFields condition={condition} place={place} onChange={onChange} />;
    case 'author-domain':
      return (
        <>
          <DomainField
            place={place}
            value={condition.domain}
            onInput={(domain) => onChange({ ...condition, domain })}
          />
          <CheckField
            label={t('rules_label_subdomains')}
            checked={condition.subdomains}
            onChange={(subdomains) => onChange({ ...condition, subdomains })}
          />
        </>
      );
    case 'practice':
      return (
        <SelectField
          label={t('rules_label_statement')}
          place={`${place}/statement`}
          value={condition.statement}
          choices={statementChoices(t)}
          onChange={(statement) => onChange({ ...condition, statement })}
        />
      );
    case 'observed':
      return (
        <SelectField
          label={t('rules_label_observed')}
          place={`${place}/practice`}
          value={condition.practice}
          choices={choicesOf('rules_if_observed', OBSERVED_PRACTICES, t)}
          onChange={(practice) => onChange({ ...condition, practice })}
        />
      );
    case 'list':
      return (
        <>
          <SelectField
            label={t('rules_label_match')}
            place={`${place}/match`}
            value={condition.match}
            choices={choicesOf('rules_list_match', ['exact', 'namespace'], t)}
            onChange={(match) => onChange({ ...condition, match })}
          />
          <TextField
            label={t('rules_label_list')}
            place={`${place}/id`}
            value={condition.id}
            placeholder="hikers.example.org"
            onInput={(id) => onChange({ ...condition, id })}
          />
        </>
      );
    case 'server-result': {
      const { server, ...bare } = condition;
      return (
        <>
          <TextField
            label={t('rules_label_method')}
            place={`${place}/method`}
            value={condition.method}
            choices={plainChoices(['dkim', 'spf', 'dmarc', 'arc', 'iprev', 'auth'])}
            onInput={(method) => onChange({ ...condition, method })}
          />
          <TextField
            label={t('rules_label_result')}
            place={`${place}/result`}
            value={condition.result}
            choices={plainChoices(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror'])}
            onInput={(result) => onChange({ ...condition, result })}
          />
          <TextField
            label={t('rules_label_server')}
            place={`${place}/server`}
            value={server ?? ''}
            placeholder={t('rules_any')}
            onInput={(text) => onChange(text === '' ? bare : { ...bare, server: text })}
          />
        </>
      );
    }
    case 'account':
      return (
        <AccountField
          place={`${place}/account`}
          value={condition.account}
          onChange={(account) => onChange({ ...condition, account })}
        />
      );
    case 'folder':
      return (
        <>
          <FolderField
            place={`${place}/folder`}
            value={condition.folder}
            onInput={(folder) => onChange({ ...condition, folder })}
          />
          <CheckField
            label={t('rules_label_subfolders')}
            checked={condition.subfolders}
            onChange={(subfolders) => onChange({ ...condition, subfolders })}
          />
        </>
      );
  }
}

function KeywordFields({ condition, place, onChange }: ConditionFieldsProps<KeywordCondition>) {
  const { classes } = useContext(EditingContext).choices;
  return (
    <>
      <SelectField
        label={t('rules_label_by')}
        place={`${place}/by`}
        value={condition.by}
        choices={choicesOf('rules_by', ['declared', 'signed', 'recorded'], t)}
        onChange={(by) => onChange({ ...condition, by })}
      />
      <SelectField
        label={t('rules_label_match')}
        place={`${place}/match`}
        value={condition.match}
        choices={choicesOf('rules_match', ['exact', 'prefix', 'glob'], t)}
        onChange={(match) => onChange({ ...condition, match })}
      />
      <TextField
        label={t('rules_label_keyword')}
        place={`${place}/value`}
        value={condition.value}
        placeholder={condition.match === 'glob' ? 'org.example:*' : 'org.example:ADV'}
        choices={classes}
        onInput={(value) => onChange({ ...condition, value })}
      />
    </>
  );
}

function PassKeyFields({ condition, place, onChange }: ConditionFieldsProps<PassKeyCondition>) {
  const { passKeys } = useContext(EditingContext).choices;
  return (
    <>
      <TextField
        label={t('rules_label_pass_key')}
        place={`${place}/value`}
        value={condition.value}
        placeholder="org.example.ann:friends"
        choices={passKeys}
        onInput={(value) => onChange({ ...condition, value })}
      />
      <SelectField
        label={t('rules_label_coverage')}
        place={`${place}/coverage`}
        value={condition.coverage}
        choices={choicesOf('rules_coverage', ['signed', 'unsigned', 'either'], t)}
        onChange={(coverage) => onChange({ ...condition, coverage })}
      />
    </>
  );
}

interface DomainFieldProps {
  readonly place: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onInput: (domain: string) => void;
}

function DomainField({ place, value, placeholder = 'example.org', onInput }: DomainFieldProps) {
  return (
    <TextField
      label={t('rules_label_domain')}
      place={`${place}/domain`}
      value={value}
      placeholder={placeholder}
      onInput={onInput}
    />
  );
}

function SubjectLabelFields({ condition, place, onChange }: ConditionFieldsProps<SubjectLabelCondition>) {
  const { label = '', law = '' } = condition;
  const change = (text: string, asked: typeof law): void =>
    onChange({
      field: 'subject-label',
      ...(text === '' ? {} : { label: text }),
      ...(asked === '' ? {} : { law: asked }),
    });
  return (
    <>
      <TextField
        label={t('rules_label_subject_label')}
        place={`${place}/label`}
        value={label}
        placeholder={t('rules_any')}
        choices={plainChoices(['ADV:', 'ADV:ADLT', 'SEXUALLY-EXPLICIT:', '(광고)', '未承諾広告※'])}
        onInput={(text) => change(text, law)}
      />
      <SelectField
        label={t('rules_label_law')}
        place={`${place}/law`}
        value={law}
        choices={choicesWithAny('panel_law', SUBJECT_LABEL_LAWS, t)}
        onChange={(asked) => change(label, asked)}
      />
    </>
  );
}

function SignatureFields({ condition, place, onChange }: ConditionFieldsProps<SignatureCondition>) {
  const { domain, relations = [], ...bare } = condition;
  const change = (text: string, wanted: typeof relations, subdomains = bare.subdomains): void =>
    onChange({
      ...bare,
      subdomains,
      ...(text === '' ? {} : { domain: text }),
      ...(wanted.length === 0 ? {} : { relations: wanted }),
    });
  return (
    <>
      <DomainField
        place={place}
        value={domain ?? ''}
        placeholder={t('rules_any')}
        onInput={(text) => change(text, relations)}
      />
      <CheckField
        label={t('rules_label_subdomains')}
        checked={condition.subdomains}
        onChange={(subdomains) => change(domain ?? '', relations, subdomains)}
      />
      <div class="field wide" role="group" aria-labelledby={`${place}/relations`}>
        <span id={`${place}/relations`} class="label">
          {t('rules_label_relations')}
        </span>
        <div class="checks">
          {RELATIONS.map((relation) => (
            <CheckField
              key={relation}
              label={t(keyOf('panel_relation', relation))}
              checked={relations.includes(relation)}
              onChange={(wanted) =>
                change(
                  domain ?? '',
                  RELATIONS.filter((one) => (one === relation ? wanted : relations.includes(one))),
                )
              }
            />
          ))}
        </div>
      </div>
    </>
  );
}
