/** Inputs of the rule editor: each with its label, and with what is wrong with it beside it. */
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { t } from '../../ui/words.ts';
import type { Accounts } from '../../ui/condition-words.ts';
import { problemText } from '../../ui/file-problems.ts';
import type { Problems } from './problems.ts';

/** What every input of one editor shares. */
export interface Editing {
  readonly problems: Problems;
  readonly accounts: Accounts;
  readonly choices: KnownTexts;
}

/** Texts that are known here, to choose from where one is written. */
export interface KnownTexts {
  /** As rules name them. */
  readonly folders: readonly Choice<string>[];
  readonly classes: readonly Choice<string>[];
  readonly passKeys: readonly Choice<string>[];
}

export const NO_TEXTS: KnownTexts = { folders: [], classes: [], passKeys: [] };

export const EditingContext = createContext<Editing>({ problems: new Map(), accounts: [], choices: NO_TEXTS });

interface FieldProps {
  readonly label: string;
  /** JSON Pointer within the rule: where problems of this input are told, and its id in the page. */
  readonly place: string;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  /** Texts to choose from. */
  readonly choices?: readonly Choice<string>[];
}

export function TextField({ label, place, value, onInput, placeholder = '', choices = [] }: TextFieldProps) {
  return (
    <div class="field">
      <label for={place}>{label}</label>
      <input
        type="text"
        {...describe(place, useContext(EditingContext).problems)}
        placeholder={placeholder}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        list={choices.length > 0 ? `${place}-choices` : undefined}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {choices.length > 0 && (
        <datalist id={`${place}-choices`}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} label={choice.text} />
          ))}
        </datalist>
      )}
      <ProblemNote place={place} />
    </div>
  );
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

/** Texts that need no other words. */
export function plainChoices(values: readonly string[]): readonly Choice<string>[] {
  return values.map((value) => ({ value, text: value }));
}

export interface ChoiceGroup<T extends string> {
  readonly title: string;
  readonly choices: readonly Choice<T>[];
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T;
  readonly choices?: readonly Choice<T>[];
  readonly groups?: readonly ChoiceGroup<T>[];
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, place, value, choices = [], groups = [], onChange } = props;
  const all = [...choices, ...groups.flatMap((group) => group.choices)];
  return (
    <div class="field">
      <label for={place}>{label}</label>
      <select
        {...describe(place, useContext(EditingContext).problems)}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = all.find((choice) => choice.value === currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {choices.map(toOption)}
        {groups.map((group) => (
          <optgroup key={group.title} label={group.title}>
            {group.choices.map(toOption)}
          </optgroup>
        ))}
      </select>
      <ProblemNote place={place} />
    </div>
  );
}

const toOption = ({ value, text }: Choice<string>) => (
  <option key={value} value={value}>
    {text}
  </option>
);

interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly remark?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, remark, checked, onChange }: CheckFieldProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>
        {label}
        {remark !== undefined && <span class="remark">{remark}</span>}
      </span>
    </label>
  );
}

/** What is wrong at a place; nothing where nothing is. */
export function ProblemNote({ place }: { readonly place: string }) {
  const problem = useContext(EditingContext).problems.get(place);
  if (problem === undefined) return null;
  return (
    <p id={`${place}-problem`} class="problem">
      {problemText(problem, t)}
    </p>
  );
}

function describe(place: string, problems: Problems) {
  const wrong = problems.has(place);
  return { id: place, 'aria-invalid': wrong, ...(wrong ? { 'aria-describedby': `${place}-problem` } : {}) };
}
