/** What is odd about the message's form. */
import type { MessageProblem } from '../../message/types.ts';
import { fieldAt } from '../../vouching/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { isMessage, one } from './support.ts';

export const FORM_ROWS = {
  'empty-message': { level: 'unchecked', find: problem('empty-message') },
  'not-a-message': { level: 'unchecked', find: problem('not-a-message') },
  'header-too-large': { level: 'unchecked', find: problem('header-too-large') },
  'too-many-fields': { level: 'unchecked', find: problem('too-many-fields') },
  'nul-in-header': { level: 'caution', find: oddity('nul-in-header') },
  'bare-cr-in-header': { level: 'caution', find: oddity('bare-cr-in-header') },
  'malformed-header-line': { level: 'caution', find: oddity('malformed-header-line') },
  /** RFC 5322 §3.6: at most once each; programs differ in which one they show. */
  'repeated-field': {
    level: 'caution',
    find: ({ facts, message }) =>
      Object.entries(facts.repeatedFields)
        .filter(([key]) => key !== 'from' && key !== 'sender')
        .map(([key, indexes]) => ({
          ...(READ_BY_PEOPLE.has(key) ? {} : { level: 'note' as const }),
          params: { field: message.fields[indexes[0] ?? 0]?.name ?? '', count: String(indexes.length) },
          evidence: indexes.flatMap((index) => fieldAt(message, index)),
        })),
  },
  'no-header-end': { level: 'note', find: oddity('no-header-end') },
} satisfies Record<string, Row>;

/** Fields whose repetition changes what is shown, or where answers go. The rest is for machines, and honest programs repeat them. */
const READ_BY_PEOPLE: ReadonlySet<string> = new Set([
  'subject',
  'reply-to',
  'content-type',
  'content-transfer-encoding',
]);

/** What a mail store did to the form; told last, since it says nothing of the sender. */
export const STORAGE_ROWS = {
  'mixed-line-ends': { level: 'note', find: oddity('mixed-line-ends') },
  'mbox-from-line': { level: 'note', find: oddity('mbox-from-line') },
  'text-before-header': { level: 'note', find: oddity('text-before-header') },
} satisfies Record<string, Row>;

function problem(name: MessageProblem) {
  return ({ facts }: Insight): readonly Instance[] => (facts.problems.includes(name) ? one() : []);
}

/** Told of messages only: what is none at all has no form to speak of. */
function oddity(name: MessageProblem) {
  return (insight: Insight): readonly Instance[] => (isMessage(insight.facts) ? problem(name)(insight) : []);
}
