/** The sign of a level: a shape of its own, so that it can be told without color. The word is beside it. */
import type { FindingLevel, Level } from '../../src/assessment/types.ts';
import { LEVEL_SHAPES } from './level-shapes.ts';

/** What a reader sees of a level: a broken signature is at level unsigned and has a word, color and shape of its own. */
export type ShownLevel = Level | 'broken';

/** Best to worst, as lists and legends show them. */
export const SHOWN_LEVELS: readonly ShownLevel[] = [
  'verified',
  'signed',
  'unsigned',
  'broken',
  'unchecked',
  'caution',
  'warning',
];

interface LevelIconProps {
  readonly level: FindingLevel | ShownLevel;
  readonly large?: boolean;
}

export function LevelIcon({ level, large = false }: LevelIconProps) {
  if (level === 'note') return <span class="note-mark" aria-hidden="true" />;
  return (
    <svg
      class={large ? 'level-icon large' : 'level-icon'}
      data-level={level}
      viewBox="0 0 24 24"
      fill="none"
      stroke-width="2.2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {LEVEL_SHAPES[level].map(({ d, paint, turn, butt, dash }) => (
        <path
          key={`${d} ${turn ?? 0}`}
          d={d}
          class={paint === 'cut' || paint === 'hole' ? paint : undefined}
          fill={paint === 'fill' ? 'currentColor' : undefined}
          stroke={paint === 'stroke' ? 'currentColor' : undefined}
          stroke-linecap={butt ? 'butt' : undefined}
          stroke-dasharray={dash?.join(' ')}
          transform={turn === undefined ? undefined : `rotate(${turn} 12 12)`}
        />
      ))}
    </svg>
  );
}
