/**
 * Whether a message that came back was really the reader's. Anyone can put any address into a message, and servers report to that
 * address what they cannot deliver (RFC 3464 §4.1); only a signature of the address's own domain tells the reader's mail from such.
 *
 * Known differences: a signature counts as soon as it verifies over the header, since reports mostly return no more, and From is always
 * among what it covers (RFC 6376 §5.4). Sub-addresses (`ann+lists@`) count as the address.
 */
import { asciiLower } from '../../bytes/ascii.ts';
import { isWithin, parseDomain } from '../../domain/name.ts';
import { isPublicSuffix } from '../../domain/public-suffix.ts';
import { LIMITS } from '../../limits.ts';
import type { Mailbox } from '../../message/types.ts';
import { OWNERSHIP_REASONS, type Ownership, type OwnershipReason, type ReturnedSignature } from './types.ts';

/** What is known of a message that came back, and of its reader. */
export interface OwnershipCase {
  /** The mailboxes of From and Sender. */
  readonly authors: readonly Mailbox[];
  /** Null where signatures were not to be looked at. */
  readonly signatures: readonly ReturnedSignature[] | null;
  /** Of the reader; empty where they are not known. */
  readonly ownAddresses: readonly string[];
}

type Named = Pick<Mailbox, 'localPart' | 'domain'>;

export function judgeOwnership(found: OwnershipCase): Ownership {
  const reason = reasonFor(found);
  return { result: OWNERSHIP_REASONS[reason], reason };
}

function reasonFor({ authors, signatures, ownAddresses }: OwnershipCase): OwnershipReason {
  const own = ownAddresses.slice(0, LIMITS.ownAddresses).flatMap(readOwn);
  if (own.length === 0) return 'own-addresses-unknown';
  const named = authors.filter(({ domain }) => domain !== null);
  if (named.length === 0) return 'nothing-returned';
  const mine = named.find((mailbox) => own.some((address) => isSame(mailbox, address)));
  if (!mine) {
    return named.some(({ domain }) => own.some((one) => one.domain === domain)) ? 'same-domain' : 'other-author';
  }
  return signatures === null ? 'switched-off' : vouching(signatures, mine);
}

function vouching(signatures: readonly ReturnedSignature[], { domain }: Named): OwnershipReason {
  const author = parseDomain(domain ?? '');
  const outcomes = signatures
    .filter((signature) => {
      const signer = parseDomain(signature.domain ?? '');
      // RFC 6376 §8.14: a registry's signature says nothing of the names registered below it.
      return author && signer && (author === signer || (isWithin(author, signer) && !isPublicSuffix(signer)));
    })
    .map(({ outcome }) => outcome);
  if (outcomes.some((outcome) => outcome === 'valid' || outcome === 'valid-header')) return 'signed';
  if (outcomes.includes('unavailable')) return 'signature-unavailable';
  return outcomes.length === 0 ? 'not-signed' : 'signature-broken';
}

function readOwn(address: string): readonly Named[] {
  const at = address.lastIndexOf('@');
  const domain = parseDomain(address.slice(at + 1));
  return at < 1 || domain === undefined ? [] : [{ localPart: address.slice(0, at), domain }];
}

function isSame(left: Named, right: Named): boolean {
  return left.domain === right.domain && mailboxName(left) === mailboxName(right);
}

/** Servers that tell mailboxes apart by case are not met in practice; what follows a plus is the reader's own mark (RFC 5233). */
function mailboxName({ localPart }: Named): string {
  return asciiLower(localPart).split('+', 1)[0] ?? '';
}
