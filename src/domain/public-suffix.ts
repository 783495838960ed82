/**
 * Public suffixes, for display, look-alike checks and "a suffix signs for nothing below it". Alignment is decided by the DMARC
 * tree walk (RFC 9989 §4.10), never by this list where the walk answered.
 */
import { getDomain, getPublicSuffix } from 'tldts';
import type { DomainName } from './name.ts';

/** The name a registrant holds (`example.co.uk`), or undefined when the domain is itself a public suffix. */
export function registeredDomain(domain: DomainName): DomainName | undefined {
  return (getDomain(domain, { allowPrivateDomains: true, validateHostname: false }) ?? undefined) as
    DomainName | undefined;
}

export function isPublicSuffix(domain: DomainName): boolean {
  return getPublicSuffix(domain, { allowPrivateDomains: true, validateHostname: false }) === domain;
}
