/** Draws the chain's result from its parts: steps 4 to 7 of RFC 8617 §5.2. */
import type { SignatureCheck } from '../dkim/check.ts';
import { outcomeOf, type DkimReason } from '../dkim/reasons.ts';
import type { HeaderField } from '../message/types.ts';
import type { ArcSet, Placed } from './chain.ts';
import type { ParsedMessageSignature, ParsedSeal } from './parse.ts';
import { ARC_REASONS, type ArcReason } from './reasons.ts';
import type {
  ArcInstance,
  ArcMessageSignatureReport,
  ArcReport,
  ArcSealReport,
  ArcSignatureEvidence,
  ArcSignatureOutcome,
} from './types.ts';

export interface Verified {
  readonly check: SignatureCheck;
  readonly reason: DkimReason | null;
}

/** @param verified left out where the signature was not verified */
export function reportMessageSignature(
  { field, summary, signature }: Placed<ParsedMessageSignature>,
  verified?: Verified & { readonly selected: readonly HeaderField[] },
): ArcMessageSignatureReport {
  return {
    field: field.index,
    ...summary,
    ...keyEvidence(verified?.check),
    signedFields: verified ? verified.selected.map(({ index }) => index) : [],
    ...outcome(signature, verified),
  };
}

/** @param verified left out where the seal was not verified */
export function reportSeal({ field, summary, signature }: Placed<ParsedSeal>, verified?: Verified): ArcSealReport {
  return { field: field.index, ...summary, ...keyEvidence(verified?.check), ...outcome(signature, verified) };
}

function outcome(signature: object | DkimReason, verified: Verified | undefined): ArcSignatureOutcome {
  if (typeof signature === 'string') return outcomeOf(signature);
  return verified ? outcomeOf(verified.reason) : { result: 'none', reason: 'not-checked' };
}

function keyEvidence(
  check: SignatureCheck | undefined,
): Pick<ArcSignatureEvidence, 'keyBits' | 'keyName' | 'keyRecord' | 'keyTtl' | 'dnssec'> {
  return {
    keyBits: check?.keyBits ?? null,
    keyName: check?.lookup.name ?? null,
    keyRecord: check?.used?.text ?? check?.lookup.unreadable ?? null,
    keyTtl: check?.lookup.ttl ?? null,
    dnssec: check?.lookup.dnssec ?? 'indeterminate',
  };
}

/** A set with what verifying its signatures gave, or without. */
export function reportSet(
  set: ArcSet,
  messageSignature = set.messageSignature && reportMessageSignature(set.messageSignature),
  seal = set.seal && reportSeal(set.seal),
): ArcInstance {
  const results = set.authenticationResults;
  return {
    instance: set.instance,
    authenticationResults: results ? { field: results.field.index, value: results.value } : null,
    messageSignature: messageSignature ?? null,
    seal: seal ?? null,
  };
}

/** @param structural what is wrong with the structure of the chain, or null where its signatures decide */
export function reportChain(structural: ArcReason | null, instances: readonly ArcInstance[]): ArcReport {
  const reason = structural ?? cryptographicReason(instances);
  if (reason !== null) return { result: ARC_REASONS[reason], reason, oldestPass: null, instances };
  const sealer = instances.at(-1)?.seal?.domain;
  return {
    result: 'pass',
    reason,
    oldestPass: oldestPass(instances),
    instances,
    ...(typeof sealer === 'string' ? { sealer } : {}),
  };
}

/** Step 4: the newest message signature must validate. Step 6: every seal, newest first. */
function cryptographicReason(instances: readonly ArcInstance[]): ArcReason | null {
  const newest = instances.at(-1)?.messageSignature;
  if (newest?.result !== 'pass')
    return newest?.result === 'temperror' ? 'key-unavailable' : 'message-signature-invalid';
  const seal = instances.findLast((instance) => instance.seal?.result !== 'pass')?.seal;
  if (seal === undefined) return null;
  return seal?.result === 'temperror' ? 'key-unavailable' : 'seal-invalid';
}

/** Step 5: as far back as message signatures validate without a break; 0 where all of them do. */
function oldestPass(instances: readonly ArcInstance[]): number {
  const broken = instances.findLast(({ messageSignature }) => messageSignature?.result !== 'pass');
  return broken ? broken.instance + 1 : 0;
}
