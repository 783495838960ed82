/** A switch that acts at once, with what it means. */
import type { ComponentChildren } from 'preact';

interface SwitchRowProps {
  readonly testId: string;
  readonly isOn: boolean;
  readonly title: string;
  readonly text: string;
  /** Shows what is so until the change is made: it may be refused. */
  readonly onChange: (wanted: boolean) => void;
  /** A link to the page it is about. */
  readonly children?: ComponentChildren;
}

export function SwitchRow({ testId, isOn, title, text, onChange, children }: SwitchRowProps) {
  return (
    <div class="option">
      <input
        type="checkbox"
        role="switch"
        class="switch"
        id={testId}
        data-testid={testId}
        aria-describedby={`${testId}-text`}
        checked={isOn}
        onChange={({ currentTarget }) => {
          const { checked } = currentTarget;
          currentTarget.checked = isOn;
          onChange(checked);
        }}
      />
      <label class="label" for={testId}>
        {title}
      </label>
      {children}
      <span class="soft" id={`${testId}-text`}>
        {text}
      </span>
    </div>
  );
}
