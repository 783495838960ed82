/** How a signature relates to the author (RFC 5016 §2, RFC 6376 §3.11). `aligned` is known only after the DMARC tree walk. */
import { isWithin, parseDomain, sameDomain, type DomainName } from '../domain/name.ts';
import { isPublicSuffix, registeredDomain } from '../domain/public-suffix.ts';
import type { Mailbox } from '../message/types.ts';
import type { Signer } from './parse.ts';
import type { Relation } from './types.ts';

/** @param author the first mailbox of the From fields; undefined where there is none */
export function relationTo(author: Mailbox | undefined, { sdid, auid }: Signer): Relation {
  const authorDomain = parseDomain(author?.domain ?? '');
  if (!author || !authorDomain) return 'third-party';
  const relation = relationOfDomains(sdid, authorDomain);
  const namesAuthor = auid.localPart === author.localPart && sameDomain(auid.domain, authorDomain);
  return namesAuthor && isFirstParty(relation) ? 'exact' : relation;
}

/**
 * How one domain relates to the author's by their names alone: the same, above it (the holder of a domain controls what is below it,
 * RFC 5016 §2, unless that is a registry, RFC 6376 §8.14), below it, or neither.
 */
export function relationOfDomains(
  domain: DomainName,
  author: DomainName,
): Extract<Relation, 'domain' | 'parent' | 'child' | 'third-party'> {
  if (sameDomain(domain, author)) return 'domain';
  if (isWithin(author, domain)) return isPublicSuffix(domain) ? 'third-party' : 'parent';
  return isWithin(domain, author) ? 'child' : 'third-party';
}

/** Whether a signature so related is the author's own. That of a subdomain is confined to it (RFC 5016 §5.3 requirement 6). */
export function isFirstParty(relation: Relation): boolean {
  return relation !== 'third-party' && relation !== 'child';
}

/** Whether the signer may be the author's own organization: which signatures come first where not all can be verified. */
export function mayBeFirstParty(author: Mailbox | undefined, { sdid }: Signer): boolean {
  const authorDomain = parseDomain(author?.domain ?? '');
  if (!authorDomain) return false;
  return sameDomain(sdid, authorDomain) || registeredDomain(sdid) === registeredDomain(authorDomain);
}
