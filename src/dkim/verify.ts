/**
 * Verifies the DKIM signatures of a message. Implements RFC 6376 §6.1; updated by RFC 8301, 8463, 8616; results by RFC 8601 §2.7.1.
 *
 * Known differences: t= and x= are judged by the time of receipt where that is known, since mail is read long after it came; a
 * signature with an unsigned tail (l=) passes, as in other verifiers, and says so in `unsignedTail`, `notes` and `facts.coverage`;
 * one by a key in test mode (t=y) passes likewise and says so in `testing`: what either is worth is decided above.
 */
import type { Resolver } from '../dns/resolver.ts';
import { sameDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { authorMailboxes } from '../message/address.ts';
import { fieldsNamed, messageOf } from '../message/parse.ts';
import type { Message } from '../message/types.ts';
import type { KeyArchive } from './archive.ts';
import { consultArchive } from './archived-key.ts';
import { createBodyHasher, type BodyHasher } from './body-hash.ts';
import { LONG_BODY } from './canonicalize-body.ts';
import { signatureInput } from './canonicalize-header.ts';
import { checkSignature, type SignatureCheck } from './check.ts';
import { createKeyFinder, type KeyFinder, type KeyLookup } from './key-lookup.ts';
import type { KeyRecord } from './key.ts';
import { parseDkimSignature, type Signer } from './parse.ts';
import type { DkimReason } from './reasons.ts';
import { mayBeFirstParty } from './relation.ts';
import {
  readCoverage,
  reportUnverified,
  reportVerified,
  type Candidate,
  type ReportContext,
  type WellFormed,
} from './report.ts';
import { indexFields, selectFields, signatureValue } from './select.ts';
import type { DkimSignatureReport } from './types.ts';

export interface VerifyDkimOptions {
  readonly resolver: Resolver;
  readonly now: Date | (() => Date);
  /** Rejects the promise with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** When the reader's own server received the message, where that is known: t= and x= are judged then (RFC 6376 §3.5). */
  readonly receivedAt?: Date | undefined;
  /** Keys seen before; asked where DNS has none that verifies, and told what DNS has. */
  readonly archive?: KeyArchive | undefined;
}

interface Context extends ReportContext {
  readonly hashBody: BodyHasher;
  readonly lookUpKeys: KeyFinder;
  readonly archive: KeyArchive | undefined;
}

/**
 * One report for each DKIM-Signature field, topmost first; none where there is no such field. At most `LIMITS.signatures` are
 * verified, possible first party signatures before others, then the topmost; the rest says `checked: false`. With several From
 * mailboxes the relation is the one to the first: that there is no single author is for the assessment to say.
 */
export async function verifyDkim(
  input: Message | Uint8Array,
  { resolver, now, signal, receivedAt, archive }: VerifyDkimOptions,
): Promise<readonly DkimSignatureReport[]> {
  signal?.throwIfAborted();
  const message = messageOf(input);
  const candidates = fieldsNamed(message, 'dkim-signature').map((field): Candidate => ({
    field,
    ...parseDkimSignature(signatureValue(message, field)),
  }));
  if (candidates.length === 0) return [];

  const clock = typeof now === 'function' ? now() : now;
  const context: Context = {
    message,
    fields: indexFields(message),
    author: once(() => authorMailboxes(message)[0]),
    times: { now: clock, judgedAt: receivedAt ?? clock },
    hashBody: createBodyHasher(message),
    lookUpKeys: createKeyFinder(resolver, signal),
    archive,
  };
  const chosen = chooseSignatures(candidates, context.author);
  // All questions leave before anything waits for the first answer.
  for (const { signature } of chosen) void context.lookUpKeys(signature.parameters.keyName);
  return Promise.all(
    candidates.map((candidate) =>
      candidate.ok && chosen.includes(candidate)
        ? verifyOne(context, candidate)
        : Promise.resolve(reportUnverified(context, candidate)),
    ),
  );
}

function chooseSignatures(candidates: readonly Candidate[], author: ReportContext['author']): readonly WellFormed[] {
  const wellFormed = candidates.filter((candidate) => candidate.ok);
  if (wellFormed.length <= LIMITS.signatures) return wellFormed;
  const firstParty = new Set(wellFormed.filter(({ signature }) => mayBeFirstParty(author(), signature.signer)));
  return [...firstParty, ...wellFormed.filter((candidate) => !firstParty.has(candidate))].slice(0, LIMITS.signatures);
}

/**
 * The platform verifies on another thread. So it is set to work as soon as the key is there, and what can be done without its answer
 * is done meanwhile: that hides most of what a message costs here.
 */
async function verifyOne(context: Context, candidate: WellFormed): Promise<DkimSignatureReport> {
  const { message, fields, hashBody, lookUpKeys, archive } = context;
  const { field, signature } = candidate;
  const { parameters, content, signer } = signature;
  const selected = selectFields(fields, content.signedHeaders, field);
  const input = signatureInput(message, selected, field, parameters.signatureRange, content.headerCanonicalization);
  // A long body does not wait for an answer.
  if (message.raw.length - message.bodyStart >= LONG_BODY)
    void hashBody(content.bodyCanonicalization, content.bodyLength);
  const published = await lookUpKeys(parameters.keyName);
  const check = (keys: KeyLookup): Promise<SignatureCheck> =>
    checkSignature(keys, parameters, input, (record) => refuseIdentity(record, signer));
  const checking = check(published);
  const hashing = hashBody(content.bodyCanonicalization, content.bodyLength);
  const coverage = readCoverage(context, candidate, selected);
  const [checked, body] = await Promise.all([checking, hashing]);
  const report = reportVerified(context, candidate, coverage, checked, body);
  if (!archive) return report;
  const archivedKey = await consultArchive(archive, published, context.times.now, report, async (keys) =>
    reportVerified(context, candidate, coverage, await check(keys), body),
  );
  return archivedKey ? { ...report, archivedKey } : report;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** RFC 6376 §3.6.1 t=s: the domain of i= must be that of d= itself. */
function refuseIdentity(record: KeyRecord, { auid, sdid }: Signer): DkimReason | null {
  return record.strictIdentity && !sameDomain(auid.domain, sdid) ? 'key-strict-identity' : null;
}
