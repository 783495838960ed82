/**
 * Public suffixes, for display, look-alike checks and "a suffix signs for nothing below it". Alignment is decided by the DMARC
 * tree walk (RFC 9989 §4.10), never by this list where the walk answered.
 */
import { getDomain, getPublicSuffix, parse } from 'tldts';
import type { DomainName } from './name.ts';

/** The name a registrant holds (`example.co.uk`), or undefined when the domain is itself a public suffix. */
export function registeredDomain(domain: DomainName): DomainName | undefined {
  return (getDomain(domain, { allowPrivateDomains: true, validateHostname: false }) ?? undefined) as
    DomainName | undefined;
}

export function isPublicSuffix(domain: DomainName): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true, validateHostname: false }) === domain;
}

/** Names that documents and tests use as top level domains (RFC 6761 §6). */
const RESERVED = new Set(['example', 'test', 'invalid', 'localhost']);

/** Whether the name ends in a suffix that exists, so that a word with a dot in it can be told from a domain. */
export function hasKnownSuffix(domain: DomainName): boolean {
  const { isIcann, isPrivate } = parse(domain, { allowPrivateDomains: true, validateHostname: false });
  return isIcann === true || isPrivate === true || RESERVED.has(domain.slice(domain.lastIndexOf('.') + 1));
}
