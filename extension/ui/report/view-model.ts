/** A Report as rows of words: everything the panel shows, computed once, without a browser. Values stay as they came; elements isolate them. */
import type { Finding } from '../../../src/assessment/assess.ts';
import { LEVELS } from '../../../src/assessment/types.ts';
import type { DkimSignatureReport } from '../../../src/dkim/types.ts';
import { displayDomain, parseDomain, shownDomain } from '../../../src/domain/name.ts';
import type { Evidence } from '../../../src/message/evidence.ts';
import type { Mailbox } from '../../../src/message/types.ts';
import type { Report } from '../../../src/report/types.ts';
import { visibleText } from '../../../src/bytes/visible.ts';
import { decodeEncodedWords } from '../../../src/message/encoded-word.ts';
import { EMPTY_COLLECTION } from '../../classes/collection.ts';
import type { CheckedMessage, ShownField } from '../../judging/checked-message.ts';
import { writeRequest } from '../domain-request.ts';
import { isAdapted } from '../../bypass/letter.ts';
import { counted, findingWords, keyOf, numberText, shortenParams, type Translate } from '../words.ts';
import { viewDelivery, type DeliveryView } from './delivery.ts';
import { viewSolicitation, type SolicitationView } from './classes.ts';
import { handlerRows, type HandlerView } from './handlers.ts';
import { viewPath, type PathView } from './path.ts';
import { practiceRows, type PracticeView } from './practices.ts';
import { protectionRows } from './protection.ts';
import type { Row } from './rows.ts';
import { viewSendingHost, type SendingHostView } from './sending-host.ts';
import { signatureRows, type SignatureView } from './signatures.ts';
import { viewSummary, type SummaryView } from './summary-view.ts';
import { serverRows, type ServerView } from './trace.ts';

export interface EvidenceView {
  readonly text: string;
  /** Position of the header field it points at; null for evidence from elsewhere. */
  readonly field: number | null;
}

export interface FindingView {
  readonly id: string;
  readonly level: Finding['level'];
  readonly levelWord: string;
  readonly title: string;
  readonly detail: string;
  readonly evidence: readonly EvidenceView[];
}

/** The profiler with the author domain and the selectors it signed with filled in. */
export interface ProfilerLink {
  readonly text: string;
  /** The query of the page's address. */
  readonly search: string;
}

export interface HeaderView {
  readonly index: number;
  readonly name: string;
  readonly value: string;
  /** Domains whose valid signature covers this field. */
  readonly signedBy: readonly string[];
}

export interface PanelView {
  readonly summary: SummaryView;
  /** Empty where there is none. */
  readonly subject: string;
  readonly findings: readonly FindingView[];
  /** Null where the message is no delivery report. */
  readonly delivery: DeliveryView | null;
  readonly who: readonly Row[];
  readonly signatures: readonly SignatureView[];
  readonly practicesWhy: string;
  readonly practices: readonly PracticeView[];
  /** Where all that the author domain publishes is shown; null where there is no such domain. */
  readonly profiler: ProfilerLink | null;
  readonly servers: readonly ServerView[];
  readonly sendingHost: SendingHostView;
  readonly path: PathView;
  /** An intermediary changed the message, or says to have handled it: worth asking for another copy. */
  readonly adapted: boolean;
  readonly handlers: readonly HandlerView[];
  readonly solicitation: SolicitationView;
  readonly header: readonly HeaderView[];
  readonly headerCut: boolean;
  readonly cost: string;
}

/** @param classes the reader's own words for classes of mail, and their pass keys */
export function viewReport(
  { report, header, headerCut, ...options }: CheckedMessage,
  t: Translate,
  classes = EMPTY_COLLECTION,
): PanelView {
  return {
    summary: viewSummary(report, options, t),
    subject: subjectIn(header),
    findings: worstFirst(report).map((finding) => viewFinding(finding, report, t)),
    delivery: viewDelivery(report.deliveryReport, t),
    who: [...whoRows(report, t), ...protectionRows(report.protection, t)],
    signatures: signatureRows(report.dkim, t),
    practicesWhy: t(keyOf('panel_practices_why', report.practices.why)),
    practices: practiceRows(report, t),
    profiler: linkToProfiler(report, t),
    servers: serverRows(report, t),
    sendingHost: viewSendingHost(report, t),
    path: viewPath(report, t),
    adapted: isAdapted(report),
    handlers: handlerRows(report, t),
    solicitation: viewSolicitation(report, classes, t),
    header: header.map(({ name, value }, index) => ({ index, name, value, signedBy: signersOf(report.dkim, index) })),
    headerCut,
    cost: counted(t, 'panel_cost', report.cost.queries, { hits: numberText(t, report.cost.cacheHits) }, 'queries'),
  };
}

function subjectIn(header: readonly ShownField[]): string {
  const value = header.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '';
  return visibleText(decodeEncodedWords(value.replaceAll(/\r?\n/g, '')).trim());
}

/** The headline's finding, then from the worst level down, notes last; the table's order within a level. */
function worstFirst({ findings, headline }: Report): readonly Finding[] {
  const rank = ({ id, level }: Finding): number => {
    if (id === headline) return LEVELS.length;
    return level === 'note' ? -1 : LEVELS.indexOf(level);
  };
  return findings.toSorted((left, right) => rank(right) - rank(left));
}

function viewFinding(finding: Finding, report: Report, t: Translate): FindingView {
  const { id, level, params, evidence } = finding;
  const { title, meaning } = findingWords(finding, report, t);
  const shown = shortenParams(params);
  const cut = Object.entries(params).filter(([name, value]) => shown[name] !== value);
  return {
    id,
    level,
    levelWord: t(`level_${level}`),
    title,
    detail: meaning,
    // What a sentence shows shortened is here in full.
    evidence: [...cut.map(([, text]) => ({ text, field: null })), ...evidence.map((one) => viewEvidence(one, t))],
  };
}

function viewEvidence(evidence: Evidence, t: Translate): EvidenceView {
  switch (evidence.kind) {
    case 'field':
      return {
        text: t('panel_evidence_field', { name: evidence.name, line: String(evidence.index + 1) }),
        field: evidence.index,
      };
    case 'dns': {
      const { name, type, record } = evidence;
      const text =
        record === null
          ? t('panel_evidence_dns_none', { name, type })
          : t('panel_evidence_dns', { name, type, record });
      return { text, field: null };
    }
    case 'signature': {
      const { domain, selector, index } = evidence;
      return { text: t('panel_evidence_signature', { domain, selector }), field: index };
    }
  }
}

function linkToProfiler({ identities, dkim }: Report, t: Translate): ProfilerLink | null {
  const domain = identities.from[0]?.domain ?? null;
  if (domain === null) return null;
  const own = dkim.filter((signature) => signature.domain === domain);
  const selectors = [...new Set(own.flatMap(({ selector }) => selector ?? []))];
  return {
    text: t('panel_open_profiler', { domain: shownDomain(domain) }),
    search: writeRequest({ domain, selectors }),
  };
}

/** Each identity, with a remark where it differs from From. */
function whoRows({ identities, dkim }: Report, t: Translate): readonly Row[] {
  const { from, sender, replyTo, returnPath, pra } = identities;
  const author = from[0]?.domain ?? null;
  const differs = (domain: string | null): { note?: string } =>
    domain === author ? {} : { note: t('panel_differs_from_from') };
  const rows: Row[] = from.flatMap((mailbox) => [
    { label: t('panel_display_name'), text: mailbox.displayName || t('panel_none') },
    { label: 'From', text: addressText(mailbox, t) },
  ]);
  if (sender) rows.push({ label: 'Sender', text: mailboxText(sender), ...differs(sender.domain) });
  for (const mailbox of replyTo)
    rows.push({ label: 'Reply-To', text: mailboxText(mailbox), ...differs(mailbox.domain) });
  if (returnPath !== null) rows.push({ label: 'Return-Path', text: returnPath || '<>' });
  rows.push(
    'address' in pra
      ? { label: t('panel_pra'), text: pra.address, note: t('panel_pra_from_field', { field: pra.field }) }
      : { label: t('panel_pra'), text: t('panel_none'), note: t(keyOf('panel_pra', pra.illFormed)) },
  );
  const signers = [
    ...new Set(dkim.filter(({ result }) => result === 'pass').map(({ domain }) => shownDomain(domain ?? ''))),
  ];
  rows.push({ label: t('panel_signed_by'), text: signers.join(', ') || t('panel_nobody') });
  return rows;
}

function addressText({ address, domain }: Mailbox, t: Translate): string {
  if (address === '') return t('panel_none');
  const parsed = domain === null ? undefined : parseDomain(domain);
  const shown = parsed ? displayDomain(parsed) : undefined;
  return shown === undefined || shown === domain ? address : `${address} (${shown})`;
}

function mailboxText({ displayName, address }: Mailbox): string {
  return displayName ? `${displayName} <${address}>` : address;
}

function signersOf(dkim: readonly DkimSignatureReport[], index: number): readonly string[] {
  const signers = dkim.filter(({ result, signedFields }) => result === 'pass' && signedFields.includes(index));
  return [...new Set(signers.map(({ domain }) => shownDomain(domain ?? '')))];
}
