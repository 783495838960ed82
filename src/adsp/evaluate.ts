/**
 * Author Domain Signing Practices: look-up and result. Implements RFC 5617 §4.3 (look-up, existence first) and §5.4 (results).
 * Historic since 2013, read because some domains still say there, and nowhere else, that all their mail is signed.
 *
 * Known differences: the existence check and the record are asked together, as §4.3 allows; subdomains inherit nothing, as §4.1
 * says, DMARC covers them.
 */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions, Questions } from '../dns/ask-once.ts';
import { dnssecOf, existenceOf, weakestDnssec } from '../dns/conclusions.ts';
import type { DnsAnswer } from '../dns/resolver.ts';
import { below, parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { parseAdspRecord } from './parse.ts';
import { ADSP_REASONS } from './reasons.ts';
import type { AdspReason } from './reasons.ts';
import type { AdspDiscovery, AdspPractice, AdspReport } from './types.ts';

export interface AdspInput {
  /** The domain of the author address; null or absent where there is none. */
  readonly authorDomain?: string | null | undefined;
  readonly dkim?: readonly Pick<DkimSignatureReport, 'domain' | 'result'>[] | undefined;
}

/**
 * Evaluates ADSP for a message: two questions in one round trip, none where a valid author domain signature answers already.
 * @throws the signal's reason where the signal is aborted
 */
export async function evaluateAdsp(input: AdspInput & LookupOptions): Promise<AdspReport> {
  return evaluateAdspWith(input, createQuestions(input));
}

/** {@link evaluateAdsp} sharing its questions with other evaluations. */
export async function evaluateAdspWith(input: AdspInput, questions: Questions): Promise<AdspReport> {
  const author = parseDomain(input.authorDomain ?? '');
  if (author === undefined) return adspWithoutLookup('no-author-domain', null);
  // RFC 5617 §2.7: an author domain signature has the author domain as d=, whatever its i=.
  const own = (input.dkim ?? []).filter((each) => each.domain !== null && parseDomain(each.domain) === author);
  if (own.some((each) => each.result === 'pass')) {
    // RFC 5617 §5.4 pass: such a signature satisfies every practice, so none need be looked up.
    return { result: 'pass', reason: null, domain: author, dnssec: 'indeterminate' };
  }
  const found = await discoverAdsp(author, questions);
  const reason = reasonFor(
    found,
    own.some((each) => each.result === 'temperror'),
  );
  return {
    result: ADSP_REASONS[reason],
    reason,
    domain: author,
    ...(found.practice !== null && { practice: found.practice }),
    ...(found.record !== null &&
      found.ttl !== null && { record: found.record, recordName: found.name, ttl: found.ttl }),
    dnssec: found.dnssec,
  };
}

/** The report of a message ADSP was not asked about. */
export function adspWithoutLookup(
  reason: Extract<AdspReason, 'no-author-domain' | 'not-looked-up'>,
  domain: string | null,
): AdspReport {
  return { result: ADSP_REASONS[reason], reason, domain, dnssec: 'indeterminate' };
}

/** What an author domain publishes in ADSP (RFC 5617 §4.3). */
export async function discoverAdsp(author: DomainName, questions: Questions): Promise<AdspDiscovery> {
  const name = below('_adsp._domainkey', author);
  const [own, answer] = await Promise.all([questions.mx(author), name === undefined ? undefined : questions.txt(name)]);
  const base = { domain: author, name: name ?? `_adsp._domainkey.${author}`, practice: null, record: null, ttl: null };
  const states = [dnssecOf(own), ...(answer === undefined ? [] : [dnssecOf(answer)])];

  // RFC 5617 §4.3: where the author domain does not exist the algorithm ends, whatever a wildcard answers below it.
  const existence = existenceOf(own, answer);
  if (existence === 'nonexistent') return { ...base, reason: 'domain-nonexistent', dnssec: dnssecOf(own) };
  if (existence === 'unknown') return { ...base, reason: 'existence-unavailable', dnssec: 'indeterminate' };
  if (answer === undefined) return { ...base, reason: 'no-record', dnssec: weakestDnssec(states) };
  return { ...base, ...readAnswer(answer), dnssec: dnssecOf(answer) };
}

function readAnswer(answer: DnsAnswer<'TXT'>): Pick<AdspDiscovery, 'reason'> & Partial<AdspDiscovery> {
  if (answer.kind === 'failure') return { reason: 'record-unavailable' };
  if (answer.kind !== 'records') return { reason: 'no-record', ttl: answer.ttl };
  const [record, ...others] = answer.records;
  if (record === undefined) return { reason: 'no-record', ttl: answer.ttl };
  // RFC 5617 §4.3: "more than one record": they are not sorted out as DMARC does.
  if (others.length > 0) return { reason: 'several-records', ttl: answer.ttl };
  const parsed = parseAdspRecord(record);
  if (!parsed.ok) return { reason: 'record-invalid', record, ttl: answer.ttl };
  const { practice, recognized } = parsed.value;
  return { practice, reason: recognized ? null : 'practice-unrecognized', record, ttl: answer.ttl };
}

const UNSIGNED: Readonly<Record<AdspPractice, AdspReason>> = {
  unknown: 'practice-unknown',
  all: 'all-unsigned',
  discardable: 'discardable-unsigned',
};

function reasonFor(found: AdspDiscovery, signatureOpen: boolean): AdspReason {
  if (found.practice === null) return found.reason ?? 'no-record';
  if (found.practice === 'unknown') return found.reason ?? 'practice-unknown';
  // A missing signature is only a finding where it is known to be missing.
  return signatureOpen ? 'signature-unavailable' : UNSIGNED[found.practice];
}
