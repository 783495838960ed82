/** What a domain publishes about its mail, as words: every statement with its record, where and when it was found, and how sure that is. */
import type { AdspReport } from '../../../src/adsp/types.ts';
import type { DmarcRecordOrigin, DmarcReport } from '../../../src/dmarc/types.ts';
import type { DnssecState } from '../../../src/dns/resolver.ts';
import { shownDomain } from '../../../src/domain/name.ts';
import type { PracticesReport, PracticeStatement } from '../../../src/practices/types.ts';
import { durationText, keyOf, type Translate } from '../words.ts';
import { row, timeText, type Row } from './rows.ts';

export interface PracticeView {
  readonly text: string;
  readonly rows: readonly Row[];
}

/** Where something was looked up, and what its answer is worth. */
export interface Lookup {
  readonly record: string | null;
  readonly name: string | null;
  readonly ttl: number | null;
  readonly dnssec: DnssecState;
  /** ISO time; null where it is told elsewhere. */
  readonly askedAt: string | null;
}

export function lookupRows({ record, name, ttl, dnssec, askedAt }: Lookup, t: Translate): readonly Row[] {
  return [
    ...row(t('panel_record'), record),
    ...row(t('panel_asked_at'), name),
    ...row(t('panel_asked_when'), timeText(askedAt, t)),
    ...row(t('panel_ttl'), ttl === null ? null : durationText(t, ttl, 'long')),
    { label: 'DNSSEC', text: t(`panel_dnssec_${dnssec}`) },
  ];
}

/** A statement; what belongs to it alone comes before where it was found. */
export function viewStatement(
  statement: PracticeStatement,
  askedAt: string | null,
  own: readonly Row[],
  t: Translate,
): PracticeView {
  const { text, domain, signer = '' } = statement;
  return {
    text: t(keyOf('practice', text), { domain: shownDomain(domain), signer: shownDomain(signer) }),
    rows: [...own, ...lookupRows({ ...statement, askedAt }, t)],
  };
}

export interface PublishedFacts {
  readonly practices: PracticesReport;
  readonly dmarc: DmarcReport;
  readonly adsp: AdspReport;
}

/** Every statement; DMARC's and ADSP's say beside what is published what it makes of this message. */
export function practiceRows({ practices, dmarc, adsp }: PublishedFacts, t: Translate): readonly PracticeView[] {
  const ownRows = ({ source, domain }: PracticeStatement): readonly Row[] => {
    if (source === 'dmarc' && domain === dmarc.domain) return dmarcRows(dmarc, t);
    return source === 'adsp' && domain === adsp.domain ? [outcomeRow('adsp', adsp, t)] : [];
  };
  return practices.statements.map((statement) => viewStatement(statement, practices.askedAt, ownRows(statement), t));
}

function outcomeRow(
  method: 'dmarc' | 'adsp',
  { result, reason }: { readonly result: string; readonly reason: string | null },
  t: Translate,
): Row {
  const note = reason === null ? {} : { note: t(keyOf(`reason_${method}`, reason)) };
  return { label: t('panel_this_message'), text: t(`${method}_result_${result}`), ...note };
}

function dmarcRows(dmarc: DmarcReport, t: Translate): readonly Row[] {
  const { alignedDkim, alignedSpf, policy, effectivePolicy, organizationalDomain, recordOrigin = null } = dmarc;
  return [
    outcomeRow('dmarc', dmarc, t),
    ...row(t('panel_dmarc_aligned_dkim'), alignedDkim.map(shownDomain).join(', ') || null),
    ...row(t('panel_dmarc_aligned_spf'), alignedSpf === null ? null : shownDomain(alignedSpf)),
    ...policyRows({ policy, effectivePolicy, organizationalDomain, origin: recordOrigin }, t),
  ];
}

interface AppliedPolicy {
  readonly policy: string | null;
  readonly effectivePolicy: string | null;
  readonly organizationalDomain: string | null;
  readonly origin: DmarcRecordOrigin | null;
}

/** Whose policy it is and how it applies. */
export function policyRows(applied: AppliedPolicy, t: Translate): readonly Row[] {
  const { policy, effectivePolicy, organizationalDomain, origin } = applied;
  const weakened = policy !== null && effectivePolicy !== null && policy !== effectivePolicy;
  return [
    ...(policy === null
      ? []
      : [
          {
            label: t('panel_dmarc_policy'),
            text: policy,
            ...(weakened && { note: t('panel_dmarc_weakened', { policy: effectivePolicy }) }),
          },
        ]),
    ...row(t('panel_dmarc_origin'), origin === null ? null : t(`panel_dmarc_origin_${origin}`)),
    ...row(t('panel_dmarc_organization'), organizationalDomain === null ? null : shownDomain(organizationalDomain)),
  ];
}
