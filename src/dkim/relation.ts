/** How a signature relates to the author (RFC 5016 §2, RFC 6376 §3.11). `aligned` is known only after the DMARC tree walk. */
import { isWithin, parseDomain, sameDomain } from '../domain/name.ts';
import { isPublicSuffix, registeredDomain } from '../domain/public-suffix.ts';
import type { Mailbox } from '../message/types.ts';
import type { Signer } from './parse.ts';
import type { Relation } from './types.ts';

/** @param author the first mailbox of the From fields; undefined where there is none */
export function relationTo(author: Mailbox | undefined, { sdid, auid }: Signer): Relation {
  const authorDomain = parseDomain(author?.domain ?? '');
  if (!author || !authorDomain) return 'third-party';
  const namesAuthor = auid.localPart === author.localPart && sameDomain(auid.domain, authorDomain);
  // RFC 6376 §8.14: a registry's signature says nothing of the names registered below it.
  const speaksForAuthor = sameDomain(sdid, authorDomain) || (isWithin(authorDomain, sdid) && !isPublicSuffix(sdid));
  if (namesAuthor && speaksForAuthor) return 'exact';
  return sameDomain(sdid, authorDomain) ? 'domain' : 'third-party';
}

/** Whether the signer may be the author's own organization: which signatures come first where not all can be verified. */
export function mayBeFirstParty(author: Mailbox | undefined, { sdid }: Signer): boolean {
  const authorDomain = parseDomain(author?.domain ?? '');
  if (!authorDomain) return false;
  return sameDomain(sdid, authorDomain) || registeredDomain(sdid) === registeredDomain(authorDomain);
}
