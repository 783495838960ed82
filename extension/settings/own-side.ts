/** Which hosts are the reader's servers, as src/trace/boundary.ts reads the settings, and what accepting a proposal changes. */
import type { AuthservIdProposal, ReceivingHostProposal } from '../../src/authres/propose.ts';
import { isWithin, parseDomain, type DomainName } from '../../src/domain/name.ts';
import { registeredDomain } from '../../src/domain/public-suffix.ts';
import type { AccountTrust } from './account-trust.ts';

/** The declared hosts, or else the domains of the servers that are believed. */
export function ownHosts({ receivingHosts = [], authservIds }: AccountTrust): readonly DomainName[] {
  if (receivingHosts.length > 0) return receivingHosts.flatMap((host) => parseDomain(host) ?? []);
  const named = authservIds.flatMap((id) => parseDomain(id.replace(/^\*\./, '')) ?? []);
  return [...new Set(named.map((domain) => registeredDomain(domain) ?? domain))];
}

/** Proposals that would add something. */
export function openHosts(
  proposals: readonly ReceivingHostProposal[],
  trust: AccountTrust,
): readonly ReceivingHostProposal[] {
  const own = ownHosts(trust);
  return proposals.filter(({ host }) => {
    const domain = parseDomain(host);
    return domain !== undefined && !own.some((known) => isWithin(domain, known));
  });
}

/** With one more host; the ones that counted without being declared still do. */
export function withHost(trust: AccountTrust, host: string): AccountTrust {
  return { ...trust, receivingHosts: [...new Set([...ownHosts(trust), host])] };
}

/**
 * With one more server whose results count, and with the hosts that received the same mail: results are only read where the reader's
 * servers are known to begin, so that one without the other would do nothing.
 */
export function withServer(
  trust: AccountTrust,
  { authservId, resultsBelowEntry }: Pick<AuthservIdProposal, 'authservId' | 'resultsBelowEntry'>,
  hosts: readonly ReceivingHostProposal[],
): AccountTrust {
  const named: AccountTrust = {
    ...trust,
    authservIds: [...new Set([...trust.authservIds, authservId])],
    resultsBelowEntry: Math.max(trust.resultsBelowEntry, resultsBelowEntry),
  };
  return openHosts(hosts, named).reduce<AccountTrust>((one, { host }) => withHost(one, host), named);
}
