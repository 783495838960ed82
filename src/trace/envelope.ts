/**
 * The envelope sender (MAIL FROM, the reverse-path of RFC 5321 §3.3), as far as the reader's servers wrote it down. Return-Path (RFC 5321
 * §4.4) is a field like any other: a sender may put one into a message, and it stays there where no server removes it. So it counts in a
 * place that only the reader's servers write to.
 */
import { claimedMailFrom } from '../authres/claim.ts';
import { countedResults } from '../authres/counted.ts';
import type { ReceivedSpfReport, ServerResult, TrustBoundary } from '../authres/types.ts';
import { parseDomain, type DomainName } from '../domain/name.ts';
import { fieldText, fieldsNamed } from '../message/parse.ts';
import { parseReturnPath } from '../message/return-path.ts';
import type { Message } from '../message/types.ts';

export interface EnvelopeFrom {
  /** "" for the null path; a domain alone where the own server wrote no more. */
  readonly address: string;
  /** In A-label form; null for the null path, and where the address has none that can be read. */
  readonly domain: string | null;
  /** Position of the field that names it. */
  readonly field: number;
}

export interface EnvelopeSources {
  readonly boundary: TrustBoundary;
  readonly receivedSpf: readonly ReceivedSpfReport[];
  readonly serverResults: readonly ServerResult[];
  /**
   * The caller knows which host the message was received from, and so vouches for how it was received: without a boundary, the topmost
   * Return-Path then counts where it is above every Received field.
   */
  readonly clientKnown: boolean;
}

/**
 * The envelope sender with which the reader's servers received the message; null where nobody believed wrote it down. A result of SPF is about
 * that one, while Return-Path tells the last one: they differ where an own server passed the message on under another.
 */
export function readEnvelopeFrom(message: Message, sources: EnvelopeSources): EnvelopeFrom | null {
  const returnPath = believedReturnPath(message, sources);
  const reported = reportedSenders(sources);
  const agrees = reported.length === 0 || reported.some(({ domain }) => domain === returnPath?.domain);
  return (agrees ? returnPath : null) ?? reported[0] ?? null;
}

function believedReturnPath(message: Message, { boundary, clientKnown }: EnvelopeSources): EnvelopeFrom | null {
  const [field] = fieldsNamed(message, 'return-path');
  if (field === undefined) return null;
  const firstReceived = message.fields.find(({ key }) => key === 'received')?.index ?? message.fields.length;
  const line = boundary.entryField ?? (clientKnown ? firstReceived : 0);
  if (field.index >= line) return null;
  const address = parseReturnPath(fieldText(message, field));
  return address === null ? null : envelopeFrom(address, field.index);
}

function reportedSenders({ receivedSpf, serverResults }: EnvelopeSources): readonly EnvelopeFrom[] {
  return [
    ...receivedSpf.filter(({ trusted }) => trusted).map((report) => [report.field, senderIn(report)] as const),
    ...serverResults.flatMap((result) =>
      countedResults(result).map((method) => [result.field, claimedMailFrom(method)] as const),
    ),
  ].flatMap(([field, address]) => (address === undefined ? [] : [envelopeFrom(address, field)]));
}

/** RFC 7208 §9.1 envelope-from; Exchange writes only the comment of that section's examples. */
function senderIn({ pairs, comment }: ReceivedSpfReport): string | undefined {
  const values = new Map(Object.entries(pairs));
  const written = values.get('envelope-from') ?? /^[^:]*:\s*domain of\s+(\S+)\s/.exec(comment ?? '')?.[1];
  if (written === undefined) return undefined;
  const address = written.replace(/^<|>$/g, '');
  return address === '' || domainIn(address) !== null ? address : undefined;
}

function envelopeFrom(address: string, field: number): EnvelopeFrom {
  return { address, domain: domainIn(address), field };
}

function domainIn(address: string): DomainName | null {
  return parseDomain(address.slice(address.lastIndexOf('@') + 1)) ?? null;
}
