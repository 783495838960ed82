/**
 * The profile of a domain: its SPF tree, DMARC and ADSP records, practices in statements and the keys of selectors, with what is wrong
 * with them. For postmasters, and for readers who wonder what a domain says; no message is looked at.
 */
import { discoverAdsp } from '../adsp/evaluate.ts';
import { discoverAuthor } from '../dmarc/discover.ts';
import { createQuestions } from '../dns/ask-once.ts';
import type { LookupOptions } from '../dns/ask-once.ts';
import { observeQueries } from '../dns/observe.ts';
import { parseDomain } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { discoverPracticesWith } from '../practices/discover.ts';
import { profileSpf } from '../spf/profile.ts';
import { profileAdsp } from './adsp.ts';
import { profileDmarc } from './dmarc.ts';
import { profileKey } from './key.ts';
import type { DomainProfile } from './types.ts';

export interface ProfileDomainOptions extends LookupOptions {
  /** Selectors whose keys are looked at (RFC 6376 §3.1); DNS has no way to list them. */
  readonly selectors?: readonly string[] | undefined;
  /** Also asks for DomainKeys policies and records of the SSP drafts. */
  readonly older?: boolean | undefined;
}

/**
 * Profiles a domain. Whatever is wrong with its records or the DNS is in the profile.
 * @param domain in any form {@link parseDomain} reads
 * @throws TypeError where `domain` is no domain; the signal's reason where the signal is aborted
 */
export async function profileDomain(domain: string, options: ProfileDomainOptions): Promise<DomainProfile> {
  const name = parseDomain(domain);
  if (name === undefined) throw new TypeError('not a domain name');
  const { resolver, cost, failures } = observeQueries(options.resolver);
  const now = typeof options.now === 'function' ? options.now() : (options.now ?? new Date());
  const lookups = { ...options, resolver, now };
  const questions = createQuestions(lookups);
  const selectors = [...new Set(options.selectors)];
  const [spf, { discovery }, adsp, practices, keys] = await Promise.all([
    profileSpf(name, lookups),
    discoverAuthor(name, [], questions),
    discoverAdsp(name, questions),
    discoverPracticesWith(name, lookups, questions),
    Promise.all(selectors.slice(0, LIMITS.profileSelectors).map((each) => profileKey(each, name, questions))),
  ]);
  return {
    domain: name,
    profiledAt: now.toISOString(),
    spf,
    dmarc: profileDmarc(discovery),
    adsp: profileAdsp(adsp),
    practices,
    keys,
    selectorsLeftOut: Math.max(0, selectors.length - LIMITS.profileSelectors),
    cost: cost(),
    dnsFailures: failures(),
  };
}
