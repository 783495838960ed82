/**
 * The DMARC result of a message. Implements RFC 9989 §4.4 (alignment) and §5.3.1 to §5.3.6 (what a receiver does).
 *
 * Known differences: an identifier that could not be checked itself (temperror) but would align makes the result temperror where
 * nothing else passes; RFC 9989 §5.3.6 speaks of the queries "required to perform DMARC validation", and its key was one. A
 * signature counts by its result alone, as everywhere else; what test mode (t=y) and unsigned tails (l=) take away is weighed above.
 */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions, Questions } from '../dns/ask-once.ts';
import { parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { alignIdentifiers, identify } from './align.ts';
import type { Alignment, Identifier } from './align.ts';
import { DMARC_REASONS } from './reasons.ts';
import type { DmarcReason } from './reasons.ts';
import type { AlignmentMode, DmarcDiscovery, DmarcRecord, DmarcReport } from './types.ts';

/** The SPF result for the MAIL FROM identity (RFC 9989 §4.4.2): RFC 8601 result names. */
export interface SpfIdentifier {
  readonly domain: string;
  readonly result: string;
}

export interface DmarcInput {
  /** The domain of the one author address; null or absent where there is none, or not precisely one (RFC 9989 §5.3.1). */
  readonly authorDomain?: string | null | undefined;
  readonly dkim?: readonly Pick<DkimSignatureReport, 'domain' | 'result'>[] | undefined;
  readonly spf?: readonly SpfIdentifier[] | undefined;
}

/**
 * Evaluates DMARC for a message (RFC 9989 §5.3). All look-ups go out in one round trip; a DNS failure is a `temperror` result.
 * @throws the signal's reason where the signal is aborted
 */
export async function evaluateDmarc(input: DmarcInput & LookupOptions): Promise<DmarcReport> {
  return evaluateDmarcWith(input, createQuestions(input));
}

/** {@link evaluateDmarc} sharing its questions with other evaluations. */
export async function evaluateDmarcWith(input: DmarcInput, questions: Questions): Promise<DmarcReport> {
  const author = parseDomain(input.authorDomain ?? '');
  if (author === undefined) return dmarcWithoutLookup('no-author-domain', null);
  const identifiers = [
    ...(input.spf ?? []).map((each) => identify('spf', each.domain, each.result)),
    ...(input.dkim ?? []).map((each) => identify('dkim', each.domain, each.result)),
  ].filter((each) => each !== undefined);
  const { discovery, alignments } = await alignIdentifiers(author, identifiers, questions);

  const record = discovery.applied?.record;
  const passing = identifiers.filter((each) => each.state === 'pass' && isAligned(each, alignments, record));
  const alignable = (method: Identifier['method']): readonly string[] =>
    domainsOf(
      identifiers.filter((each) => {
        const alignment = alignments.get(each.domain);
        return each.method === method && isAlignedIn(record ? modeOf(each, record) : 'strict', alignment);
      }),
    );
  const reason = decide(discovery, identifiers, alignments, passing);
  return {
    result: reason === null ? 'pass' : DMARC_REASONS[reason],
    reason,
    policy: discovery.policy,
    effectivePolicy: discovery.effectivePolicy,
    domain: author,
    organizationalDomain: discovery.organizationalDomain,
    ...describeRecord(discovery),
    dnssec: discovery.dnssec,
    alignedDkim: domainsOf(passing.filter((each) => each.method === 'dkim')),
    alignedSpf: passing.find((each) => each.method === 'spf')?.domain ?? null,
    alignableDkim: alignable('dkim'),
    alignableSpf: alignable('spf'),
    walk: discovery.walk,
  };
}

/** The report of a message DMARC was not asked about. */
export function dmarcWithoutLookup(
  reason: Extract<DmarcReason, 'no-author-domain' | 'not-looked-up'>,
  domain: string | null,
): DmarcReport {
  return {
    result: DMARC_REASONS[reason],
    reason,
    policy: null,
    effectivePolicy: null,
    domain,
    organizationalDomain: null,
    dnssec: 'indeterminate',
    alignedDkim: [],
    alignedSpf: null,
    alignableDkim: [],
    alignableSpf: [],
    walk: [],
  };
}

type Alignments = ReadonlyMap<DomainName, Alignment>;

/** The one reason for the result, or null for pass. */
function decide(
  discovery: DmarcDiscovery,
  identifiers: readonly Identifier[],
  alignments: Alignments,
  passing: readonly Identifier[],
): DmarcReason | null {
  // Without a policy there is no result, save where only np= against sp= is open: a pass needs neither.
  if (discovery.reason !== null && discovery.reason !== 'existence-unavailable') return discovery.reason;
  if (passing.length > 0) return null; // RFC 9989 §5.3.5: one aligned identifier suffices
  const record = discovery.applied?.record;
  const passed = identifiers.filter((each) => each.state === 'pass');
  for (const each of passed) {
    if (modeOf(each, record) === 'strict') continue;
    const alignment = alignments.get(each.domain);
    if (alignment === 'unavailable') return 'organizational-domain-unavailable';
    if (alignment === 'left-out') return 'too-many-identifiers';
  }
  if (identifiers.some((each) => each.state === 'temperror' && mayAlign(each, alignments, record))) {
    return 'identifier-unavailable';
  }
  if (discovery.reason !== null) return discovery.reason;
  return passed.length > 0 ? 'not-aligned' : 'no-authenticated-identifier';
}

/** RFC 9989 §4.7 adkim=, aspf=. */
function modeOf(identifier: Identifier, record: DmarcRecord | undefined): AlignmentMode {
  return (identifier.method === 'dkim' ? record?.dkimAlignment : record?.spfAlignment) ?? 'relaxed';
}

function isAligned(identifier: Identifier, alignments: Alignments, record: DmarcRecord | undefined): boolean {
  return isAlignedIn(modeOf(identifier, record), alignments.get(identifier.domain));
}

function isAlignedIn(mode: AlignmentMode, alignment: Alignment | undefined): boolean {
  return alignment === 'identical' || (mode === 'relaxed' && alignment === 'same-organization');
}

/** Aligned, or in relaxed mode not known to be otherwise. */
function mayAlign(identifier: Identifier, alignments: Alignments, record: DmarcRecord | undefined): boolean {
  if (isAligned(identifier, alignments, record)) return true;
  return modeOf(identifier, record) === 'relaxed' && alignments.get(identifier.domain) !== 'none';
}

function describeRecord({
  applied,
}: DmarcDiscovery): Pick<DmarcReport, 'record' | 'recordName' | 'recordOrigin' | 'ttl'> {
  if (applied === null) return {};
  return { record: applied.text, recordName: applied.name, recordOrigin: applied.origin, ttl: applied.ttl };
}

function domainsOf(identifiers: readonly Identifier[]): readonly string[] {
  return [...new Set(identifiers.map((identifier) => identifier.domain))];
}
