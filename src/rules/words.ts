/** The words of other parts that a rule file may hold, as lists: their types alone cannot be read by a parser. */
import type { Relation } from '../dkim/types.ts';
import type { PracticeStatementId } from '../practices/types.ts';
import type { SubjectLabelLaw } from '../solicitation/types.ts';
import type { ObservedCondition } from './types.ts';

/** The words of a union, all of them: the compiler asks for each. */
function wordsOf<T extends string>(words: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(words) as T[];
}

export const RELATIONS = wordsOf<Relation>({
  exact: true,
  domain: true,
  parent: true,
  aligned: true,
  child: true,
  'third-party': true,
});

export const SUBJECT_LABEL_LAWS = wordsOf<SubjectLabelLaw>({
  'us-states': true,
  'us-sexually-explicit': true,
  korea: true,
  japan: true,
  'spam-filter': true,
  custom: true,
});

export const OBSERVED_PRACTICES = wordsOf<ObservedCondition['practice']>({
  'always-signed': true,
  'mostly-signed': true,
  'sometimes-signed': true,
  'never-signed': true,
  'new-domain': true,
});

export const PRACTICE_STATEMENTS = wordsOf<PracticeStatementId>({
  'dmarc-reject': true,
  'dmarc-quarantine': true,
  'dmarc-none': true,
  'dmarc-absent': true,
  'dmarc-invalid': true,
  'dmarc-unsure': true,
  'adsp-unknown': true,
  'adsp-all': true,
  'adsp-discardable': true,
  'adsp-absent': true,
  'adsp-invalid': true,
  'adsp-unsure': true,
  'domain-nonexistent': true,
  'domain-unsure': true,
  'atps-delegated': true,
  'atps-unsure': true,
  'domainkeys-all': true,
  'domainkeys-some': true,
  'domainkeys-absent': true,
  'domainkeys-unsure': true,
  'ssp-all': true,
  'ssp-strict': true,
  'ssp-unknown': true,
  'ssp-absent': true,
  'ssp-unsure': true,
});
