/** Gathers the ARC sets of a message and checks their structure. Implements RFC 8617 §4.2 and steps 1 to 3 of §5.2. */
import { signatureValue } from '../dkim/select.ts';
import { LIMITS } from '../limits.ts';
import { fieldOctets } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import {
  parseAuthenticationResults,
  parseMessageSignature,
  parseSeal,
  type ParsedAuthenticationResults,
  type ParsedMessageSignature,
  type ParsedSeal,
} from './parse.ts';
import type { ArcReason } from './reasons.ts';

export type Placed<T> = T & { readonly field: HeaderField };

/** The parts of one instance; of repeated ones the topmost. */
export interface ArcSet {
  readonly instance: number;
  readonly authenticationResults: Placed<ParsedAuthenticationResults> | undefined;
  readonly messageSignature: Placed<ParsedMessageSignature> | undefined;
  readonly seal: Placed<ParsedSeal> | undefined;
}

/** A set with all its parts. */
export type CompleteSet = { readonly [P in keyof ArcSet]-?: NonNullable<ArcSet[P]> };

export type Chain =
  /** The structure is right: instances 1 to N, oldest first. */
  | { readonly reason: null; readonly sets: readonly CompleteSet[] }
  /** It is not; `sets` is what could be made out. */
  | { readonly reason: ArcReason; readonly sets: readonly ArcSet[] };

/** Reads no more fields than 50 sets have, and one that is too many. */
const FIELD_LIMIT = 3 * LIMITS.arcSets + 1;
const ARC_FIELDS = new Set(['arc-authentication-results', 'arc-message-signature', 'arc-seal']);

export function readChain(message: Message): Chain {
  const fields = message.fields.filter(({ key }) => ARC_FIELDS.has(key)).slice(0, FIELD_LIMIT);
  if (fields.length === 0) return { reason: 'no-chain', sets: [] }; // RFC 8617 §5.2 step 1
  const results = fields
    .filter(({ key }) => key === 'arc-authentication-results')
    .map((field) => ({ field, ...parseAuthenticationResults(fieldOctets(message, field)) }));
  const signatures = fields
    .filter(({ key }) => key === 'arc-message-signature')
    .map((field) => ({ field, ...parseMessageSignature(signatureValue(message, field)) }));
  const seals = fields
    .filter(({ key }) => key === 'arc-seal')
    .map((field) => ({ field, ...parseSeal(signatureValue(message, field)) }));

  const parts = [...results, ...signatures, ...seals];
  const instances = [...new Set(parts.map(({ instance }) => instance))];
  const sets = instances
    .filter((instance) => instance !== undefined)
    .toSorted((left, right) => left - right)
    .map((instance) => ({
      instance,
      authenticationResults: results.find((part) => part.instance === instance),
      messageSignature: signatures.find((part) => part.instance === instance),
      seal: seals.find((part) => part.instance === instance),
    }));

  const status = (set: ArcSet): string | null => set.seal?.summary.chainValidation ?? null;
  const newest = sets.at(-1);
  const complete = sets.filter(isComplete);
  const fail = (reason: ArcReason): Chain => ({ reason, sets });
  if (fields.length === FIELD_LIMIT) return fail('too-many-sets');
  if (instances.includes(undefined)) return fail('instance-invalid');
  if (newest && status(newest) === 'fail') return fail('chain-declared-failed'); // step 2
  if (complete.length < sets.length) return fail('field-missing'); // step 3.A
  if (parts.length > 3 * sets.length) return fail('field-repeated');
  if (sets.some(({ instance }, at) => instance !== at + 1)) return fail('instance-gap'); // step 3.B
  // Step 3.C, 3.D: the first set found no chain before it, every other one that passed.
  if (sets.some((set) => status(set) !== (set.instance === 1 ? 'none' : 'pass'))) return fail('chain-status-wrong');
  return { reason: null, sets: complete };
}

function isComplete(set: ArcSet): set is CompleteSet {
  return set.authenticationResults !== undefined && set.messageSignature !== undefined && set.seal !== undefined;
}
