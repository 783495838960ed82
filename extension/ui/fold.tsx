/** Something that is closed until it is wanted, with a summary of its state. The page's address can open one by its name. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface FoldProps {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly children: ComponentChildren;
}

export function Fold({ id, title, note, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const open = (): void => {
      if (location.hash !== `#${id}` || !details.current) return;
      details.current.open = true;
      details.current.scrollIntoView();
    };
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, [id]);
  return (
    <details ref={details} class="fold" id={id} data-testid={`fold-${id}`}>
      <summary>
        <Icon name="right" />
        <h2>{title}</h2>
        {note !== undefined && <span class="soft">{note}</span>}
      </summary>
      <div class="stack">{children}</div>
    </details>
  );
}
