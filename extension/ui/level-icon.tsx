/** The sign of a level: a shape of its own, so that it can be told without color. The word is beside it. */
import type { ComponentChildren } from 'preact';
import type { FindingLevel, Level } from '../../src/assessment/types.ts';

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
      {SHAPES[level]}
    </svg>
  );
}

/** A square over a square on its corner. */
const SEAL = (
  <g fill="currentColor">
    <rect x="4" y="4" width="16" height="16" rx="4.5" />
    <rect x="4" y="4" width="16" height="16" rx="4.5" transform="rotate(45 12 12)" />
  </g>
);
const CHECK = 'm8 12.3 2.8 2.8L16 9.6';

const SHAPES: Readonly<Record<ShownLevel, ComponentChildren>> = {
  verified: (
    <>
      {SEAL}
      <path class="cut" d={CHECK} />
    </>
  ),
  signed: (
    <g stroke="currentColor">
      <circle cx="12" cy="12" r="9" />
      <path d={CHECK} />
    </g>
  ),
  unsigned: (
    <g stroke="currentColor">
      <circle cx="12" cy="12" r="9" stroke-linecap="butt" stroke-dasharray="4.2 2.87" stroke-dashoffset="2.1" />
      <path d="M8 12h8" />
    </g>
  ),
  broken: (
    <>
      {SEAL}
      <path class="cut" stroke-linecap="butt" d="m13.6 0-3.4 7 4.6 4-5.2 5 3.2 8" />
    </>
  ),
  unchecked: (
    <>
      <rect x="3" y="3" width="18" height="18" rx="4.5" stroke="currentColor" />
      <path stroke="currentColor" d="M9.2 9.6a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1-1.5 2" />
      <circle fill="currentColor" cx="12" cy="17.2" r="1.35" />
    </>
  ),
  caution: (
    <>
      <path fill="currentColor" d="M10.3 3.4a2 2 0 0 1 3.4 0l8.2 14.4a2 2 0 0 1-1.7 3H3.8a2 2 0 0 1-1.7-3z" />
      <path class="cut" d="M12 9v5" />
      <circle class="hole" cx="12" cy="17.2" r="1.35" />
    </>
  ),
  warning: (
    <>
      <path fill="currentColor" d="M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z" />
      <path class="cut" d="m8.4 8.4 7.2 7.2m0-7.2-7.2 7.2" />
    </>
  ),
};
