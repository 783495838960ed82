/**
 * Tells server names that only resemble those a reader accepted. RFC 8601 §7.1: anyone can write a field in the name of a server; one
 * in nearly that name is meant for those who glance at it. Such a field is never believed, whatever it resembles.
 */
import { asciiLower } from '../bytes/ascii.ts';
import type { Distrust, ServerResult, TrustSettings } from '../authres/types.ts';
import { displayDomain, parseDomain, type DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import { skeletonOf } from './confusables.ts';
import { isOneSlipApart } from './neighbour.ts';

/** The results with the reason named where a name nobody accepted resembles an accepted one. */
export function nameLookAlikes(results: readonly ServerResult[], trust: TrustSettings): readonly ServerResult[] {
  const accepted = trust.authservIds.map((id) => asciiLower(id.startsWith('*.') ? id.slice(2) : id));
  return results.map((result) =>
    result.distrust === 'unknown-authserv-id'
      ? { ...result, distrust: resemblance(result.authservId?.split('/', 1)[0] ?? '', accepted) ?? result.distrust }
      : result,
  );
}

function resemblance(authservId: string, accepted: readonly string[]): Distrust | undefined {
  const id = parseDomain(authservId);
  const names = accepted.flatMap((name) => parseDomain(name) ?? []);
  if (id === undefined || names.length === 0) {
    return accepted.some((name) => isNeighbour(asciiLower(authservId), name)) ? 'look-alike-authserv-id' : undefined;
  }
  if (names.some((name) => holderOf(name) === holderOf(id))) return 'related-authserv-id';
  return names.some((name) => isLookAlike(id, name)) ? 'look-alike-authserv-id' : undefined;
}

/** Drawn alike, one letter apart in the registered name, or with the accepted name in front of another. */
function isLookAlike(id: DomainName, name: DomainName): boolean {
  const [holder, model] = [holderOf(id), holderOf(name)];
  if (skeletonOf(holder) === skeletonOf(model)) return true;
  return id.startsWith(`${name}.`) || isNeighbour(displayDomain(holder), displayDomain(model));
}

/** The registered name, or the name itself where it has none. */
function holderOf(domain: DomainName): DomainName {
  return registeredDomain(domain) ?? domain;
}

/** Letters before the first dot without which one letter makes another name altogether. */
const SHORTEST = 4;

function isNeighbour(left: string, right: string): boolean {
  return (right.split('.', 1)[0] ?? '').length >= SHORTEST && isOneSlipApart(left, right);
}
