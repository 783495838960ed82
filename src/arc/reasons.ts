/** Why an Authenticated Received Chain did not validate: each reason once, with its section and its RFC 8617 §4.4 result. */
export type ArcResultName = 'none' | 'pass' | 'fail';

export const ARC_REASONS = {
  /** The reader does not want chains to be looked at. */
  'not-looked-up': 'none',
  /** RFC 8617 §5.2 step 1: there is no ARC field. */
  'no-chain': 'none',
  /** RFC 8617 §4.2.1: more than 50 sets. */
  'too-many-sets': 'fail',
  /** RFC 8617 §5.2 step 2: the newest seal itself says cv=fail. */
  'chain-declared-failed': 'fail',
  /** RFC 8617 §4.2.1: an ARC field without i= as a number from 1 to 50. */
  'instance-invalid': 'fail',
  /** RFC 8617 §5.2 step 3.A: a set lacks one of its three fields. */
  'field-missing': 'fail',
  /** RFC 8617 §5.2 step 3.A: a set has one of its fields twice. */
  'field-repeated': 'fail',
  /** RFC 8617 §5.2 step 3.B: the instances are not 1 to N without gaps. */
  'instance-gap': 'fail',
  /** RFC 8617 §5.2 step 3.C, 3.D: cv= is none exactly in the first set and pass in every other. */
  'chain-status-wrong': 'fail',
  /** RFC 8617 §5.2 step 4: the newest ARC-Message-Signature does not validate. */
  'message-signature-invalid': 'fail',
  /** RFC 8617 §5.2 step 6: an ARC-Seal does not validate. */
  'seal-invalid': 'fail',
  /** RFC 8617 §5.2: a key could not be asked for, so the chain cannot count; a later try may succeed. */
  'key-unavailable': 'fail',
} as const satisfies Record<string, ArcResultName>;

export type ArcReason = keyof typeof ARC_REASONS;
