/** Which class of mail was declared, by whom, and what the Subject says instead (RFC 3865). */
import { shownDomain } from '../../domain/name.ts';
import type { Evidence } from '../../message/evidence.ts';
import { hasUnreadableWords } from '../../message/encoded-word.ts';
import { firstText } from '../../message/parse.ts';
import type { Message } from '../../message/types.ts';
import { SOLICITATION_FIELDS } from '../../solicitation/parse.ts';
import { fieldAt } from '../../vouching/evidence.ts';
import type { Row } from '../types.ts';
import { fieldsAsEvidence, one } from './support.ts';

export const SOLICITATION_ROWS = {
  /** RFC 3865 §2: a claim by whoever wrote it. */
  'solicitation-declared': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.declared.length > 0
        ? one({ keywords: facts.solicitation.declared.join(', ') }, solicitationFields(message))
        : [],
  },
  /** draft-malamud-subject-line-03 §5: a key of the reader's own, under a signature that says who used it. */
  'pass-key-used': {
    level: 'note',
    find: ({ facts: { solicitation }, message }) =>
      solicitation.passKeys.length > 0 && solicitation.signed
        ? one(
            { keys: solicitation.passKeys.join(', '), domain: solicitation.signedBy.map(shownDomain).join(', ') },
            solicitationFields(message),
          )
        : [],
  },
  /**
   * Whoever saw the key can have copied it. A note and no more: few signers cover the field, so that mail of honest correspondents
   * would look odd, and a message is no worse for a field that anyone could have left out.
   */
  'pass-key-unsigned': {
    level: 'note',
    find: ({ facts: { solicitation }, message }) =>
      solicitation.passKeys.length > 0 && !solicitation.signed
        ? one({ keys: solicitation.passKeys.join(', ') }, solicitationFields(message))
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
        ? one({ count: String(facts.solicitation.malformed.length) }, solicitationFields(message))
        : [],
  },
  /** RFC 3865 §2.5, §2.6: field and trace are meant to say the same. Whoever changed one of them is not known. */
  'solicitation-contradicted': {
    level: 'note',
    find: ({ facts: { solicitation }, message }) =>
      solicitation.contradictions.length > 0
        ? one({ keywords: solicitation.classes.map(({ keyword }) => keyword).join(', ') }, [
            ...solicitationFields(message),
            ...solicitation.recorded.flatMap(({ field }) => fieldAt(message, field)),
          ])
        : [],
  },
  /** The seed of 2005 shows why a label in the Subject decides nothing; the standard place is Solicitation. */
  'subject-label': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.subjectLabels.map((label) => ({
        params: { label: label.label },
        evidence: fieldsAsEvidence(message, 'subject'),
      })),
  },
  /** RFC 2047 §6.2: shown as it is written. A label in it is not seen, by anybody. */
  'subject-unreadable': {
    level: 'note',
    find: ({ message }) =>
      hasUnreadableWords(firstText(message, 'subject') ?? '') ? one({}, fieldsAsEvidence(message, 'subject')) : [],
  },
  /** How the message was sent, not what it is about; anyone can write these fields. */
  'bulk-marks': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.solicitation.bulk.length > 0
        ? one(
            { fields: [...new Set(facts.solicitation.bulk.map(({ field }) => fieldName(message, field)))].join(', ') },
            facts.solicitation.bulk.flatMap(({ field }) => fieldAt(message, field)),
          )
        : [],
  },
} satisfies Record<string, Row>;

function solicitationFields(message: Message): readonly Evidence[] {
  return SOLICITATION_FIELDS.flatMap((key) => fieldsAsEvidence(message, key));
}

function fieldName({ fields }: Message, index: number): string {
  return fields[index]?.name ?? '';
}
