/** Reports about other mail: whether that mail was the reader's at all (RFC 3464 §4.1). */
import type { Ownership } from '../../trace/delivery/types.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { fieldsAsEvidence, one } from './support.ts';

export const DELIVERY_ROWS = {
  /** Somebody used the reader's address as the place to return mail to, or the report is made up. */
  'bounce-of-foreign-mail': { level: 'caution', find: owned('foreign') },
  'bounce-of-own-mail': { level: 'note', find: owned('own') },
  'bounce-unclear': { level: 'note', find: owned('unclear') },
} satisfies Record<string, Row>;

function owned(result: Ownership['result']) {
  return ({ facts: { deliveryReport }, message }: Insight): readonly Instance[] => {
    if (deliveryReport?.ownership?.result !== result) return [];
    const author = deliveryReport.returned?.from[0]?.address ?? '';
    return one({ author }, fieldsAsEvidence(message, 'content-type'));
  };
}
