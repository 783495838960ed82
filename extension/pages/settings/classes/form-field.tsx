/** An input with its label, a hint, and what is wrong with it, told to a screen reader as well. */

interface FormFieldProps {
  /** Also the test id. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  /** Empty where nothing is wrong. */
  readonly problem: string;
  readonly onInput: (value: string) => void;
}

export function FormField({ id, label, hint = '', value, problem, onInput }: FormFieldProps) {
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        data-testid={id}
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-about`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-about`} class={problem === '' ? 'remark' : 'outcome'} data-ok={problem === ''}>
        {problem === '' ? hint : problem}
      </p>
    </div>
  );
}
