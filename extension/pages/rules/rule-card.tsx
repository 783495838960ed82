/** One rule in the list: what it asks for and does, what is odd about it, and what can be done with it. */
import { useRef } from 'preact/hooks';
import { visibleText } from '../../../src/bytes/visible.ts';
import { Foreign } from '../../ui/text.tsx';
import { t } from '../../ui/words.ts';
import type { RuleView } from './view-model.ts';

export interface CardActions {
  readonly enable: (enabled: boolean) => void;
  readonly edit: () => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  /** By one place: -1 is towards the beginning. */
  readonly step: (by: -1 | 1) => void;
}

/** What a dragged rule passes over. */
export type DropSide = 'before' | 'after' | undefined;

interface RuleCardProps {
  readonly view: RuleView;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly actions: CardActions;
  readonly dropSide: DropSide;
  readonly onDragStart: () => void;
  readonly onDragEnd: () => void;
}

export function RuleCard({ view, isFirst, isLast, actions, dropSide, onDragStart, onDragEnd }: RuleCardProps) {
  const { id, enabled, remarks } = view;
  const name = visibleText(view.name);
  const card = useRef<HTMLElement>(null);
  return (
    <article ref={card} class="rule" data-enabled={enabled} data-drop={dropSide} aria-labelledby={`name-${id}`}>
      <header>
        <span
          class="drag"
          aria-hidden="true"
          title={t('rules_drag')}
          draggable
          onDragStart={(event) => {
            event.dataTransfer?.setData('text/plain', name); // without data, Firefox drags nothing
            if (card.current) event.dataTransfer?.setDragImage(card.current, 0, 0);
            onDragStart();
          }}
          onDragEnd={onDragEnd}
        />
        <input
          type="checkbox"
          role="switch"
          class="switch"
          aria-label={t('rules_enabled_name', { name })}
          checked={enabled}
          onChange={({ currentTarget }) => actions.enable(currentTarget.checked)}
        />
        <h2 id={`name-${id}`}>
          <Foreign text={view.name} />
        </h2>
        <span class="steps">
          <StepButton id={id} name={name} by={-1} off={isFirst} step={actions.step} />
          <StepButton id={id} name={name} by={1} off={isLast} step={actions.step} />
        </span>
      </header>
      <dl>
        <div>
          <dt>{t('rules_if')}</dt>
          <dd>{view.conditions}</dd>
        </div>
        <div>
          <dt>{t('rules_then')}</dt>
          <dd>{view.actions}</dd>
        </div>
      </dl>
      {remarks.length > 0 && (
        <ul class="plain remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <p class="deeds">
        <button
          type="button"
          class="link"
          id={`edit-${id}`}
          aria-label={t('rules_edit_name', { name })}
          onClick={actions.edit}
        >
          {t('rules_edit')}
        </button>
        <button type="button" class="link" aria-label={t('rules_duplicate_name', { name })} onClick={actions.duplicate}>
          {t('rules_duplicate')}
        </button>
        <button type="button" class="link" aria-label={t('rules_delete_name', { name })} onClick={actions.remove}>
          {t('rules_delete')}
        </button>
      </p>
    </article>
  );
}

interface StepButtonProps {
  readonly id: string;
  readonly name: string;
  readonly by: -1 | 1;
  /** There is nowhere to go. The button stays, and stays where the keyboard is. */
  readonly off: boolean;
  readonly step: (by: -1 | 1) => void;
}

function StepButton({ id, name, by, off, step }: StepButtonProps) {
  return (
    <button
      type="button"
      class="step"
      id={stepId(id, by)}
      aria-label={t(by < 0 ? 'rules_up_name' : 'rules_down_name', { name })}
      aria-disabled={off}
      onClick={() => {
        if (!off) step(by);
      }}
    >
      <span aria-hidden="true">{by < 0 ? '↑' : '↓'}</span>
    </button>
  );
}

export function stepId(id: string, by: -1 | 1): string {
  return `${by < 0 ? 'up' : 'down'}-${id}`;
}
