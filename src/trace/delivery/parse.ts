/**
 * Reads what a delivery report says. Implements RFC 6522 §3 (multipart/report), RFC 3464 §2 (delivery status), RFC 8098 §3
 * (disposition notifications), RFC 5965 §3 (feedback), and the internationalized types of RFC 6533.
 *
 * Known differences: a report is known by the part that holds its fields, whatever the multipart around it calls itself; bounces
 * without such a part are not recognised.
 */
import { asciiLower, trimWsp } from '../../bytes/ascii.ts';
import { LIMITS } from '../../limits.ts';
import { firstText, parseMessage } from '../../message/parse.ts';
import { decodedBodyOf, type Part } from '../../message/structure.ts';
import type { Message } from '../../message/types.ts';
import type { DeliveryRecipient, DeliveryReportKind } from './types.ts';

/** What the fields of a report say. */
export interface ReportFields {
  readonly kind: DeliveryReportKind;
  readonly reporter: string | null;
  readonly receivedFrom: string | null;
  readonly originalMessageId: string | null;
  readonly recipients: readonly DeliveryRecipient[];
  /** The fields that speak of the message as a whole: extensions stand among them. */
  readonly about: Message;
}

/** The parts of a report. */
export interface FoundReport {
  readonly kind: DeliveryReportKind;
  readonly status: Part;
  /** The part that holds the returned message or its header. */
  readonly returned: Part | undefined;
}

const STATUS_TYPES: ReadonlyMap<string, DeliveryReportKind> = new Map([
  ['message/delivery-status', 'delivery-status'],
  ['message/global-delivery-status', 'delivery-status'],
  ['message/disposition-notification', 'disposition-notification'],
  ['message/global-disposition-notification', 'disposition-notification'],
  ['message/feedback-report', 'feedback-report'],
]);

/** RFC 6522 §4 and RFC 6533 §4.3: a header without body. */
const HEADER_TYPES: ReadonlySet<string> = new Set(['text/rfc822-headers', 'message/global-headers']);
const MESSAGE_TYPES: ReadonlySet<string> = new Set(['message/rfc822', 'message/global']);

/** Whether no more than the header of the message came back. */
export function isHeaderOnly({ returned }: FoundReport): boolean {
  return returned !== undefined && HEADER_TYPES.has(returned.type);
}

/** The first report in a message; undefined where there is none. */
export function findReport({ parts }: Part): FoundReport | undefined {
  for (const status of parts) {
    const kind = STATUS_TYPES.get(status.type);
    // RFC 6522 §3: the returned part comes third; some write it before the status.
    if (kind)
      return { kind, status, returned: parts.find(({ type }) => HEADER_TYPES.has(type) || MESSAGE_TYPES.has(type)) };
  }
  for (const part of parts) {
    const found = findReport(part);
    if (found) return found;
  }
  return undefined;
}

/** Reads the fields: a group for the message, and with delivery status one for each recipient (RFC 3464 §2.1). */
export async function readReportFields({ kind, status }: FoundReport): Promise<ReportFields> {
  const groups = readGroups((await decodedBodyOf(status)).subarray(0, LIMITS.deliveryStatusBytes));
  const [about = parseMessage(new Uint8Array()), ...others] = groups;
  return {
    kind,
    reporter: untyped(textOf(about, REPORTER[kind])),
    receivedFrom: untyped(textOf(about, 'received-from-mta')),
    originalMessageId: textOf(about, 'original-message-id'),
    recipients: kind === 'delivery-status' ? others.map(readRecipient) : readSingleRecipient(kind, about),
    about,
  };
}

const REPORTER: Readonly<Record<DeliveryReportKind, string>> = {
  'delivery-status': 'reporting-mta',
  'disposition-notification': 'reporting-ua',
  'feedback-report': 'user-agent',
};

/** Groups of fields with empty lines between them; each is read as a header. */
function readGroups(bytes: Uint8Array): readonly Message[] {
  const groups: Message[] = [];
  for (let rest = bytes; rest.length > 0 && groups.length <= LIMITS.deliveryRecipients;) {
    const group = parseMessage(rest);
    if (group.fields.length > 0) groups.push(group);
    rest = rest.subarray(group.bodyStart);
  }
  return groups;
}

function readRecipient(group: Message): DeliveryRecipient {
  return {
    address: untyped(textOf(group, 'final-recipient') ?? textOf(group, 'original-recipient')) ?? '',
    action: lower(textOf(group, 'action')),
    status: /^[245]\.\d{1,3}\.\d{1,3}(?!\d)/.exec(textOf(group, 'status') ?? '')?.[0] ?? null,
    diagnostic: untyped(textOf(group, 'diagnostic-code')),
    remoteMta: untyped(textOf(group, 'remote-mta')),
  };
}

function readSingleRecipient(kind: DeliveryReportKind, group: Message): readonly DeliveryRecipient[] {
  const nothing = { status: null, diagnostic: null, remoteMta: null };
  if (kind === 'feedback-report') {
    const address = textOf(group, 'original-rcpt-to') ?? '';
    return [{ address: withoutBrackets(address), action: lower(textOf(group, 'feedback-type')), ...nothing }];
  }
  const address = untyped(textOf(group, 'final-recipient') ?? textOf(group, 'original-recipient')) ?? '';
  // RFC 8098 §3.2.6: `manual-action/MDN-sent-manually; displayed`, modifiers after a slash.
  const action = untyped(textOf(group, 'disposition'))?.split('/', 1)[0] ?? null;
  return [{ address, action: lower(action), ...nothing }];
}

function textOf(group: Message, key: string): string | null {
  const text = trimWsp(firstText(group, key) ?? '');
  return text === '' ? null : text.slice(0, LIMITS.deliveryTextCharacters);
}

/** The value behind its type: `dns; mx.example` (RFC 3464 §2.1.2). */
function untyped(text: string | null): string | null {
  return text === null ? null : trimWsp(text.slice(text.indexOf(';') + 1));
}

function withoutBrackets(text: string): string {
  return text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text;
}

function lower(text: string | null): string | null {
  return text === null ? null : asciiLower(trimWsp(text));
}
