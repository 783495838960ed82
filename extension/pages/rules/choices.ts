/** What the selects of the editor offer, as words. Computed without a browser. */
import { FINDINGS, FINDING_IDS, type FindingId } from '../../../src/assessment/table.ts';
import { LEVELS, type FindingLevel } from '../../../src/assessment/types.ts';
import { LEVEL_TAGS } from '../../../src/rules/tags.ts';
import { PRACTICE_STATEMENTS } from '../../../src/rules/words.ts';
import type { LeafField } from '../../../src/rules/types.ts';
import { keyOf, type Translate } from '../../ui/words.ts';
import { findingTitle, statementTitle } from '../../ui/condition-words.ts';
import { FIELD_GROUPS } from './drafts.ts';
import type { Choice, ChoiceGroup } from './fields.tsx';

/** Values with the words of `prefix_value`. */
export function choicesOf<const T extends string>(
  prefix: string,
  values: readonly T[],
  t: Translate,
): readonly Choice<T>[] {
  return values.map((value) => ({ value, text: t(keyOf(prefix, value)) }));
}

/** The same, with one at the top that stands for no choice. */
export function choicesWithAny<T extends string>(
  prefix: string,
  values: readonly T[],
  t: Translate,
): readonly Choice<T | ''>[] {
  return [{ value: '', text: t('rules_any') }, ...choicesOf(prefix, values, t)];
}

/** Kinds of conditions; those about accounts and folders only where there are any. */
export function fieldChoices(withPlaces: boolean, t: Translate): readonly ChoiceGroup<LeafField>[] {
  const groups: readonly [string, readonly LeafField[]][] = Object.entries(FIELD_GROUPS);
  return groups
    .filter(([name]) => withPlaces || name !== 'where')
    .map(([name, fields]) => ({ title: t(`rules_fields_${name}`), choices: choicesOf('rules_field', fields, t) }));
}

const WORST_FIRST: readonly FindingLevel[] = [...LEVELS.toReversed(), 'note'];

/** Findings by the level they put a message at, worst first. */
export function findingChoices(t: Translate): readonly ChoiceGroup<FindingId>[] {
  return WORST_FIRST.map((level) => ({
    title: t(`level_${level}`),
    choices: FINDING_IDS.filter((id) => FINDINGS[id].level === level).map((value) => ({
      value,
      text: findingTitle(value, t),
    })),
  })).filter(({ choices }) => choices.length > 0);
}

export function statementChoices(t: Translate): readonly Choice<(typeof PRACTICE_STATEMENTS)[number]>[] {
  return PRACTICE_STATEMENTS.map((value) => ({ value, text: statementTitle(value, t) }));
}

export const READY_TAGS: readonly string[] = Object.values(LEVEL_TAGS);
