/**
 * Ways in which what is shown of an author misleads about who is named: another address or domain in the display name, look-alike
 * domains, characters nobody sees.
 *
 * Domains are compared by the name a registrant holds (public suffix list), since one holder uses many hosts. A
 * domain is compared with those the display name shows, those of the reader's circle, and a short list of names (brands.ts).
 */
import { asciiLower } from '../bytes/ascii.ts';
import { displayDomain, parseDomain, type DomainName } from '../domain/name.ts';
import { registeredDomain } from '../domain/public-suffix.ts';
import { LIMITS } from '../limits.ts';
import { decodeEncodedWords } from '../message/encoded-word.ts';
import type { Mailbox } from '../message/types.ts';
import { foreignBrand } from './brands.ts';
import { createCircle, type Circle } from './circle.ts';
import { hasMixedScripts, latinTwinOf, skeletonOf } from './confusables.ts';
import { deceptiveCharacters } from './deceptive-characters.ts';
import { FREE_PROVIDERS } from './free-providers.ts';
import { isOddlyWritten, mixedWordsIn, oddLettersReading } from './odd-letters.ts';
import { findReplyToTwins } from './reply-to.ts';
import { findShownNames, repeatsLocalPart, type ShownName } from './shown-names.ts';
import { boundedName } from './shown-text.ts';
import { domainInside } from './subdomain.ts';
import type { Impersonation } from './types.ts';

/** What is around the authors and bears on what is shown of them. */
export interface Surroundings {
  /** Where answers go. */
  readonly replyTo?: readonly Mailbox[];
  /** Names of the groups in From, which some programs show in place of the members. */
  readonly groupNames?: readonly string[];
  /** Whether names are held against the list of those impersonated often; they are where absent. */
  readonly brands?: boolean;
}

/** All that misleads in these mailboxes, each once; `circle` are people and domains the reader has dealt with. */
export function findImpersonations(
  mailboxes: readonly Mailbox[],
  circle: Circle = createCircle([], []),
  { replyTo = [], groupNames = [], brands = true }: Surroundings = {},
): readonly Impersonation[] {
  const found = new Map<string, Impersonation>();
  for (const mailbox of mailboxes) {
    const domain = mailbox.domain === null ? undefined : parseDomain(mailbox.domain);
    const names = textsOf(mailbox, groupNames).flatMap(findShownNames);
    const all = [
      ...contradictingNames(mailbox, domain, names, { replyTo, circle }),
      ...(domain ? [...oddScripts(domain), ...oddForms(domain, mailbox.address)] : []),
      ...oddNames(mailbox, groupNames),
      ...pushedAway(mailbox),
      ...(domain && !circle.knows(domain) ? likeOthers(domain, names, circle) : []),
      // Anybody has a mailbox at a provider that is known.
      ...(domain && (!circle.knows(domain) || FREE_PROVIDERS.has(domain)) ? knownNames(mailbox, domain, circle) : []),
      // That mail of a domain was read before makes it nobody else's. An address in the name says more.
      ...(domain && brands && names.every(({ kind }) => kind !== 'address') ? foreignBrands(mailbox, domain) : []),
      ...hiddenCharacters(mailbox),
    ];
    for (const impersonation of all) {
      if (found.size >= LIMITS.impersonations) break;
      found.set(JSON.stringify(impersonation), impersonation);
    }
  }
  const twins = findReplyToTwins(mailboxes, replyTo).map((twin) => ({ kind: 'reply-to-twin' as const, ...twin }));
  return [...found.values(), ...twins].slice(0, LIMITS.impersonations);
}

/** Every text that programs show for an author: a local part in quotes or an encoded word is shown as what it holds. */
function textsOf({ displayName, comment = '', localPart }: Mailbox, groupNames: readonly string[]): readonly string[] {
  const quoted = localPart.includes('"') || localPart.includes('=?');
  return [displayName, comment, ...(quoted ? [decodeEncodedWords(localPart)] : []), ...groupNames];
}

function contradictingNames(
  { address, displayName, localPart }: Mailbox,
  domain: DomainName | undefined,
  names: readonly ShownName[],
  { replyTo, circle }: { readonly replyTo: readonly Mailbox[]; readonly circle: Circle },
): readonly Impersonation[] {
  if (address === '') return []; // nothing to contradict
  return names
    .filter((name) => domain === undefined || holderOf(name.domain) !== holderOf(domain))
    .filter((name) => name.kind !== 'word' || !repeatsLocalPart(name.text, localPart))
    .map(({ kind, text: shown, domain: name }) =>
      kind === 'address'
        ? {
            kind: 'address-in-name',
            shown,
            actual: address,
            via: VIA.test(displayName),
            answered: goesTo(replyTo, shown),
          }
        : { kind: 'domain-in-name', shown, actual: address, form: circle.knows(name) ? 'known' : kind },
    );
}

/**
 * Google Groups, Mailman: `"ann@example.org via Hikers"`. Services and lists put their own address in From where the author's domain
 * forbids them to use the author's (RFC 7960 §4.1.3.1), and leave that in the name and in Reply-To.
 */
const VIA = /\bvia\b/i;

function goesTo(replyTo: readonly Mailbox[], shown: string): boolean {
  return replyTo.some(({ address }) => asciiLower(address) === asciiLower(shown));
}

function oddScripts(domain: DomainName): readonly Impersonation[] {
  return hasMixedScripts(domain) ? [{ kind: 'mixed-script', domain, shown: displayDomain(domain) }] : [];
}

function oddForms(domain: DomainName, address: string): readonly Impersonation[] {
  const inner = domainInside(domain);
  const written = address.slice(address.lastIndexOf('@') + 1);
  return [
    ...(inner ? [{ kind: 'domain-in-subdomain' as const, domain, inner: displayDomain(inner) }] : []),
    ...(isOddlyWritten(written) ? [{ kind: 'odd-letters-domain' as const, domain, shown: written }] : []),
  ];
}

function oddNames({ displayName }: Mailbox, groupNames: readonly string[]): readonly Impersonation[] {
  return [displayName, ...groupNames].flatMap((name) => {
    const reads = oddLettersReading(name);
    return [
      ...mixedWordsIn(name).map((word) => ({ kind: 'mixed-script-name' as const, word })),
      ...(reads === undefined ? [] : [{ kind: 'odd-letters-name' as const, name: boundedName(name), reads }]),
    ];
  });
}

/** Blanks of every kind, and letters that are drawn as one. */
const MANY_BLANKS = new RegExp(`[\\s\\u2800\\u115f\\u1160\\u3164\\uffa0]{${LIMITS.nameBlanks}}`, 'u');

function pushedAway({ displayName, address }: Mailbox): readonly Impersonation[] {
  const characters = displayName.length;
  return characters > LIMITS.nameCharacters || MANY_BLANKS.test(displayName)
    ? [{ kind: 'address-pushed-away', characters, actual: address }]
    : [];
}

/** The domain is drawn like one that the name shows, that the reader knows, or that is written in plain Latin letters. */
function lookAlikes(domain: DomainName, names: readonly ShownName[], circle: Circle): readonly Impersonation[] {
  const holder = holderOf(domain);
  const skeleton = skeletonOf(holder);
  const shownBySkeleton = bySkeleton(names.map((name) => holderOf(name.domain)).filter((other) => other !== holder));
  const model = shownBySkeleton.get(skeleton) ?? circle.drawnAlike(domain);
  const resembles = model ? displayDomain(model) : latinTwinOf(holder);
  return resembles === undefined ? [] : [{ kind: 'look-alike', domain, shown: displayDomain(domain), resembles }];
}

function foreignBrands({ displayName, address }: Mailbox, domain: DomainName): readonly Impersonation[] {
  const brand = foreignBrand(displayName, domain);
  return brand === undefined ? [] : [{ kind: 'brand-in-name', brand, actual: address }];
}

/** A person the reader knows by that name, at another holder's domain. */
function knownNames({ displayName, address }: Mailbox, domain: DomainName, circle: Circle): readonly Impersonation[] {
  const addresses = circle.addressesOf(displayName);
  const [first] = addresses;
  if (first === undefined || addresses.includes(asciiLower(address))) return [];
  const free = FREE_PROVIDERS.has(domain);
  const atHolder = addresses.some((known) => {
    const other = parseDomain(known.slice(known.lastIndexOf('@') + 1));
    return other !== undefined && holderOf(other) === holderOf(domain);
  });
  return atHolder && !free
    ? []
    : [{ kind: 'known-name', name: boundedName(displayName), actual: address, known: first, freeProvider: free }];
}

/** Drawn like another domain, or else merely like one the reader knows. */
function likeOthers(domain: DomainName, names: readonly ShownName[], circle: Circle): readonly Impersonation[] {
  const drawnAlike = lookAlikes(domain, names, circle);
  if (drawnAlike.length > 0) return drawnAlike;
  const found = circle.alike(domain);
  return found
    ? [{ kind: 'known-domain-alike', domain, known: displayDomain(found.known), likeness: found.likeness }]
    : [];
}

function hiddenCharacters({ displayName, comment, address }: Mailbox): readonly Impersonation[] {
  const named = [displayName, comment ?? ''].map(boundedName);
  return [
    ...named.flatMap((name) => deceptiveCharacters(name).map((found) => ({ name, ...found }))),
    // An address holds nothing that is left over from a text: no character in it is merely stray.
    ...deceptiveCharacters(address).map(({ effect, codePoints }) => ({
      name: address,
      effect: effect === 'stray' ? ('invisible' as const) : effect,
      codePoints,
    })),
  ].map((found) => ({ kind: 'deceptive-characters', ...found }));
}

function bySkeleton(holders: Iterable<DomainName>): ReadonlyMap<string, DomainName> {
  return new Map(Array.from(holders, (holder) => [skeletonOf(holder), holder]));
}

/** The registered name, or the domain itself where it is a public suffix. */
function holderOf(domain: DomainName): DomainName {
  return registeredDomain(domain) ?? domain;
}
