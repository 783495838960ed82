/** What is shown against who is named: From, display name, Sender, Reply-To (RFC 5322 §3.6.2, RFC 4407). */
import { asciiLower } from '../../bytes/ascii.ts';
import { shownDomain } from '../../domain/name.ts';
import type { CharacterEffect } from '../../identity/deceptive-characters.ts';
import type { Impersonation } from '../../identity/types.ts';
import { readMailboxes } from '../../message/address.ts';
import type { Mailbox, Message } from '../../message/types.ts';
import { isLoopback } from '../../trace/networks.ts';
import { sameOrganization } from '../../vouching/standing.ts';
import type { Facts } from '../facts.ts';
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
  /**
   * RFC 5322 §3.6.2 allows several authors, RFC 5016 §4.2 foresees them: each domain must be accounted for. One signature beside a name that
   * has none is how a stranger borrows it, so that is worse than two names without any.
   */
  'several-authors': {
    level: 'warning',
    find: ({ facts, message, authors, unaccounted }) => {
      const named = authorsIn(facts.identities.from);
      return facts.identities.fromFields <= 1 && named.length > 1 && unaccounted.length > 0
        ? [
            {
              ...(unaccounted.length === authors.length ? { level: 'caution' as const } : {}),
              params: {
                count: String(named.length),
                domains: unaccounted.map((domain) => shownDomain(domain)).join(', '),
              },
              evidence: fieldsAsEvidence(message, 'from'),
            },
          ]
        : [];
    },
  },
  /** A bounce need not have one (RFC 3464 §2); anything else does (RFC 5322 §3.6.2). */
  'no-author': {
    level: 'warning',
    find: ({ facts, message }) =>
      message.fields.length > 0 && facts.identities.from.every((mailbox) => mailbox.domain === null)
        ? [{ ...softerInReports(facts), params: {}, evidence: fieldsAsEvidence(message, 'from') }]
        : [],
  },
  'from-malformed': {
    level: 'caution',
    find: ({ facts, message }) =>
      facts.identities.fromMalformed && facts.identities.from.length > 0
        ? [{ ...softerInReports(facts), params: {}, evidence: fieldsAsEvidence(message, 'from') }]
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
  /** A name that many impersonate, and nothing but words of service beside it. None of 1,143 honest messages of both corpora. */
  'brand-elsewhere': {
    level: 'caution',
    find: impersonated('brand-in-name', ({ brand, actual }) => ({ brand, actual })),
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
  /** Sent by somebody else, and no voucher of the author's domain or of that sender's explains it (docs/judgement.md). */
  'sender-differs': { level: 'caution', find: foreignSender('unexplained') },
  /** Sent by somebody else, and the author's signature does not cover that: services and offices do it, and anyone could add it. */
  'sender-unsigned': { level: 'note', find: foreignSender('unsigned') },
  /** The same, explained: usual for lists and services, and still worth knowing. */
  'sender-on-behalf': { level: 'note', find: foreignSender('explained') },
  /** RFC 4407 §2: the header names no single responsible sender. */
  'pra-ill-formed': {
    level: 'caution',
    find: ({ facts, message }) =>
      'illFormed' in facts.identities.pra && facts.identities.pra.illFormed === 'several-sender'
        ? one({}, fieldsAsEvidence(message, 'sender'))
        : [],
  },
  /** Answers would go elsewhere, and nothing confirms the author. */
  'reply-to-differs': { level: 'caution', find: foreignReplyTo('unconfirmed') },
  /** Answers would go elsewhere, and no signature covers that although the message is signed: anyone could have added it. */
  'reply-to-unsigned': { level: 'caution', find: foreignReplyTo('unsigned') },
  /** Answers would go elsewhere; whoever confirms the message confirms that, or it is how lists work. */
  'reply-to-elsewhere': { level: 'note', find: foreignReplyTo('explained') },
  /** A list that put itself into From; who wrote is named elsewhere, and only the list confirms it. */
  'author-replaced-by-list': {
    level: 'note',
    find: ({ facts, message, authorDomain }) =>
      originalAuthors(facts)
        .slice(0, 1)
        .map((author) => ({
          params: { author, list: shownDomain(authorDomain) },
          evidence: [...fieldsAsEvidence(message, 'from'), ...fieldsAsEvidence(message, 'reply-to')],
        })),
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

function charactersThatAre(wanted: CharacterEffect) {
  return ({ name, codePoints, effect }: Extract<Impersonation, { kind: 'deceptive-characters' }>) =>
    effect === wanted ? { name, characters: codePoints.join(' ') } : undefined;
}

/**
 * Addresses in names, by how far the message explains them. "via" is part of the name the sender chose; a Reply-To could have been added
 * by anybody unless the From domain signed it.
 */
function namesOfOthers(insight: Insight, wanted: 'unexplained' | 'in-part' | 'explained') {
  const { ownSignatures, verifying, message } = insight;
  // Where the message is signed, a List-Post that makes its author a list could have been added as well.
  const listIsSigned = ownSignatures.length === 0 || isCovered(message, 'list-post', verifying);
  const replyToSigned = ownSignatures.length > 0 && isCovered(message, 'reply-to', ownSignatures);
  return ({ shown, actual, via, answered }: Extract<Impersonation, { kind: 'address-in-name' }>) => {
    const replaced = listIsSigned && originalAuthors(insight.facts).includes(asciiLower(shown));
    const reasons = replaced ? 2 : Number(via) + Number(answered && replyToSigned);
    return (['unexplained', 'in-part', 'explained'] as const)[reasons] === wanted ? { shown, actual } : undefined;
  };
}

/** The addresses From names by its grammar: what else can be made out in a malformed one is no second author. */
function authorsIn(from: readonly Mailbox[]): readonly string[] {
  const named = from.filter(({ address, conjectured }) => address !== '' && !conjectured);
  return [...new Set(named.map(({ address }) => address))];
}

/** A report of a server may do without an author: its sender is the null reverse-path (RFC 5321 §4.5.5). */
function softerInReports({ deliveryReport, envelopeFrom }: Facts): Pick<Instance, 'level'> {
  return deliveryReport !== null || envelopeFrom?.address === '' ? { level: 'note' } : {};
}

type SenderKind = 'explained' | 'unsigned' | 'unexplained';

function foreignSender(kind: SenderKind) {
  return (insight: Insight): readonly Instance[] => {
    const { facts, message, authorDomain } = insight;
    return senders(message)
      .filter(({ domain }) => domain !== null && !sameOrganization(domain, authorDomain))
      .filter((sender) => kindOfSender(sender, insight) === kind)
      .slice(0, 1)
      .map((sender) => ({
        params: { sender: sender.address, from: fromAddress(facts.identities.from) },
        evidence: fieldsAsEvidence(message, 'sender'),
      }));
  };
}

/** All of them, where a message has several: one that is hidden behind another is no better for it. */
function senders(message: Message): readonly Mailbox[] {
  return readMailboxes(message, 'sender').mailboxes;
}

/** The mailbox that lists and their managers send from (RFC 2142 §6 and the habits of list managers). */
const LIST_SENDER =
  /^(?:bounces?|owner|request|admin)(?:[-+=.].*)?$|^.+-(?:bounces?|owner|request|admin|return)(?:[-+=].*)?$|^owner-.+$/;

/**
 * Explained by a list's own address; by the form of one, beside a list of the same organization or mail to an address there; or by
 * either side's own voucher, where that speaks of the Sender.
 */
function kindOfSender({ address, domain }: Mailbox, insight: Insight): SenderKind {
  const { facts, own, counting } = insight;
  const { listDomains, listPosts, recipients } = facts.addressing;
  if ([...listPosts, ...recipients].includes(asciiLower(address))) return 'explained';
  const places = [...listDomains, ...recipients.map((recipient) => recipient.slice(recipient.lastIndexOf('@') + 1))];
  const isList =
    LIST_SENDER.test(asciiLower(address.slice(0, address.lastIndexOf('@')))) &&
    places.some((place) => sameOrganization(place, domain));
  if (isList || counting.some((voucher) => sameOrganization(voucher.domain, domain))) return 'explained';
  if (own.length === 0) return 'unexplained';
  return isLeftOpen('sender', insight) ? 'unsigned' : 'explained';
}

/**
 * The author's own signature says nothing of a field that is there. Where none of theirs verifies, one that would say nothing of it is
 * enough: whoever adds a field would else do well to break the signature as well.
 */
function isLeftOpen(key: string, { ownSignatures, ownByName, verifying, message }: Insight): boolean {
  return ownSignatures.length > 0
    ? !isCovered(message, key, verifying)
    : ownByName.some((signature) => !isCovered(message, key, [signature]));
}

type ReplyTo = 'explained' | 'unsigned' | 'unconfirmed';

function foreignReplyTo(kind: ReplyTo) {
  return (insight: Insight): readonly Instance[] => {
    const { facts, message, authorDomain } = insight;
    const foreign = facts.identities.replyTo.filter(({ domain }) => !sameOrganization(domain, authorDomain));
    const actual = kindOfReplyTo(insight);
    const telling = foreign.filter(
      (mailbox) => !isOriginalAuthor(mailbox, insight, actual) && !isNamedElsewhere(mailbox, insight, actual),
    );
    if (telling.length === 0 || actual !== kind) return [];
    return one(
      { replyTo: telling.map((mailbox) => mailbox.address).join(', '), domain: shownDomain(authorDomain) },
      fieldsAsEvidence(message, 'reply-to'),
    );
  };
}

function kindOfReplyTo(insight: Insight): ReplyTo {
  const isOpen = isLeftOpen('reply-to', insight);
  if (insight.ownSignatures.length > 0 && isOpen) return 'unsigned';
  return insight.own.length > 0 && !isOpen ? 'explained' : 'unconfirmed';
}

/**
 * Of the organization of whoever signed the message, among the recipients, or of the list. Of a signed message to which the Reply-To was
 * added, only what a signature covers explains it: otherwise whoever adds the one line would add the other.
 */
function isNamedElsewhere({ address, domain }: Mailbox, insight: Insight, kind: ReplyTo): boolean {
  const { facts, counting, verifying, message } = insight;
  const { recipients, listPosts, listDomains, namesList } = facts.addressing;
  const signers = counting.filter(({ method }) => method === 'dkim');
  if (signers.some((voucher) => sameOrganization(voucher.domain, domain))) return true;
  if (kind === 'unsigned') {
    const isCoveredRecipient = ['to', 'cc'].every((key) => isCovered(message, key, verifying));
    return isCoveredRecipient && recipients.includes(asciiLower(address));
  }
  return (
    [...recipients, ...listPosts].includes(asciiLower(address)) ||
    (namesList && listDomains.some((name) => sameOrganization(name, domain)))
  );
}

/** Where the Reply-To was added to a signed message, a List-Post could have been as well. */
function isOriginalAuthor({ address }: Mailbox, { facts, message, verifying }: Insight, kind: ReplyTo): boolean {
  if (kind === 'unsigned' && !isCovered(message, 'list-post', verifying)) return false;
  return originalAuthors(facts).includes(asciiLower(address));
}

/** Display names that lists give to the authors they replace: "Ann via Hikers". */
const REPLACED_NAME = /\bvia\b/i;

/** Whoever wrote what a list sends in its own name: kept in a field for that, or in Reply-To. */
function originalAuthors({ identities: { from, replyTo }, addressing }: Facts): readonly string[] {
  const { originalAuthors: kept, listPosts, namesList, listDomains } = addressing;
  const [author] = from;
  if (author === undefined || from.length > 1) return [];
  const isList =
    listPosts.includes(asciiLower(author.address)) ||
    (namesList && listDomains.some((domain) => sameOrganization(domain, author.domain)));
  if (!isList) return [];
  const replies = replyTo.map(({ address }) => asciiLower(address)).filter((address) => !listPosts.includes(address));
  const named =
    kept.length > 0
      ? kept
      : REPLACED_NAME.test(author.displayName) || listPosts.includes(asciiLower(author.address))
        ? replies
        : [];
  return named.filter((address) => !sameOrganization(address.slice(address.lastIndexOf('@') + 1), author.domain));
}

/** Whether every field of that name is covered by a signature that verifies. */
function isCovered(message: Message, key: string, signatures: Insight['verifying']): boolean {
  const fields = message.fields.filter((field) => field.key === key);
  return fields.every(({ index }) => signatures.some(({ signedFields }) => signedFields.includes(index)));
}

function fromAddress(from: readonly Mailbox[]): string {
  return from[0]?.address ?? '';
}
