/** The signs of the levels as paths in a square of 24: for pages, for badges in webmail, for Chrome's toolbar. */
import type { ShownLevel } from './level-icon.tsx';

export interface LevelShape {
  /** SVG path data. */
  readonly d: string;
  /** `cut` and `hole` are lines and areas of the paper's color. */
  readonly paint: 'fill' | 'stroke' | 'cut' | 'hole';
  /** Degrees around the middle. */
  readonly turn?: number;
  /** A line that ends where its path does. */
  readonly butt?: true;
  readonly dash?: readonly number[];
}

const CHECK = 'm8 12.3 2.8 2.8L16 9.6';
const SQUARE = 'M8.5 4h7A4.5 4.5 0 0 1 20 8.5v7a4.5 4.5 0 0 1-4.5 4.5h-7A4.5 4.5 0 0 1 4 15.5v-7A4.5 4.5 0 0 1 8.5 4z';
const RING = 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z';
const DOT = 'M13.35 17.2a1.35 1.35 0 1 1-2.7 0 1.35 1.35 0 0 1 2.7 0z';
const SEAL: readonly LevelShape[] = [
  { d: SQUARE, paint: 'fill' },
  { d: SQUARE, paint: 'fill', turn: 45 },
];

export const LEVEL_SHAPES: Readonly<Record<ShownLevel, readonly LevelShape[]>> = {
  verified: [...SEAL, { d: CHECK, paint: 'cut' }],
  signed: [
    { d: RING, paint: 'stroke' },
    { d: CHECK, paint: 'stroke' },
  ],
  unsigned: [
    { d: RING, paint: 'stroke', butt: true, dash: [4.2, 2.87] },
    { d: 'M8 12h8', paint: 'stroke' },
  ],
  broken: [...SEAL, { d: 'm13.6 0-3.4 7 4.6 4-5.2 5 3.2 8', paint: 'cut', butt: true }],
  unchecked: [
    {
      d: 'M7.5 3h9A4.5 4.5 0 0 1 21 7.5v9a4.5 4.5 0 0 1-4.5 4.5h-9A4.5 4.5 0 0 1 3 16.5v-9A4.5 4.5 0 0 1 7.5 3z',
      paint: 'stroke',
    },
    { d: 'M9.2 9.6a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.5 1-1.5 2', paint: 'stroke' },
    { d: DOT, paint: 'fill' },
  ],
  caution: [
    { d: 'M10.3 3.4a2 2 0 0 1 3.4 0l8.2 14.4a2 2 0 0 1-1.7 3H3.8a2 2 0 0 1-1.7-3z', paint: 'fill' },
    { d: 'M12 9v5', paint: 'cut' },
    { d: DOT, paint: 'hole' },
  ],
  warning: [
    { d: 'M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z', paint: 'fill' },
    { d: 'm8.4 8.4 7.2 7.2m0-7.2-7.2 7.2', paint: 'cut' },
  ],
};
