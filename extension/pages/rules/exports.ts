/** What the exports say of rules that are not exported. Computed without a browser. */
import type { LeftRule } from '../../../src/rules/carry.ts';
import type { RuleSet } from '../../../src/rules/types.ts';
import { keyOf, type Translate } from '../../ui/words.ts';

export interface LeftView {
  readonly name: string;
  /** The action or condition it is about; empty where it is the whole rule. */
  readonly part: string;
  readonly text: string;
}

export function viewLeft(left: readonly LeftRule[], { rules }: RuleSet, t: Translate): readonly LeftView[] {
  return left.map(({ name, why, field, action, by }) => {
    const other = rules.find(({ id }) => id === by)?.name;
    return {
      name,
      part: [
        ...(action === undefined ? [] : [t(keyOf('rules_do', action))]),
        ...(field === undefined ? [] : [t(keyOf('rules_field', field))]),
      ].join(', '),
      text: t(keyOf('rules_left', why), other === undefined ? {} : { name: other }),
    };
  });
}
