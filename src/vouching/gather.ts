/**
 * Gathers every reason to believe that a domain is behind a message: signatures and SPF checked here, and what believed servers and the
 * sealers of believed chains recorded. Facts about each voucher only; whose it is says relate.ts, what follows from it says the table of
 * findings.
 */
import type { ArcReport } from '../arc/types.ts';
import { claimedDomain, type ClaimContext } from '../authres/claim.ts';
import { countedResults } from '../authres/counted.ts';
import type { MethodResult, ServerResult } from '../authres/types.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { parseDomain } from '../domain/name.ts';
import type { Message } from '../message/types.ts';
import type { SpfReport } from '../spf/types.ts';
import type { Submission } from '../trace/submission.ts';
import { evidenceOf, fieldAt, signatureEvidence } from './evidence.ts';
import { signatureState, weightlessReason, type ReceiptTime } from './signature-state.ts';
import type { GatheredVoucher, VoucherMethod, VoucherState, WeightlessReason } from './types.ts';

export interface VoucherSources {
  readonly message: Message;
  readonly dkim: readonly DkimSignatureReport[];
  readonly spf: readonly SpfReport[];
  /** With those of believed sealers, whose chain validates. */
  readonly serverResults: readonly ServerResult[];
  readonly arc: ArcReport;
  readonly submission: Submission | null;
  readonly claims: ClaimContext;
  readonly receipt: ReceiptTime;
  /** MAIL FROM domains whose SPF record lets about everyone pass. */
  readonly everyonePasses: ReadonlySet<string>;
}

export function gatherVouchers(sources: VoucherSources): readonly GatheredVoucher[] {
  return [
    ...sources.dkim.flatMap((signature) => fromSignature(signature, sources.receipt)),
    ...sources.spf.flatMap(fromSpf),
    ...sources.serverResults.flatMap((result) =>
      countedResults(result).flatMap((method) => fromServer(result, method, sources)),
    ),
    ...(sources.submission ? fromSubmission(sources.submission, sources.message) : []),
  ];
}

function fromSignature(signature: DkimSignatureReport, receipt: ReceiptTime): readonly GatheredVoucher[] {
  if (signature.domain === null || parseDomain(signature.domain) === undefined) return [];
  return [
    {
      domain: signature.domain,
      method: 'dkim',
      source: 'here',
      server: null,
      state: signatureState(signature, receipt),
      covers: coverage(signature),
      ...weigh(weightlessReason(signature)),
      field: signature.field,
      evidence: signatureEvidence(signature),
    },
  ];
}

function coverage({ signedHeaders }: DkimSignatureReport): readonly string[] {
  return [...new Set([...signedHeaders, 'body'])];
}

const SPF_STATES: Readonly<Partial<Record<SpfReport['result'], VoucherState>>> = {
  pass: 'valid',
  fail: 'failed',
  softfail: 'failed',
  temperror: 'unknown',
};

/** MAIL FROM alone: HELO stands in for it by itself where it is null (RFC 7208 §2.4), and the PRA is a historic experiment. */
function fromSpf({
  identity,
  domain,
  result,
  everyonePasses,
  recordName = domain,
  record,
}: SpfReport): readonly GatheredVoucher[] {
  const state = SPF_STATES[result];
  if (identity !== 'mfrom' || state === undefined || parseDomain(domain) === undefined) return [];
  return [
    {
      domain,
      method: 'spf',
      source: 'here',
      server: null,
      state,
      covers: ['envelope'],
      ...weigh(everyonePasses === true ? 'everyone-passes' : null),
      field: null,
      evidence: evidenceOf(recordName, 'TXT', record ?? null),
    },
  ];
}

const SERVER_METHODS: Readonly<Record<string, VoucherMethod>> = {
  dkim: 'dkim',
  spf: 'spf',
  dmarc: 'dmarc',
  arc: 'arc',
};

/** What a believed server saw pass. That something failed there confirms nothing, and other rows tell of it. */
function fromServer(
  result: ServerResult,
  method: MethodResult,
  { message, dkim, arc, claims, everyonePasses }: VoucherSources,
): readonly GatheredVoucher[] {
  const kind = Object.hasOwn(SERVER_METHODS, method.method) ? SERVER_METHODS[method.method] : undefined;
  if (kind === undefined || method.result !== 'pass') return [];
  const domain = kind === 'arc' ? newestSealer(arc) : claimedDomain(method, claims);
  if (domain === undefined) return [];
  const seen = kind === 'dkim' ? signaturesOf(method, domain, dkim) : [];
  return [
    {
      domain,
      method: kind,
      source: 'server',
      server: result.server,
      state: 'valid-at-receipt',
      covers: kind === 'spf' ? ['envelope'] : [...new Set(seen.flatMap(coverage))],
      ...weigh(kind === 'spf' && everyonePasses.has(domain) ? 'everyone-passes' : sharedWeakness(seen)),
      field: result.field,
      evidence: fieldAt(message, result.field),
    },
  ];
}

/** The signatures in the message that a server's dkim result is about: by d=, and by s= and b= where it says (RFC 8601 §2.7.1, RFC 6008). */
export function signaturesOf(
  { properties }: MethodResult,
  domain: string,
  dkim: readonly DkimSignatureReport[],
): readonly DkimSignatureReport[] {
  const selector = properties.find(({ ptype, property }) => ptype === 'header' && property === 's')?.value;
  const ofDomain = dkim.filter((signature) => signature.domain === domain);
  const exact = ofDomain.filter((signature) => selector !== undefined && signature.selector === selector);
  return exact.length > 0 ? exact : ofDomain;
}

/** A test key or an unsigned tail weakens the server's word as it does our own. */
function sharedWeakness(signatures: readonly DkimSignatureReport[]): WeightlessReason | null {
  const reasons = signatures.map(weightlessReason);
  return reasons.length > 0 && reasons.every((reason) => reason !== null) ? (reasons[0] ?? null) : null;
}

/** RFC 8617 §5.2: the seal on top speaks for the chain, whether or not it validates here. */
function newestSealer({ instances }: ArcReport): string | undefined {
  return parseDomain(instances.at(-1)?.seal?.domain ?? '');
}

/** One of the reader's servers took it from its own people (RFC 4954, RFC 8601 §2.7.4): the domain of the account, or the server's. */
function fromSubmission({ domain, server, field }: Submission, message: Message): readonly GatheredVoucher[] {
  if (domain === null) return [];
  return [
    {
      domain,
      method: 'submission',
      source: 'server',
      server,
      state: 'valid-at-receipt',
      covers: ['envelope'],
      ...weigh(null),
      field,
      evidence: fieldAt(message, field),
    },
  ];
}

function weigh(weightless: WeightlessReason | null): Pick<GatheredVoucher, 'weight' | 'weightless'> {
  return { weight: weightless === null ? 'full' : 'none', weightless };
}
