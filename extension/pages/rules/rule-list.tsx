/** The rules in their order. They are moved by buttons or dragged; either way the new place is told. */
import { useState } from 'preact/hooks';
import type { ComponentChild } from 'preact';
import { t } from '../../ui/words.ts';
import { RuleCard, type CardActions, type DropSide } from './rule-card.tsx';
import type { RuleView } from './view-model.ts';

interface RuleListProps {
  readonly views: readonly RuleView[];
  /** The id of the rule that is being edited, and its editor. */
  readonly edited: { readonly id: string; readonly editor: ComponentChild } | undefined;
  readonly actionsFor: (id: string) => CardActions;
  /** @param place in the list, counted from 0, once the rule is there */
  readonly onMove: (id: string, place: number) => void;
}

/** Where a dragged rule would go: beside the rule at `index`. */
interface Target {
  readonly index: number;
  readonly side: 'before' | 'after';
}

export function RuleList({ views, edited, actionsFor, onMove }: RuleListProps) {
  const [dragged, setDragged] = useState<string>();
  const [target, setTarget] = useState<Target>();

  function drop(): void {
    const from = views.findIndex(({ id }) => id === dragged);
    if (dragged !== undefined && target !== undefined && from >= 0) {
      const gap = target.side === 'before' ? target.index : target.index + 1;
      const place = gap > from ? gap - 1 : gap; // the rule leaves its own place
      if (place !== from) onMove(dragged, place);
    }
    stop();
  }

  function stop(): void {
    setDragged(undefined);
    setTarget(undefined);
  }

  const sideAt = (index: number): DropSide => (target?.index === index ? target.side : undefined);
  return (
    <ol class="rules" aria-label={t('rules_list')} data-testid="rules">
      {views.map((view, index) => (
        <li
          key={view.id}
          onDragOver={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            const { top, height } = event.currentTarget.getBoundingClientRect();
            setTarget({ index, side: event.clientY < top + height / 2 ? 'before' : 'after' });
          }}
          onDrop={(event) => {
            event.preventDefault();
            drop();
          }}
        >
          {edited?.id === view.id ? (
            edited.editor
          ) : (
            <RuleCard
              view={view}
              isFirst={index === 0}
              isLast={index === views.length - 1}
              actions={actionsFor(view.id)}
              dropSide={sideAt(index)}
              onDragStart={() => setDragged(view.id)}
              onDragEnd={stop}
            />
          )}
        </li>
      ))}
    </ol>
  );
}
