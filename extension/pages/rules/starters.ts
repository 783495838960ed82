/** Rules to begin with, for readers who have none. */
import { LEVELS } from '../../../src/assessment/types.ts';
import { LEVEL_TAGS } from '../../../src/rules/tags.ts';
import type { Rule, RuleSet } from '../../../src/rules/types.ts';
import type { Translate } from '../../ui/words.ts';
import { withRules } from './changes.ts';
import { newRule } from './drafts.ts';

/** A tag for every level, so that the list of messages shows it. */
export function levelRules(newId: () => string, t: Translate): RuleSet {
  return withRules(
    LEVELS.map((level) =>
      newRule(newId(), {
        name: t('rules_level_name', { level: t(`level_${level}`) }),
        conditions: { all: [{ field: 'level', compare: 'is', level }] },
        actions: [{ do: 'tag', tag: LEVEL_TAGS[level] }],
        unchecked: level === 'unchecked',
      }),
    ),
  );
}

/** Tells of what Countersign warns of. */
export function warningRule(id: string, t: Translate): Rule {
  return newRule(id, {
    name: t('rules_warning_name'),
    conditions: { all: [{ field: 'level', compare: 'is', level: 'warning' }] },
    actions: [{ do: 'tag', tag: LEVEL_TAGS.warning }, { do: 'notify' }],
  });
}
