/** Whether practices need to be looked up at all. Implements RFC 5016 §2 (what a first party signature is) and §5.3 requirement 9. */
import { isFirstParty, relationOfDomains } from '../dkim/relation.ts';
import type { DkimSignatureReport } from '../dkim/types.ts';
import { parseDomain } from '../domain/name.ts';
import type { PracticesWhy } from './types.ts';

/** What is read of a signature here. */
export type PracticesSignature = Pick<DkimSignatureReport, 'domain' | 'result' | 'testing' | 'unsignedTail'>;

export interface PracticesSubject {
  readonly authorDomain?: string | null | undefined;
  readonly dkim?: readonly PracticesSignature[] | undefined;
  /** true where the reader does not want practices to be looked up. */
  readonly switchedOff?: boolean | undefined;
}

/** The reason for looking practices up or not; {@link isLookedUp} says which. */
export function practicesWhy({ authorDomain, dkim = [], switchedOff = false }: PracticesSubject): PracticesWhy {
  if (switchedOff) return 'switched-off';
  const author = parseDomain(authorDomain ?? '');
  if (author === undefined) return 'no-author-domain';
  const own = dkim.filter(({ domain }) => {
    const signer = parseDomain(domain ?? '');
    return signer !== undefined && isFirstParty(relationOfDomains(signer, author));
  });
  if (own.some(settles)) return 'first-party-signature';
  // Its key did not answer: the practices are wanted, but that a signature is missing is not yet known.
  if (own.some(({ result }) => result === 'temperror')) return 'signature-unverifiable';
  return 'no-valid-first-party-signature';
}

export function isLookedUp(why: PracticesWhy): boolean {
  switch (why) {
    case 'no-valid-first-party-signature':
    case 'signature-unverifiable':
    case 'asked-for':
      return true;
    case 'first-party-signature':
    case 'no-author-domain':
    case 'switched-off':
      return false;
  }
}

/**
 * A valid first party signature ends the matter, but not one by a key in test mode, which is worth no more than none (RFC 6376
 * §3.6.1 t=y), nor one that leaves a tail unsigned, which anybody may have written (RFC 6376 §8.2).
 */
export function settles({ result, testing, unsignedTail = 0 }: PracticesSignature): boolean {
  return result === 'pass' && !testing && unsignedTail === 0;
}
