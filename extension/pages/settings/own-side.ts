/** Which hosts count as the reader's own side, as src/trace/boundary.ts takes the settings, and what declaring one more makes of them. */
import type { ReceivingHostProposal } from '../../../src/authres/propose.ts';
import { isWithin, parseDomain, type DomainName } from '../../../src/domain/name.ts';
import { registeredDomain } from '../../../src/domain/public-suffix.ts';
import type { AccountTrust } from '../../settings/account-trust.ts';

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
