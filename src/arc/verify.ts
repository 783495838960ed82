/**
 * Validates the Authenticated Received Chain. Implements RFC 8617 §5.2; the signatures verify as RFC 6376 says, updated by RFC 8301
 * and 8463.
 *
 * Known differences: seals and message signatures are verified side by side, not one after the other, so that all keys are asked
 * for at once; of the older message signatures, which decide nothing, only the newest `LIMITS.signatures` are verified; a key that
 * cannot be asked for makes the chain fail, with a reason of its own, as RFC 8617 has no temporary result.
 */
import type { Resolver } from '../dns/resolver.ts';
import { createBodyHasher, type BodyHasher } from '../dkim/body-hash.ts';
import { signatureInput } from '../dkim/canonicalize-header.ts';
import { checkBodyHash, checkSignature, firstReason, isFromFuture } from '../dkim/check.ts';
import { createKeyFinder, type KeyFinder } from '../dkim/key-lookup.ts';
import { indexFields, selectFields, type FieldIndex } from '../dkim/select.ts';
import { LIMITS } from '../limits.ts';
import { messageOf } from '../message/parse.ts';
import type { HeaderField, Message } from '../message/types.ts';
import { readChain, type CompleteSet } from './chain.ts';
import { reportChain, reportMessageSignature, reportSeal, reportSet } from './report.ts';
import type { ArcMessageSignatureReport, ArcReport, ArcSealReport } from './types.ts';

export interface ValidateArcOptions {
  readonly resolver: Resolver;
  /** Signatures made later than this do not count (RFC 6376 §3.5 t=). */
  readonly now: Date | (() => Date);
  /** Rejects the promise with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

interface Context {
  readonly message: Message;
  readonly fields: FieldIndex;
  readonly now: Date;
  readonly hashBody: BodyHasher;
  readonly findKeys: KeyFinder;
}

/** Validates the chain; content never makes it throw. A chain whose structure is wrong costs no look-up. */
export async function validateArc(
  input: Message | Uint8Array,
  { resolver, now, signal }: ValidateArcOptions,
): Promise<ArcReport> {
  signal?.throwIfAborted();
  const message = messageOf(input);
  const chain = readChain(message);
  if (chain.reason !== null)
    return reportChain(
      chain.reason,
      chain.sets.map((set) => reportSet(set)),
    );

  const context: Context = {
    message,
    fields: indexFields(message),
    now: typeof now === 'function' ? now() : now,
    hashBody: createBodyHasher(message),
    findKeys: createKeyFinder(resolver, signal),
  };
  // All questions leave before anything waits for the first answer.
  for (const { signature } of chain.sets.flatMap(({ messageSignature, seal }) => [messageSignature, seal])) {
    if (typeof signature !== 'string') void context.findKeys(signature.parameters.keyName);
  }
  const verified = chain.sets.map(async (set, at) => {
    const isRecent = chain.sets.length - at <= LIMITS.signatures;
    const [messageSignature, seal] = await Promise.all([
      isRecent ? verifyMessageSignature(context, set) : undefined,
      verifySeal(context, chain.sets.slice(0, at), set),
    ]);
    return reportSet(set, messageSignature, seal);
  });
  return reportChain(null, await Promise.all(verified));
}

/** RFC 8617 §4.1.2, §5.2 step 4: verified like a DKIM signature. */
async function verifyMessageSignature(
  context: Context,
  { messageSignature }: CompleteSet,
): Promise<ArcMessageSignatureReport> {
  const { field, signature } = messageSignature;
  if (typeof signature === 'string') return reportMessageSignature(messageSignature);
  const { content, parameters } = signature;
  const { keyName, signatureRange } = parameters;
  const selected = selectFields(context.fields, content.signedHeaders, field);
  const input = signatureInput(context.message, selected, field, signatureRange, content.headerCanonicalization);
  const keys = await context.findKeys(keyName);
  const [check, body] = await Promise.all([
    checkSignature(keys, parameters, input),
    context.hashBody(content.bodyCanonicalization, content.bodyLength),
  ]);
  const time = isFromFuture(parameters.signedAt, context.now) ? 'from-future' : null;
  const reason = firstReason(check, checkBodyHash(content.bodyHash, body), time);
  return reportMessageSignature(messageSignature, { check, reason, selected });
}

/**
 * RFC 8617 §5.1.1, §5.2 step 6: a seal covers the fields of all sets up to its own in the order they were added, itself last, in the
 * relaxed form.
 */
async function verifySeal(context: Context, earlier: readonly CompleteSet[], set: CompleteSet): Promise<ArcSealReport> {
  const { seal } = set;
  if (typeof seal.signature === 'string') return reportSeal(seal);
  const covered: readonly HeaderField[] = [
    ...earlier.flatMap((one) => [one.authenticationResults.field, one.messageSignature.field, one.seal.field]),
    set.authenticationResults.field,
    set.messageSignature.field,
  ];
  const { parameters } = seal.signature;
  const input = signatureInput(context.message, covered, seal.field, parameters.signatureRange, 'relaxed');
  const check = await checkSignature(await context.findKeys(parameters.keyName), parameters, input);
  const time = isFromFuture(parameters.signedAt, context.now) ? 'from-future' : null;
  return reportSeal(seal, { check, reason: firstReason(check, null, time) });
}
