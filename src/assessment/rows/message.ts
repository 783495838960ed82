/** What is odd about the message as such: its form, its header, its labels. */
import type { MessageProblem } from '../../message/types.ts';
import { fieldEvidence } from '../../message/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { fieldAt, fieldsAsEvidence, one } from './support.ts';

export const MESSAGE_ROWS = {
  'empty-message': { level: 'unchecked', find: problem('empty-message') },
  'not-a-message': { level: 'unchecked', find: problem('not-a-message') },
  'header-too-large': { level: 'unchecked', find: problem('header-too-large') },
  'too-many-fields': { level: 'unchecked', find: problem('too-many-fields') },
  'nul-in-header': { level: 'caution', find: problem('nul-in-header') },
  'bare-cr-in-header': { level: 'caution', find: problem('bare-cr-in-header') },
  'malformed-header-line': { level: 'caution', find: problem('malformed-header-line') },
  /** RFC 5322 §3.6: at most once each; programs differ in which one they show. */
  'repeated-field': {
    level: 'caution',
    find: ({ facts, message }) =>
      Object.entries(facts.repeatedFields)
        .filter(([key]) => key !== 'from' && key !== 'sender')
        .map(([, indexes]) => ({
          params: { field: message.fields[indexes[0] ?? 0]?.name ?? '', count: String(indexes.length) },
          evidence: indexes.flatMap((index) => fieldAt(message, index)),
        })),
  },
  'no-header-end': { level: 'note', find: problem('no-header-end') },
  'bare-lf': { level: 'note', find: problem('bare-lf') },
  'mbox-from-line': { level: 'note', find: problem('mbox-from-line') },
  /** RFC 3865 §2: a claim by whoever wrote it. */
  'solicitation-declared': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.declared.length > 0
        ? one({ keywords: facts.solicitation.declared.join(', ') }, fieldsAsEvidence(message, 'no-solicit'))
        : [],
  },
  'solicitation-recorded': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.recorded.map((recorded) => ({
        params: { keyword: recorded.keyword, by: recorded.by ?? '' },
        evidence: fieldAt(message, recorded.field),
      })),
  },
  'solicitation-malformed': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.malformed.length > 0
        ? one({ count: String(facts.solicitation.malformed.length) }, fieldsAsEvidence(message, 'no-solicit'))
        : [],
  },
  /** The seed of 2005 shows why a label in the Subject decides nothing; the standard place is No-Solicit. */
  'subject-label': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.subjectLabels.map((label) => ({
        params: { label: label.label },
        evidence: message.fields.filter((field) => field.key === 'subject').map(fieldEvidence),
      })),
  },
} satisfies Record<string, Row>;

function problem(name: MessageProblem) {
  return ({ facts }: Insight): readonly Instance[] => (facts.problems.includes(name) ? one() : []);
}
