/** Groups of conditions, whichever kind they are. */
import type { Condition, ConditionGroup } from './types.ts';

export const GROUP_KINDS = ['all', 'any', 'none'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export function kindOf(group: ConditionGroup): GroupKind {
  if ('all' in group) return 'all';
  return 'any' in group ? 'any' : 'none';
}

export function membersOf(group: ConditionGroup): readonly Condition[] {
  if ('all' in group) return group.all;
  return 'any' in group ? group.any : group.none;
}

export function groupOf(kind: GroupKind, members: readonly Condition[]): ConditionGroup {
  switch (kind) {
    case 'all':
      return { all: members };
    case 'any':
      return { any: members };
    case 'none':
      return { none: members };
  }
}
