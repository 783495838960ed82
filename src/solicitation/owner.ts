/**
 * Whose a solicitation class keyword is. RFC 3865 §2.2 builds keywords from reversed domain names, so that whoever holds the domain can
 * be asked what the class means: `org.example:ADV` and `org.example.adv` are both defined by the registrant of `example.org`.
 *
 * Known differences: the documents leave open where the domain ends and the class begins. Everything before the first `:` is taken as
 * the name, and the public suffix list tells which part of it is registered. A name under no existing suffix (`ADV`) has no owner.
 */
import { hasKnownSuffix, registeredDomain } from '../domain/public-suffix.ts';
import { isWithin, parseDomain, type DomainName } from '../domain/name.ts';
import type { KeywordOwner } from './types.ts';

export interface KeywordName {
  readonly domain: DomainName;
  /** Absent where the name is a public suffix itself. */
  readonly organization: DomainName | undefined;
}

/** The domain a keyword is built from; undefined where it begins with no reversed name of one. */
export function ownerOf(keyword: string): KeywordName | undefined {
  const [name = ''] = keyword.split(':', 1);
  const domain = parseDomain(name.split('.').reverse().join('.'));
  if (domain === undefined || !hasKnownSuffix(domain)) return undefined;
  return { domain, organization: registeredDomain(domain) };
}

/** A domain with its labels reversed, as keywords begin (`example.org` is `org.example`). */
export function reversedName(domain: DomainName): string {
  return domain.split('.').reverse().join('.');
}

/** How the owner of a keyword relates to an author domain, label by label. */
export function compareOwner({ domain, organization }: KeywordName, author: DomainName): KeywordOwner {
  if (isWithin(domain, author)) return 'author';
  return organization !== undefined && organization === registeredDomain(author) ? 'organization' : 'other';
}
