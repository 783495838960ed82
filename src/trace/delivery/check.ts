/**
 * A delivery report with the message it returns checked like any other, one level deep: who wrote that message, by whose signature, and
 * who says to have handled it (RFC 6522 §3, §4; draft-ietf-opes-smtp-security-02 §3.1).
 */
import { trimWsp } from '../../bytes/ascii.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import { verifyDkim, type VerifyDkimOptions } from '../../dkim/verify.ts';
import { LIMITS } from '../../limits.ts';
import { authorMailboxes, readMailboxes } from '../../message/address.ts';
import { decodeEncodedWords } from '../../message/encoded-word.ts';
import { firstText, parseMessage } from '../../message/parse.ts';
import { decodedBodyOf, type Part } from '../../message/structure.ts';
import type { Message } from '../../message/types.ts';
import { readIntermediaries } from '../intermediaries.ts';
import { readReceived } from '../received.ts';
import { judgeOwnership } from './owner.ts';
import { findReport, isHeaderOnly, readReportFields, type FoundReport } from './parse.ts';
import type { DeliveryReport, ReturnedHop, ReturnedSignature, ReturnedSignatureOutcome } from './types.ts';

export interface DeliveryOptions extends Omit<VerifyDkimOptions, 'archive'> {
  /** The reader's own addresses; empty or absent where they are not known. */
  readonly ownAddresses?: readonly string[] | undefined;
  /** Whether signatures are verified; without that, ownership cannot be told from them. */
  readonly verify: boolean;
}

/** Null where the message is no report. */
export async function checkDeliveryReport(
  structure: Part,
  { ownAddresses = [], verify, ...options }: DeliveryOptions,
): Promise<DeliveryReport | null> {
  const found = findReport(structure);
  if (!found) return null;
  const { about, ...fields } = await readReportFields(found);
  const message = await readReturned(found);
  const signatures = verify ? await verifyReturned(message, options) : null;
  const authors = authorMailboxes(message);
  const senders = readMailboxes(message, 'sender').mailboxes;
  return {
    ...fields,
    intermediaries: [...handlersNamedIn(about), ...handlersNamedIn(message)],
    returned:
      message.fields.length === 0
        ? null
        : {
            headerOnly: isHeaderOnly(found),
            from: authors.map(({ displayName, address }) => ({ displayName, address })),
            sender: senders[0]?.address ?? null,
            returnPath: readMailboxes(message, 'return-path').mailboxes[0]?.address ?? null,
            messageId: textOf(message, 'message-id'),
            subject: textOf(message, 'subject'),
            date: textOf(message, 'date'),
            signatures: signatures ?? [],
            path: hopsOf(message),
          },
    // A complaint goes to whoever runs a system, and is about the mail of its users.
    ownership:
      fields.kind === 'feedback-report'
        ? null
        : judgeOwnership({ authors: [...authors, ...senders], signatures, ownAddresses }),
  };
}

/** A message without fields where none came back. */
async function readReturned({ returned }: FoundReport): Promise<Message> {
  return parseMessage(returned ? await decodedBodyOf(returned) : new Uint8Array());
}

async function verifyReturned(message: Message, options: VerifyDkimOptions): Promise<readonly ReturnedSignature[]> {
  const signatures = await verifyDkim(message, options);
  return signatures.map((signature) => ({
    domain: signature.domain,
    relation: signature.relation,
    outcome: outcomeOf(signature),
  }));
}

/** The header is authentic where b= verifies, whatever became of the body: b= covers bh= too (RFC 6376 §3.7). */
function outcomeOf({ result, testing, facts }: DkimSignatureReport): ReturnedSignatureOutcome {
  if (result === 'temperror') return 'unavailable';
  // RFC 6376 §3.6.1 t=y: a signature by a key in test mode counts like none at all.
  if (testing || facts.key !== 'good' || facts.signature !== 'good') return 'broken';
  return facts.bodyHash === 'good' ? 'valid' : 'valid-header';
}

function handlersNamedIn(message: Message): DeliveryReport['intermediaries'] {
  return readIntermediaries(message).map(({ kind, name }) => ({ kind, name }));
}

function hopsOf(message: Message): readonly ReturnedHop[] {
  const received = readReceived(message).slice(0, LIMITS.returnedHops);
  return received.map(({ from, by, time }) => ({ from, by, time }));
}

function textOf(message: Message, key: string): string | null {
  const text = firstText(message, key);
  return text === undefined ? null : trimWsp(decodeEncodedWords(text)).slice(0, LIMITS.deliveryTextCharacters);
}
