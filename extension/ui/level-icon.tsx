/** The sign of a level: a shape of its own, so that it reads without colour. The word stands beside it. */
import type { FindingLevel } from '../../src/assessment/types.ts';

export function LevelIcon({ level, large = false }: { readonly level: FindingLevel; readonly large?: boolean }) {
  if (level === 'note') return <span class="note-mark" aria-hidden="true" />;
  const size = large ? 40 : 18;
  return <img class="level-icon" src={`/icons/${level}.svg`} width={size} height={size} alt="" />;
}
