/** From what was found to what it says: one statement for each thing asked, in one fixed vocabulary that every locale words. */
import type { AdspDiscovery, AdspPractice } from '../adsp/types.ts';
import type { DmarcDiscovery, DmarcPolicy } from '../dmarc/types.ts';
import { dnssecOf } from '../dns/conclusions.ts';
import type { DnsAnswer } from '../dns/resolver.ts';
import type { DomainName } from '../domain/name.ts';
import type { AtpsReport } from './atps.ts';
import type { PracticeStatement, PracticeStatementId } from './types.ts';

const DMARC_POLICY: Readonly<Record<DmarcPolicy, PracticeStatementId>> = {
  reject: 'dmarc-reject',
  quarantine: 'dmarc-quarantine',
  none: 'dmarc-none',
};

/** The policy in force, t=y applied; or why there is none. */
export function dmarcStatement(discovery: DmarcDiscovery): PracticeStatement {
  const { domain, applied, effectivePolicy, dnssec } = discovery;
  const base = { source: 'dmarc', domain, dnssec } as const;
  if (applied !== null) {
    const { text: record, name, ttl } = applied;
    const text = effectivePolicy === null ? textWithoutPolicy(discovery) : DMARC_POLICY[effectivePolicy];
    return { ...base, text, record, name, ttl };
  }
  const text = textWithoutPolicy(discovery);
  const place = placeOf(text, discovery);
  return {
    ...base,
    text,
    record: place?.record ?? null,
    name: place?.name ?? `_dmarc.${domain}`,
    ttl: place?.ttl ?? null,
  };
}

function textWithoutPolicy({ reason }: DmarcDiscovery): PracticeStatementId {
  switch (reason) {
    case 'no-record':
      return 'dmarc-absent';
    case 'several-records':
    case 'record-invalid':
    case 'record-too-long':
    case 'policy-unusable':
      return 'dmarc-invalid';
    default:
      return 'dmarc-unsure'; // RFC 5016 §6 requirement 1: whatever is not known must not read like nothing
  }
}

/** The step of the walk a statement without a record rests on. */
function placeOf(text: PracticeStatementId, { walk }: DmarcDiscovery): DmarcDiscovery['walk'][number] | undefined {
  switch (text) {
    case 'dmarc-unsure':
      return walk.find((step) => step.outcome === 'failure');
    case 'dmarc-invalid':
      return walk.find((step) => step.outcome === 'several-records' || step.outcome === 'invalid-record');
    default:
      return walk[0];
  }
}

const ADSP_PRACTICE: Readonly<Record<AdspPractice, PracticeStatementId>> = {
  unknown: 'adsp-unknown',
  all: 'adsp-all',
  discardable: 'adsp-discardable',
};

export function adspStatement({
  domain,
  practice,
  reason,
  name,
  record,
  ttl,
  dnssec,
}: AdspDiscovery): PracticeStatement {
  const text = practice === null ? adspTextWithoutPractice(reason) : ADSP_PRACTICE[practice];
  // RFC 5617 §4.1: a record that breaks the syntax counts as none.
  return { source: 'adsp', domain, text, record: practice === null ? null : record, name, ttl, dnssec };
}

function adspTextWithoutPractice(reason: AdspDiscovery['reason']): PracticeStatementId {
  switch (reason) {
    case 'no-record':
    case 'record-invalid':
    case 'domain-nonexistent':
      return 'adsp-absent';
    case 'several-records':
      return 'adsp-invalid';
    default:
      return 'adsp-unsure';
  }
}

/** Only what is out of the ordinary: that the domain does not exist, or that nobody could say. */
export function existenceStatements(
  domain: DomainName,
  own: DnsAnswer,
  existence: string,
): readonly PracticeStatement[] {
  const base = { source: 'dns', domain, record: null, name: domain, dnssec: dnssecOf(own) } as const;
  if (existence === 'nonexistent') {
    return [{ ...base, text: 'domain-nonexistent', ttl: own.kind === 'failure' ? null : own.ttl }];
  }
  return existence === 'unknown' ? [{ ...base, text: 'domain-unsure', ttl: null }] : [];
}

/**
 * That a signer is authorized, or could not be asked about. That one is not listed is never stated: practices must not impugn
 * third party signatures (RFC 5016 §5.3 requirement 10).
 */
export function atpsStatements(report: AtpsReport): readonly PracticeStatement[] {
  const { result, authorDomain, signer, record, name, ttl, dnssec } = report;
  if (authorDomain === null || name === null || (result !== 'pass' && result !== 'temperror')) return [];
  const text = result === 'pass' ? 'atps-delegated' : 'atps-unsure';
  return [{ source: 'atps', domain: authorDomain, text, signer, record, name, ttl, dnssec }];
}
