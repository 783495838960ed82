/** Who confirms the message. At most one of these applies (src/assessment/authorship.ts); the practices rows build on it. */
import { shownDomain } from '../../domain/name.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import { fieldAt, signatureEvidence } from '../../vouching/evidence.ts';
import type { Authorship } from '../authorship.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { dayOf, isMessage, one } from './support.ts';

export const AUTHORSHIP_ROWS = {
  /** RFC 5016 §2: a valid signature of the author's own domain. */
  'first-party-signature': {
    level: 'verified',
    find: answer('own-signature', ({ signature }) => (isOfAuthor(signature) ? ownSignature(signature) : [])),
  },
  /** RFC 9989 §4.4, RFC 6541: likewise, of another domain that the author's counts as its own. */
  'organization-signature': {
    level: 'verified',
    find: answer('own-signature', ({ signature }, { authorDomain }) =>
      isOfAuthor(signature)
        ? []
        : ownSignature(signature).map((instance) => ({
            ...instance,
            params: { ...instance.params, author: shownDomain(authorDomain) },
          })),
    ),
  },
  /** The key is no longer in DNS, but was seen there while the message was on its way: it verifies with that. */
  'archived-key-signature': {
    level: 'signed',
    find: answer('archived', ({ signature }) =>
      one(
        { domain: shownDomain(signature.domain), lastSeen: dayOf(signature.archivedKey?.lastSeen) },
        signatureEvidence(signature),
      ),
    ),
  },
  /** RFC 6376 §3.5 x=: it verifies, but its time has passed, and nobody believed says that the message came before. */
  'expired-own-signature': {
    level: 'signed',
    find: answer('expired', ({ signature }) =>
      one(
        { domain: shownDomain(signature.domain), expiresAt: dayOf(signature.expiresAt) },
        signatureEvidence(signature),
      ),
    ),
  },
  /** One of the reader's servers saw it pass, but the stored message no longer verifies: rewritten on the way to the mailbox. */
  'altered-after-receipt': {
    level: 'signed',
    find: answer('altered', ({ voucher, signature }, { message }) =>
      one({ server: voucher.server ?? '', domain: shownDomain(signature.domain) }, [
        ...fieldAt(message, voucher.field ?? -1),
        ...signatureEvidence(signature),
      ]),
    ),
  },
  /** RFC 8601: reported by a server the reader believes, not rechecked here. */
  'server-vouches': {
    level: 'signed',
    find: answer('server', ({ voucher }) =>
      one(
        { server: voucher.server ?? '', method: voucher.method, domain: shownDomain(voucher.domain) },
        voucher.evidence,
      ),
    ),
  },
  /** RFC 7208, rechecked with an address one of the reader's servers recorded: the host may send for the author domain, no more. */
  'sending-host-authorised': {
    level: 'signed',
    find: answer('host', ({ voucher }, { authorDomain }) =>
      one({ domain: shownDomain(authorDomain) }, voucher.evidence),
    ),
  },
  /** RFC 5016 §2: valid, but not the author's. Never impugned, never linked to the author's practices (§5.3/10). */
  'third-party-signature': {
    level: 'signed',
    find: answer('others', ({ signature, connected }, insight) => (connected ? byOther(signature, insight) : [])),
  },
  /** The same, by somebody whom nothing in the message connects with its author. */
  'unconnected-signature': {
    level: 'signed',
    find: answer('others', ({ signature, connected }, insight) => (connected ? [] : byOther(signature, insight))),
  },
  'no-signature': {
    level: 'unsigned',
    find: answer('nobody', (_, { facts, authorDomain }) =>
      facts.dkim.length === 0 && facts.switches.dkim && isMessage(facts)
        ? one({ domain: shownDomain(authorDomain) })
        : [],
    ),
  },
  /** RFC 6376 §6.1: a message whose signatures do not verify is treated like one without. */
  'signature-broken': {
    level: 'unsigned',
    find: answer('nobody', (_, { facts, authorDomain }) => {
      const isBroken = facts.dkim.length > 0 && facts.dkim.every(failedForGood);
      return isBroken ? one({ domain: shownDomain(authorDomain) }, facts.dkim.flatMap(signatureEvidence)) : [];
    }),
  },
  /** RFC 6376 §3.6.1 t=y: treated no better than an unsigned message, and said. */
  'signature-testing': {
    level: 'unsigned',
    find: answer('nobody', (_, { facts }) =>
      facts.dkim
        .filter((signature) => signature.result === 'pass' && signature.testing)
        .slice(0, 1)
        .map((signature) => ({
          params: { domain: shownDomain(signature.domain) },
          evidence: signatureEvidence(signature),
        })),
    ),
  },
  /** RFC 6376 §6.1.2: a later try may succeed; until then nothing is known. */
  'signature-unchecked': {
    level: 'unchecked',
    find: answer('nobody', (_, { facts }) =>
      facts.dkim
        .filter((signature) => signature.result === 'temperror')
        .slice(0, 1)
        .map((signature) => ({
          params: { domain: shownDomain(signature.domain) },
          evidence: signatureEvidence(signature),
        })),
    ),
  },
  /** RFC 6376 §3.7: a signature is over the text as well, and that is not here. */
  'header-only': {
    level: 'unchecked',
    find: answer('nobody', (_, { facts }) => (facts.headerOnly ? one() : [])),
  },
  'dkim-switched-off': {
    level: 'unchecked',
    find: answer('nobody', (_, { facts }) => (facts.switches.dkim || facts.headerOnly ? [] : one())),
  },
} satisfies Record<string, Row>;

/** The finding of one kind of answer. */
function answer<K extends Authorship['kind']>(
  kind: K,
  find: (answer: Extract<Authorship, { readonly kind: K }>, insight: Insight) => readonly Instance[],
) {
  return (insight: Insight): readonly Instance[] => {
    const { authorship } = insight;
    return isOfKind(authorship, kind) ? find(authorship, insight) : [];
  };
}

function isOfKind<K extends Authorship['kind']>(
  authorship: Authorship,
  kind: K,
): authorship is Extract<Authorship, { readonly kind: K }> {
  return authorship.kind === kind;
}

/** By name alone: the author's own domain, or one above it. */
function isOfAuthor({ relation }: DkimSignatureReport): boolean {
  return relation === 'exact' || relation === 'domain' || relation === 'parent';
}

function ownSignature(signature: DkimSignatureReport): readonly Instance[] {
  return one(
    { domain: shownDomain(signature.domain), selector: signature.selector ?? '' },
    signatureEvidence(signature),
  );
}

function byOther(signature: DkimSignatureReport, { authorDomain }: Insight): readonly Instance[] {
  return one(
    { domain: shownDomain(signature.domain), author: shownDomain(authorDomain) },
    signatureEvidence(signature),
  );
}

/** Neither valid nor left open. */
function failedForGood(signature: DkimSignatureReport): boolean {
  return signature.result !== 'pass' && signature.result !== 'temperror';
}

/** One instance for each signature that a test picks, told by its domain and reason. */
export function perSignature(
  signatures: readonly DkimSignatureReport[],
  test: (signature: DkimSignatureReport) => boolean,
): readonly Instance[] {
  return signatures.filter(test).map((signature) => ({
    params: { domain: shownDomain(signature.domain), reason: signature.reason ?? '' },
    evidence: signatureEvidence(signature),
  }));
}
