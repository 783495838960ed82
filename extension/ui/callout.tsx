/** One thing to know, with one thing to do about it; at most one a page. */
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface CalloutProps {
  readonly title: string;
  readonly text?: string;
  /** Something was done, instead of something to do. */
  readonly isDone?: boolean;
  readonly testId?: string;
  /** Buttons. */
  readonly children?: ComponentChildren;
}

export function Callout({ title, text, isDone = false, testId, children }: CalloutProps) {
  return (
    <div class={isDone ? 'callout done' : 'callout'} role={isDone ? 'status' : undefined} data-testid={testId}>
      <Icon name={isDone ? 'check' : 'info'} />
      <div class="grow">
        {text === undefined ? (
          title
        ) : (
          <>
            <b>{title}</b>
            <p>{text}</p>
          </>
        )}
      </div>
      {children}
    </div>
  );
}
