/** Which identifiers share the author's organizational domain. Implements RFC 9989 §4.4 and §4.10.2. */
import type { Questions } from '../dns/ask-once.ts';
import { isWithin, labelsOf, parseDomain } from '../domain/name.ts';
import type { DomainName } from '../domain/name.ts';
import { isPublicSuffix } from '../domain/public-suffix.ts';
import { LIMITS } from '../limits.ts';
import { askWalks, discoverAuthor } from './discover.ts';
import type { AuthorDiscovery } from './discover.ts';
import { followWalk, organizationalDomainOf } from './walk.ts';
import type { Walk } from './walk.ts';

/** `identical` satisfies strict alignment, `same-organization` relaxed; the last two could not be determined. */
export type Alignment = 'identical' | 'same-organization' | 'none' | 'unavailable' | 'left-out';

export interface Identifier {
  readonly method: 'dkim' | 'spf';
  readonly domain: DomainName;
  readonly state: 'pass' | 'temperror' | 'other';
}

/** A signature or SPF result as DMARC reads it; undefined where its domain is none. */
export function identify(method: 'dkim' | 'spf', domain: string | null, result: string): Identifier | undefined {
  const name = domain === null ? undefined : parseDomain(domain);
  if (name === undefined) return undefined;
  return { method, domain: name, state: result === 'pass' || result === 'temperror' ? result : 'other' };
}

export interface AuthorAlignment extends AuthorDiscovery {
  readonly alignments: ReadonlyMap<DomainName, Alignment>;
}

/**
 * Discovers the author domain and relates the identifiers to it, in one round trip. Two domains can only share an organizational
 * domain that both are within, so what shares no label with the author is never walked, and what shares only the last one (a
 * `.com` signer of a `.com` author) is walked afterwards, in the rare case that this one label is the organizational domain.
 */
export async function alignIdentifiers(
  author: DomainName,
  identifiers: readonly Identifier[],
  questions: Questions,
): Promise<AuthorAlignment> {
  const domains = orderedDomains(identifiers).filter((domain) => domain !== author);
  const related = new Set(domains.filter((domain) => sharedLabels(domain, author) > 0));
  const walked = new Set([...related].slice(0, LIMITS.dmarcIdentifiers));
  const near = [...walked].filter((domain) => sharedLabels(domain, author) > 1);
  const found = await discoverAuthor(author, near, questions);

  const organization = organizationalDomainOf(found.walk);
  const walks = new Map<DomainName, Walk>(found.others);
  if (organization.known) {
    const late = [...walked].filter((domain) => !walks.has(domain) && isWithin(domain, organization.domain));
    const answers = await askWalks(late, questions);
    for (const domain of late) walks.set(domain, followWalk(domain, answers));
  }

  const alignments = new Map<DomainName, Alignment>([[author, 'identical']]);
  for (const domain of domains) {
    if (!related.has(domain) || (organization.known && !isWithin(domain, organization.domain))) {
      alignments.set(domain, 'none');
    } else if (!walked.has(domain)) {
      alignments.set(domain, 'left-out');
    } else {
      alignments.set(domain, compare(organization, walks.get(domain)));
    }
  }
  return { ...found, alignments };
}

function compare(author: ReturnType<typeof organizationalDomainOf>, walk: Walk | undefined): Alignment {
  if (!author.known || walk === undefined) return 'unavailable';
  const own = organizationalDomainOf(walk);
  if (!own.known) return 'unavailable';
  // Whatever a registry publishes at its own name, those registered below it are not one organization (RFC 9989 §4.10.2 ends the walk
  // above them by psd=y, which not every registry with a record has).
  if (isPublicSuffix(author.domain)) return 'none';
  return own.domain === author.domain ? 'same-organization' : 'none';
}

/** Each domain once; those that decide the result first, so that a flood of broken signatures cannot push them out. */
function orderedDomains(identifiers: readonly Identifier[]): readonly DomainName[] {
  const states = ['pass', 'temperror', 'other'];
  const ordered = identifiers.toSorted(
    (left, right) =>
      states.indexOf(left.state) - states.indexOf(right.state) ||
      Number(right.method === 'spf') - Number(left.method === 'spf'),
  );
  return [...new Set(ordered.map((identifier) => identifier.domain))];
}

/** How many labels two names have in common, from the right. */
function sharedLabels(left: DomainName, right: DomainName): number {
  const a = labelsOf(left).toReversed();
  const b = labelsOf(right).toReversed();
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return shared;
}
