/** What is shown against who is named: From, display name, Sender, Reply-To (RFC 5322 §3.6.2, RFC 4407). */
import { asciiLower } from '../../bytes/ascii.ts';
import { registeredDomain } from '../../domain/public-suffix.ts';
import { parseDomain, shownDomain } from '../../domain/name.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import type { CharacterEffect } from '../../identity/deceptive-characters.ts';
import type { Impersonation } from '../../identity/types.ts';
import { fieldsNamed } from '../../message/parse.ts';
import type { Mailbox, Message } from '../../message/types.ts';
import type { FindingParams, Insight, Instance, Row } from '../types.ts';
import { fieldsAsEvidence, one } from './support.ts';

export const IDENTITY_ROWS = {
  /** RFC 5322 §3.6: From occurs exactly once. Programs differ in which of several they show. */
  'several-from-fields': {
    level: 'warning',
    find: ({ facts, message }) =>
      facts.identities.fromFields > 1
        ? one({ count: String(facts.identities.fromFields) }, fieldsAsEvidence(message, 'from'))
        : [],
  },
  /** RFC 5016 §2 knows one author address. */
  'several-authors': {
    level: 'warning',
    find: ({ facts, message }) =>
      facts.identities.fromFields <= 1 && authorsIn(facts.identities.from).length > 1
        ? one({ count: String(authorsIn(facts.identities.from).length) }, fieldsAsEvidence(message, 'from'))
        : [],
  },
  'no-author': {
    level: 'warning',
    find: ({ facts, message }) =>
      message.fields.length > 0 && facts.identities.from.every((mailbox) => mailbox.domain === null)
        ? one({}, fieldsAsEvidence(message, 'from'))
        : [],
  },
  'from-malformed': {
    level: 'caution',
    find: ({ facts, message }) =>
      facts.identities.fromMalformed && facts.identities.from.length > 0
        ? one({}, fieldsAsEvidence(message, 'from'))
        : [],
  },
  'look-alike-domain': {
    level: 'warning',
    // Both look the same to the eye, so the one in question is told in A-labels as well (RFC 5890 §2.3.2.1).
    find: impersonated('look-alike', ({ domain, shown, resembles }) => ({
      domain,
      shown: shown === domain ? shown : `${shown} (${domain})`,
      resembles,
    })),
  },
  'address-in-display-name': {
    level: 'warning',
    find: (insight) => impersonated('address-in-name', namesOfOthers(insight, 'unexplained'))(insight),
  },
  /** Overrides, right-to-left embeddings and controls: what is read is not what is written. */
  'deceptive-characters': {
    level: 'warning',
    find: impersonated('deceptive-characters', charactersThatAre('misleading')),
  },
  /** Nobody writes `www.` or hides the dot but for a domain, and newsletters sent by services have such names, too. */
  'domain-in-display-name': {
    level: 'caution',
    find: impersonated('domain-in-name', ({ shown, actual, form }) =>
      form === 'word' ? undefined : { shown, actual },
    ),
  },
  /** The name says "via", or answers go to the address shown; nothing shows that the message was written there. */
  'sent-in-name-of': {
    level: 'caution',
    find: (insight) => impersonated('address-in-name', namesOfOthers(insight, 'in-part'))(insight),
  },
  /** Both, in a list's or service's own signature: how these send for people whose domains ask for alignment (RFC 7960 §4.1.3.1). */
  'sent-via': {
    level: 'note',
    find: (insight) => impersonated('address-in-name', namesOfOthers(insight, 'explained'))(insight),
  },
  /** Zero-width characters inside a word, and names that show nothing. */
  'invisible-characters': {
    level: 'caution',
    find: impersonated('deceptive-characters', charactersThatAre('invisible')),
  },
  /** A word with a dot in it: names, titles, files and products have that form as well. */
  'domain-like-name': {
    level: 'note',
    find: impersonated('domain-in-name', ({ shown, actual, form }) =>
      form === 'word' ? { shown, actual } : undefined,
    ),
  },
  /** Soft hyphens and what copying leaves at the ends of words. */
  'stray-characters': {
    level: 'note',
    find: impersonated('deceptive-characters', charactersThatAre('stray')),
  },
  'mixed-script-domain': {
    level: 'caution',
    find: impersonated('mixed-script', ({ domain, shown }) => ({ domain, shown })),
  },
  /** Counts: 53 of 7,908 deceptive messages, none of 12,776 honest ones. */
  'odd-letters-domain': {
    level: 'caution',
    find: impersonated('odd-letters-domain', ({ domain, shown }) => ({ domain, shown })),
  },
  /** 3 and none. */
  'domain-in-subdomain': {
    level: 'caution',
    find: impersonated('domain-in-subdomain', ({ domain, inner }) => ({ domain, inner })),
  },
  /** 719 and none: no host in the Internet sends for a name without a dot. Mail that never left a machine does bear such names. */
  'single-label-domain': {
    level: 'caution',
    find: ({ facts, message }) =>
      facts.path.some(({ ip }) => ip !== null && !isLoopback(ip))
        ? facts.identities.from
            .filter(({ domain, conjectured }) => domain !== null && !domain.includes('.') && !conjectured)
            .slice(0, 1)
            .map(({ domain }) => ({ params: { domain: domain ?? '' }, evidence: fieldsAsEvidence(message, 'from') }))
        : [],
  },
  /** 56 and none. */
  'mixed-script-name': {
    level: 'caution',
    find: impersonated('mixed-script-name', ({ word }) => ({ word })),
  },
  /** More blanks or characters than a line shows; no honest name has them. */
  'address-pushed-away': {
    level: 'caution',
    find: impersonated('address-pushed-away', ({ actual, characters }) => ({ actual, length: String(characters) })),
  },
  /** 11 and 2: senders of advertising like such letters as well. */
  'odd-letters-name': {
    level: 'note',
    find: impersonated('odd-letters-name', ({ reads }) => ({ reads })),
  },
  /** 50 and 1 at providers where anybody gets a mailbox. */
  'reply-to-twin': {
    level: 'caution',
    find: impersonated('reply-to-twin', ({ author, replyTo, freeProvider }) =>
      freeProvider ? { author, replyTo } : undefined,
    ),
  },
  /** A slip of the pen, or words added by hyphens: how domains are registered that are to be taken for another. */
  'known-domain-alike': {
    level: 'caution',
    find: impersonated('known-domain-alike', ({ domain, known, likeness }) =>
      likeness === 'other-suffix' ? undefined : { domain, known },
    ),
  },
  /** Holders have one name below several suffixes, and sometimes somebody else has it there. */
  'known-domain-other-suffix': {
    level: 'note',
    find: impersonated('known-domain-alike', ({ domain, known, likeness }) =>
      likeness === 'other-suffix' ? { domain, known } : undefined,
    ),
  },
  /** The trap of letters in a chief's name, from a mailbox that anybody can open. */
  'known-name-new-address': {
    level: 'caution',
    find: impersonated('known-name', ({ name, actual, known, freeProvider }) =>
      freeProvider ? { name, actual, known } : undefined,
    ),
  },
  /** People have several addresses, and names are had by several people. */
  'known-name-elsewhere': {
    level: 'note',
    find: impersonated('known-name', ({ name, actual, known, freeProvider }) =>
      freeProvider ? undefined : { name, actual, known },
    ),
  },
  /** Elsewhere the domain's holder gave out both. */
  'reply-to-alike': {
    level: 'note',
    find: impersonated('reply-to-twin', ({ author, replyTo, freeProvider }) =>
      freeProvider ? undefined : { author, replyTo },
    ),
  },
  /** Sent by somebody else, and neither the author's nor that sender's domain vouches by a valid signature. */
  'sender-differs': {
    level: 'caution',
    find: ({ facts, message, firstParty, thirdParty, authorDomain }) => {
      const { sender } = facts.identities;
      if (sender && (mayStillVouch(facts.dkim, sender.domain) || mayStillVouch(facts.dkim, authorDomain))) return [];
      if (!sender || firstParty.length > 0 || sameRegistrant(sender.domain, authorDomain)) return [];
      if (thirdParty.some((signature) => sameRegistrant(signature.domain, sender.domain))) return [];
      return one(
        { sender: sender.address, from: fromAddress(facts.identities.from) },
        fieldsAsEvidence(message, 'sender'),
      );
    },
  },
  /** The same where a signature covers it: usual for lists and services, and still worth knowing. */
  'sender-on-behalf': {
    level: 'note',
    find: ({ facts, message, firstParty, thirdParty, authorDomain }) => {
      const { sender } = facts.identities;
      if (!sender || sameRegistrant(sender.domain, authorDomain)) return [];
      const covered =
        firstParty.length > 0 || thirdParty.some((signature) => sameRegistrant(signature.domain, sender.domain));
      return covered
        ? one({ sender: sender.address, from: fromAddress(facts.identities.from) }, fieldsAsEvidence(message, 'sender'))
        : [];
    },
  },
  /** RFC 4407 §2: the header names no single responsible sender. */
  'pra-ill-formed': {
    level: 'caution',
    find: ({ facts, message }) =>
      'illFormed' in facts.identities.pra && facts.identities.pra.illFormed === 'several-sender'
        ? one({}, fieldsAsEvidence(message, 'sender'))
        : [],
  },
  /** Answers would go elsewhere, and nobody vouches for the author. */
  'reply-to-differs': {
    level: 'caution',
    find: (insight) =>
      insight.firstParty.length > 0 || mayStillVouch(insight.facts.dkim, insight.authorDomain)
        ? []
        : foreignReplyTo(insight),
  },
  /** Answers would go elsewhere; the author's domain signed that. */
  'reply-to-elsewhere': {
    level: 'note',
    find: (insight) => (insight.firstParty.length > 0 ? foreignReplyTo(insight) : []),
  },
} satisfies Record<string, Row>;

function impersonated<K extends Impersonation['kind']>(
  kind: K,
  params: (found: Extract<Impersonation, { kind: K }>) => FindingParams | undefined,
) {
  return ({ facts, message }: Insight): readonly Instance[] =>
    facts.identities.impersonations
      .filter((found): found is Extract<Impersonation, { kind: K }> => found.kind === kind)
      .flatMap((found) => {
        const values = params(found);
        return values ? [{ params: values, evidence: fieldsAsEvidence(message, 'from') }] : [];
      });
}

/** The machine itself (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
function isLoopback(ip: string): boolean {
  return ip.startsWith('127.') || ip === '::1';
}

function charactersThatAre(wanted: CharacterEffect) {
  return ({ name, codePoints, effect }: Extract<Impersonation, { kind: 'deceptive-characters' }>) =>
    effect === wanted ? { name, characters: codePoints.join(' ') } : undefined;
}

/**
 * Addresses in names, by how far the message explains them. "via" is part of the name the sender chose; a Reply-To could have been added
 * by anybody unless the From domain signed it.
 */
function namesOfOthers(insight: Insight, wanted: 'unexplained' | 'in-part' | 'explained') {
  const replyToSigned = insight.firstParty.some((signature) => covers(signature, insight.message, 'reply-to'));
  return ({ shown, actual, via, answered }: Extract<Impersonation, { kind: 'address-in-name' }>) => {
    const reasons = Number(via) + Number(answered && replyToSigned);
    return (['unexplained', 'in-part', 'explained'] as const)[reasons] === wanted ? { shown, actual } : undefined;
  };
}

/** Whether a valid signature covers every field of that name (RFC 6376 §5.4.2: repeated names in h= select fields bottom up). */
function covers({ signedHeaders }: DkimSignatureReport, message: Message, key: string): boolean {
  return signedHeaders.filter((name) => asciiLower(name) === key).length >= fieldsNamed(message, key).length;
}

/** The addresses From names by its grammar: what else can be made out in a malformed one is no second author. */
function authorsIn(from: readonly Mailbox[]): readonly string[] {
  const named = from.filter(({ address, conjectured }) => address !== '' && !conjectured);
  return [...new Set(named.map(({ address }) => address))];
}

function foreignReplyTo({ facts, message, authorDomain }: Insight): readonly Instance[] {
  const foreign = facts.identities.replyTo.filter((mailbox) => !sameRegistrant(mailbox.domain, authorDomain));
  return foreign.length === 0
    ? []
    : one(
        { replyTo: foreign.map((mailbox) => mailbox.address).join(', '), domain: shownDomain(authorDomain) },
        fieldsAsEvidence(message, 'reply-to'),
      );
}

/** For display only: whether two names belong to one registrant, by the public suffix list. */
function sameRegistrant(left: string | null, right: string | null): boolean {
  const one = left === null ? undefined : parseDomain(left);
  const other = right === null ? undefined : parseDomain(right);
  if (!one || !other) return false;
  return (registeredDomain(one) ?? one) === (registeredDomain(other) ?? other);
}

function fromAddress(from: readonly Mailbox[]): string {
  return from[0]?.address ?? '';
}

/** A signature of that registrant could not be checked, so that nobody vouches is not known. */
function mayStillVouch(signatures: readonly DkimSignatureReport[], domain: string | null): boolean {
  return signatures.some(({ result, domain: signer }) => result === 'temperror' && sameRegistrant(signer, domain));
}
