/**
 * Marks of bulk and automatic mail that were in use before solicitation classes, or are beside them: Precedence (RFC 2076 §3.9),
 * List-Unsubscribe (RFC 2369 §3.2), one-click unsubscription (RFC 8058 §3.1), Feedback-ID (as mail services ask of their bulk senders),
 * Auto-Submitted (RFC 3834 §5).
 *
 * They say how a message was sent, not what it is about, and anyone can write or leave out any of them: evidence, never acted on.
 */
import { asciiLower, trimWsp } from '../bytes/ascii.ts';
import { LIMITS } from '../limits.ts';
import { fieldText } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import type { BulkMark, BulkMarkId } from './types.ts';

interface BulkField {
  readonly mark: BulkMarkId;
  /** Whether this value makes the mark, in lower case; any but an empty one where absent. */
  readonly marks?: (value: string) => boolean;
}

/** RFC 2076 §3.9: other values (`first-class`, `special-delivery`) say the opposite. */
const BULK_PRECEDENCES: ReadonlySet<string> = new Set(['bulk', 'list', 'junk']);

const BULK_FIELDS: ReadonlyMap<string, BulkField> = new Map<string, BulkField>([
  ['precedence', { mark: 'precedence', marks: (value) => BULK_PRECEDENCES.has(value) }],
  ['list-unsubscribe', { mark: 'list-unsubscribe' }],
  // RFC 8058 §3.1: this one value and no other.
  ['list-unsubscribe-post', { mark: 'one-click', marks: (value) => value === 'list-unsubscribe=one-click' }],
  ['feedback-id', { mark: 'feedback-id' }],
  // RFC 3834 §5: `no` is what mail of people carries; parameters follow a semicolon.
  ['auto-submitted', { mark: 'auto-submitted', marks: (value) => !/^no(?![a-z-])/.test(value) }],
]);

/** The marks in the order of their fields, at most `LIMITS.bulkMarks`. */
export function readBulkMarks(message: Message): readonly BulkMark[] {
  const found: BulkMark[] = [];
  for (const field of message.fields) {
    const known = BULK_FIELDS.get(field.key);
    if (known === undefined) continue;
    const value = trimWsp(fieldText(message, field));
    if (value === '' || known.marks?.(asciiLower(value)) === false) continue;
    found.push({ mark: known.mark, value: value.slice(0, LIMITS.bulkMarkCharacters), field: field.index });
    if (found.length === LIMITS.bulkMarks) break;
  }
  return found;
}
