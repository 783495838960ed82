/** Which class of mail was declared, by whom, and what the Subject says instead (RFC 3865). */
import type { Row } from '../types.ts';
import { fieldAt, fieldsAsEvidence, one } from './support.ts';

export const SOLICITATION_ROWS = {
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
        evidence: fieldsAsEvidence(message, 'subject'),
      })),
  },
} satisfies Record<string, Row>;
