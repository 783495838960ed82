/**
 * What intermediaries can be shown to have changed: joins who says to have handled a message with the signatures that broke on the way
 * (draft-ietf-opes-smtp-security-02 §3.1 asks for a trace of adaptations; where there is none, signatures are what is left).
 *
 * A broken signature shows that the message was changed after it was signed, not by whom. That takes a second signature, by the
 * intermediary, which verifies over the changed message: then the change was made by it or before it, and by it where the chain recorded
 * that the first one still passed. Nothing else is told.
 */
import type { ArcInstance, ArcMessageSignatureReport, ArcReport } from '../arc/types.ts';
import { parseAuthenticationResults } from '../authres/parse.ts';
import type { MethodResult } from '../authres/types.ts';
import { changedParts } from '../dkim/changed.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { parseDomain, type DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import type { Message } from '../message/types.ts';
import type { ChangeProof, Intermediary, ShownChange } from './types.ts';

export interface Signatures {
  readonly dkim: readonly DkimSignatureReport[];
  readonly arc: ArcReport;
}

/** The intermediaries, each with the changes that can be shown to be its own. */
export function joinChanges(
  message: Message,
  intermediaries: readonly Intermediary[],
  { dkim, arc }: Signatures,
): readonly Intermediary[] {
  const broken = dkim.filter(isBroken);
  const bySeal = changesBySeal(message, broken, arc);
  const lists = intermediaries.filter(({ kind }) => kind === 'list').length;
  return intermediaries.map((one) => {
    if (one.kind === 'sealer') return { ...one, changed: bySeal.get(one.fields[0] ?? -1) ?? [] };
    if (one.kind !== 'list' && one.kind !== 'resender' && one.kind !== 'forwarder') return one;
    const changed = broken.flatMap((signature) => {
      const proof = proofAgainst(one, signature, dkim, lists);
      return proof === undefined ? [] : [dkimChange(message, signature, proof)];
    });
    return { ...one, changed };
  });
}

type Broken = DkimSignatureReport & { readonly domain: string };

function isBroken(signature: DkimSignatureReport): signature is Broken {
  const { result, domain, facts } = signature;
  return result === 'fail' && domain !== null && (facts.bodyHash === 'bad' || facts.signature === 'bad');
}

function dkimChange(message: Message, signature: Broken, proof: ChangeProof): ShownChange {
  return {
    method: 'dkim',
    signature: signature.field,
    domain: signature.domain,
    ...changedParts(message, signature),
    changes: signature.explainedBy ?? [],
    proof,
  };
}

function proofAgainst(
  { kind, name }: Intermediary,
  broken: Broken,
  dkim: readonly DkimSignatureReport[],
  lists: number,
): ChangeProof | undefined {
  const holder = holderIn(name);
  // Signers put theirs on top (RFC 6376 §5.6), so one above the broken signature was made later.
  const signedAfter = dkim.some(
    ({ result, domain, field }) =>
      result === 'pass' && field < broken.field && holder !== undefined && holderIn(domain ?? '') === holder,
  );
  if (signedAfter && holder !== holderIn(broken.domain)) return 'own-signature';
  return kind === 'list' && lists === 1 && (broken.explainedBy ?? []).some((change) => change !== 're-encoded')
    ? 'known-change'
    : undefined;
}

/** The registered domain that a List-Id, an address or a domain is in. */
function holderIn(name: string): DomainName | undefined {
  const domain = parseDomain(name.slice(name.lastIndexOf('@') + 1));
  return domain === undefined ? undefined : (registeredDomain(domain) ?? domain);
}

/** By position of the seal. Only in a chain that validates. */
function changesBySeal(
  message: Message,
  broken: readonly Broken[],
  { result, oldestPass, instances }: ArcReport,
): ReadonlyMap<number, readonly ShownChange[]> {
  const found = new Map<number, ShownChange[]>();
  if (result !== 'pass' || oldestPass === null) return found;
  const add = (instance: number, change: ShownChange): void => {
    const seal = instances.find((one) => one.instance === instance)?.seal?.field;
    if (seal !== undefined) found.set(seal, [...(found.get(seal) ?? []), change]);
  };
  const before = instances.find(({ instance }) => instance === oldestPass - 1)?.messageSignature;
  if (before?.result === 'fail' && before.domain !== null) add(oldestPass, arcChange(before, before.domain));
  for (const signature of broken) {
    const seen = instances.findLast((instance) => recordsPass(instance, signature.domain));
    // What that sealer signed still verifies: so it changed the message itself, after checking it. Else whoever sealed first afterwards.
    if (seen) add(Math.max(seen.instance, oldestPass), dkimChange(message, signature, 'arc-results'));
  }
  return found;
}

function arcChange({ field, reason }: ArcMessageSignatureReport, domain: string): ShownChange {
  return {
    method: 'arc',
    signature: field,
    domain,
    body: reason === 'body-hash-mismatch' || reason === 'body-too-short',
    header: reason === 'signature-mismatch',
    headerFields: [],
    changes: [],
    proof: 'arc-signatures',
  };
}

/** RFC 8617 §4.1.1: what the sealer found when the message came to it. */
function recordsPass({ authenticationResults }: ArcInstance, domain: string): boolean {
  if (authenticationResults === null) return false;
  const { methods } = parseAuthenticationResults(authenticationResults.value);
  return methods.some(
    (method) => method.method === 'dkim' && method.result === 'pass' && signedDomain(method) === domain,
  );
}

/** RFC 8601 §2.7.1: header.d, or header.i as some servers write instead. */
function signedDomain({ properties }: MethodResult): string | undefined {
  const named = (wanted: string): string | undefined =>
    properties.find(({ ptype, property }) => ptype === 'header' && property === wanted)?.value;
  const value = named('d') ?? named('i') ?? '';
  return parseDomain(value.slice(value.lastIndexOf('@') + 1));
}
