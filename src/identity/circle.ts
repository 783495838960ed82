/**
 * The reader's own circle: people and domains they have dealt with. The core compares with it through a port; where it comes from (address
 * books, people written to, domains verified before) and where it is kept is the host's business.
 *
 * Likenesses are looked for by the skeleton of UTS 39 §4 of the label that was registered, and by what is left of it without one letter
 * (symmetric deletions), so that a look-up costs as many steps as the label has letters, however many domains are known.
 */
import { labelsOf, type DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import { LIMITS } from '../limits.ts';
import { skeletonOf } from './confusables.ts';
import { isOneSlipApart } from './neighbour.ts';
import { plainText } from './shown-text.ts';

/**
 * How a domain resembles a known one: `slip`: a letter put in, left out, changed or swapped. `added-words`: the known name with words tied
 * to it by hyphens (`paypal-secure`). `other-suffix`: the same name below another suffix.
 */
export type Likeness = 'slip' | 'added-words' | 'other-suffix';

export interface KnownDomainAlike {
  readonly known: DomainName;
  readonly likeness: Likeness;
}

/** What the core asks of the circle; every answer in less than a millisecond. */
export interface Circle {
  /** The addresses, in lower case, at which people of that name are known; empty where nobody is. */
  addressesOf(name: string): readonly string[];
  /** Whether the registered name of a domain is known. */
  knows(domain: DomainName): boolean;
  /** The known domain whose registered name is drawn like that of an unknown one (UTS 39). */
  drawnAlike(domain: DomainName): DomainName | undefined;
  /** The known domain that the registered name of an unknown one resembles otherwise. */
  alike(domain: DomainName): KnownDomainAlike | undefined;
}

export interface KnownPerson {
  readonly name: string;
  readonly address: string;
}

/** Shorter labels are one letter from too many others. */
const SHORTEST = 5;

/** A circle in memory; at most `LIMITS.circlePeople` and `LIMITS.circleDomains` are kept of what is given. */
export function createCircle(people: Iterable<KnownPerson>, domains: Iterable<DomainName>): Circle {
  const addresses = indexPeople(people);
  const holders = new Set<DomainName>();
  const bySkeleton = new Map<string, DomainName>();
  const byLabel = new Map<string, DomainName>();
  const byRest = new Map<string, DomainName[]>();
  for (const domain of domains) {
    if (holders.size >= LIMITS.circleDomains) break;
    const holder = holderOf(domain);
    if (holders.has(holder)) continue;
    holders.add(holder);
    bySkeleton.set(skeletonOf(holder), holder);
    const label = labelOf(holder);
    if (!byLabel.has(label)) byLabel.set(label, holder);
    if (label.length < SHORTEST) continue;
    for (const rest of restsOf(label)) {
      const known = byRest.get(rest);
      if (!known) byRest.set(rest, [holder]);
      else if (known.length < LIMITS.circleCandidates) known.push(holder);
    }
  }

  return {
    addressesOf: (name) => addresses.get(foldName(name) ?? '') ?? [],
    knows: (domain) => holders.has(holderOf(domain)),
    drawnAlike: (domain) => (holders.has(holderOf(domain)) ? undefined : bySkeleton.get(skeletonOf(holderOf(domain)))),
    alike: (domain) => {
      const holder = holderOf(domain);
      const label = labelOf(holder);
      if (holders.has(holder) || label.length < SHORTEST) return undefined;
      const slip = findSlip(label, byRest);
      if (slip) return { known: slip, likeness: 'slip' };
      const inWords = findWord(label, byLabel);
      if (inWords) return { known: inWords, likeness: 'added-words' };
      const same = byLabel.get(label);
      return same && { known: same, likeness: 'other-suffix' };
    },
  };
}

/** A name to compare by: two words at least, in lower case, marks and order aside; undefined where it names no person. */
export function foldName(name: string): string | undefined {
  const words =
    plainText(name)
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? [];
  return words.length < 2 ? undefined : words.sort().join(' ');
}

function indexPeople(people: Iterable<KnownPerson>): ReadonlyMap<string, readonly string[]> {
  const addresses = new Map<string, string[]>();
  let count = 0;
  for (const { name, address } of people) {
    if (++count > LIMITS.circlePeople) break;
    const folded = foldName(name);
    if (folded === undefined) continue;
    const known = addresses.get(folded);
    if (!known) addresses.set(folded, [address.toLowerCase()]);
    else if (known.length < LIMITS.circleCandidates) known.push(address.toLowerCase());
  }
  return addresses;
}

function findSlip(label: string, byRest: ReadonlyMap<string, readonly DomainName[]>): DomainName | undefined {
  for (const rest of restsOf(label)) {
    const found = byRest.get(rest)?.find((holder) => isOneSlipApart(label, labelOf(holder)));
    if (found) return found;
  }
  return undefined;
}

function findWord(label: string, byLabel: ReadonlyMap<string, DomainName>): DomainName | undefined {
  const words = label.split('-');
  if (words.length < 2) return undefined;
  return words
    .filter((word) => word.length >= SHORTEST)
    .map((word) => byLabel.get(word))
    .find((known) => known !== undefined);
}

/** A label, and the label without each of its letters: two labels one slip apart have one of these in common. */
function restsOf(label: string): ReadonlySet<string> {
  const rests = new Set([label]);
  for (let at = 0; at < label.length; at++) rests.add(label.slice(0, at) + label.slice(at + 1));
  return rests;
}

/** The label that was registered. */
function labelOf(holder: DomainName): string {
  return labelsOf(holder)[0] ?? '';
}

function holderOf(domain: DomainName): DomainName {
  return registeredDomain(domain) ?? domain;
}
