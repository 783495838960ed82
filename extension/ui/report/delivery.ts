/** What a delivery report says of another message, as words: what became of it, whose it was, and what came back. */
import { shownDomain } from '../../../src/domain/name.ts';
import type { DeliveryRecipient, DeliveryReport, ReturnedMessage } from '../../../src/trace/delivery/types.ts';
import { keyOf, type Translate } from '../words.ts';
import { row, timeText, type Row } from './rows.ts';

export interface RecipientView {
  readonly address: string;
  readonly outcome: string;
  readonly rows: readonly Row[];
}

export interface DeliveryView {
  /** Which kind of report it is, and whose mail it is about. */
  readonly summary: readonly Row[];
  readonly recipients: readonly RecipientView[];
  /** What came back; null where nothing did. */
  readonly returned: readonly Row[] | null;
}

export function viewDelivery(report: DeliveryReport | null, t: Translate): DeliveryView | null {
  if (!report) return null;
  const { kind, reporter, receivedFrom, originalMessageId, ownership, recipients, returned } = report;
  return {
    summary: [
      { label: t('delivery_kind'), text: t(keyOf('delivery', kind)) },
      ...row(t('delivery_ownership'), ownership && t(keyOf('delivery_owner', ownership.reason))),
      ...row(t('delivery_reporter'), reporter),
      ...row(t('delivery_received_from'), receivedFrom),
      ...row(t('delivery_original_id'), originalMessageId),
    ],
    recipients: recipients.map((recipient) => viewRecipient(recipient, t)),
    returned: returned && returnedRows(returned, report.intermediaries, t),
  };
}

function viewRecipient(recipient: DeliveryRecipient, t: Translate): RecipientView {
  const { address, action, status, diagnostic, remoteMta } = recipient;
  return {
    address,
    outcome: outcomeOf(recipient, t),
    rows: [
      ...row(t('delivery_action'), action),
      ...row(t('delivery_status'), status),
      ...row(t('delivery_remote'), remoteMta),
      ...row(t('delivery_diagnostic'), diagnostic),
    ],
  };
}

/** RFC 3463 §3: the first number says how final it is, the second what it has to do with. */
function outcomeOf({ status, action }: DeliveryRecipient, t: Translate): string {
  if (status === null) return action ?? '';
  const [finality = '', subject = ''] = status.split('.');
  const about = Number(subject) in SUBJECTS ? Number(subject) : 0;
  return t(`delivery_class_${finality}`, { subject: t(`delivery_subject_${about}`) });
}

/** RFC 3463 §3: subjects 0 (other) to 7 (security or policy). */
const SUBJECTS = [0, 1, 2, 3, 4, 5, 6, 7];

function returnedRows(
  { headerOnly, from, sender, returnPath, subject, date, messageId, signatures, path }: ReturnedMessage,
  intermediaries: DeliveryReport['intermediaries'],
  t: Translate,
): readonly Row[] {
  return [
    { label: t('delivery_extent'), text: t(headerOnly ? 'delivery_header_only' : 'delivery_whole') },
    ...from.map(({ displayName, address }) => ({ label: 'From', text: mailboxText(displayName, address) })),
    ...row('Sender', sender),
    ...row('Return-Path', returnPath),
    ...row('Subject', subject),
    ...row('Date', date),
    ...row('Message-ID', messageId),
    ...signatures.map(({ domain, outcome }) => ({
      label: t('delivery_signature'),
      text: domain === null ? t('panel_none') : shownDomain(domain),
      note: t(keyOf('delivery_signature', outcome)),
    })),
    ...intermediaries.map(({ kind, name }) => ({
      label: t('delivery_handled'),
      text: name,
      note: t(`panel_handler_${kind}`),
    })),
    ...path.map(({ from: client, by, time }) => ({
      label: t('delivery_hop'),
      text: [client, by].map((name) => name ?? '?').join(' → '),
      ...(time === null ? {} : { note: timeText(time, t) ?? '' }),
    })),
  ];
}

function mailboxText(displayName: string, address: string): string {
  return displayName === '' ? address : `${displayName} <${address}>`;
}
