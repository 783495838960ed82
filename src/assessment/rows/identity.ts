/** What is shown against who is named: From, display name, Sender, Reply-To (RFC 5322 §3.6.2, RFC 4407). */
import { registeredDomain } from '../../domain/public-suffix.ts';
import { parseDomain, shownDomain } from '../../domain/name.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import type { Impersonation } from '../../identity/types.ts';
import type { Mailbox } from '../../message/types.ts';
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
      facts.identities.fromFields <= 1 && facts.identities.from.length > 1
        ? one({ count: String(facts.identities.from.length) }, fieldsAsEvidence(message, 'from'))
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
    find: impersonated('address-in-name', ({ shown, actual }) => ({ shown, actual })),
  },
  'domain-in-display-name': {
    level: 'warning',
    find: impersonated('domain-in-name', ({ shown, actual }) => ({ shown, actual })),
  },
  'deceptive-characters': {
    level: 'warning',
    find: impersonated('deceptive-characters', ({ name, codePoints }) => ({ name, characters: codePoints.join(' ') })),
  },
  'mixed-script-domain': {
    level: 'caution',
    find: impersonated('mixed-script', ({ domain, shown }) => ({ domain, shown })),
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
  params: (found: Extract<Impersonation, { kind: K }>) => FindingParams,
) {
  return ({ facts, message }: Insight): readonly Instance[] =>
    facts.identities.impersonations
      .filter((found): found is Extract<Impersonation, { kind: K }> => found.kind === kind)
      .map((found) => ({ params: params(found), evidence: fieldsAsEvidence(message, 'from') }));
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
