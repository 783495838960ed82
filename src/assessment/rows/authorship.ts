/** Who vouches for the author domain. Exactly one kind of answer applies to a message; the practices rows build on it. */
import { shownDomain } from '../../domain/name.ts';
import type { DkimSignatureReport } from '../../dkim/types.ts';
import type { Evidence } from '../../message/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { dayOf, evidenceOf, fieldAt, isMessage, one } from './support.ts';

export const AUTHORSHIP_ROWS = {
  /** RFC 5016 §2: a valid signature of the author's own domain. */
  'first-party-signature': {
    level: 'verified',
    find: ({ firstParty }) => closest(firstParty, ({ relation }) => relation !== 'aligned'),
  },
  /** RFC 9989 §4.4: likewise, of another domain of the author's organization. */
  'organization-signature': {
    level: 'verified',
    find: ({ firstParty }) => closest(firstParty, ({ relation }) => relation === 'aligned'),
  },
  /** The key is no longer in DNS, but was seen there while the message was on its way: it verifies with that. */
  'archived-key-signature': {
    level: 'signed',
    find: ({ firstParty, archived }) =>
      firstParty.length > 0
        ? []
        : archived.slice(0, 1).map((signature) => ({
            params: { domain: shownDomain(signature.domain), lastSeen: dayOf(signature.archivedKey?.lastSeen) },
            evidence: signatureEvidence(signature),
          })),
  },
  /** A server of the reader's side saw it pass, but the stored message no longer verifies: rewritten on the way to the mailbox. */
  'altered-after-receipt': {
    level: 'signed',
    find: ({ altered, message }) =>
      altered.slice(0, 1).map(({ voucher, signature }) => ({
        params: { server: voucher.server, domain: shownDomain(signature.domain) },
        evidence: [...fieldAt(message, voucher.field), ...signatureEvidence(signature)],
      })),
  },
  /** RFC 8601: reported by a server the reader trusts, not rechecked here. */
  'server-vouches': {
    level: 'signed',
    find: (insight) =>
      insight.firstParty.length > 0 || insight.altered.length > 0
        ? []
        : insight.vouchers.slice(0, 1).map((voucher) => ({
            params: { server: voucher.server, method: voucher.method, domain: shownDomain(insight.authorDomain) },
            evidence: fieldAt(insight.message, voucher.field),
          })),
  },
  /** RFC 7208, rechecked with an address a trusted server recorded: the host may send for the author domain, the content is not covered. */
  'sending-host-authorised': {
    level: 'signed',
    find: ({ firstParty, vouchers, hostAuthorised, authorDomain }) =>
      firstParty.length === 0 && vouchers.length === 0 && hostAuthorised
        ? one({ domain: shownDomain(authorDomain) })
        : [],
  },
  /** RFC 5016 §2: valid, but not the author's. Never impugned, never linked to the author's practices (§5.3/10). */
  'third-party-signature': {
    level: 'signed',
    find: ({ firstParty, thirdParty }) =>
      firstParty.length > 0
        ? []
        : thirdParty.slice(0, 1).map((signature) => ({
            params: { domain: shownDomain(signature.domain) },
            evidence: signatureEvidence(signature),
          })),
  },
  'no-signature': {
    level: 'unsigned',
    find: (insight) =>
      insight.facts.dkim.length === 0 &&
      insight.facts.switches.dkim &&
      isMessage(insight.facts) &&
      !othersVouch(insight)
        ? one({ domain: shownDomain(insight.authorDomain) })
        : [],
  },
  /** RFC 6376 §6.1: a message whose signatures do not verify is treated like one without. */
  'signature-broken': {
    level: 'unsigned',
    find: (insight) =>
      insight.facts.dkim.length > 0 &&
      insight.facts.dkim.every(failedForGood) &&
      insight.archived.length === 0 &&
      !othersVouch(insight)
        ? one({ domain: shownDomain(insight.authorDomain) }, insight.facts.dkim.flatMap(signatureEvidence))
        : [],
  },
  /** RFC 6376 §3.6.1 t=y: treated no better than an unsigned message, and said. */
  'signature-testing': {
    level: 'unsigned',
    find: ({ facts, firstParty, thirdParty }) =>
      firstParty.length + thirdParty.length > 0
        ? []
        : facts.dkim
            .filter((signature) => signature.result === 'pass' && signature.testing)
            .slice(0, 1)
            .map((signature) => ({
              params: { domain: shownDomain(signature.domain) },
              evidence: signatureEvidence(signature),
            })),
  },
  /** RFC 6376 §6.1.2: a later try may succeed; until then nothing is known. */
  'signature-unchecked': {
    level: 'unchecked',
    find: ({ facts, firstParty, vouchers }) =>
      firstParty.length > 0 || vouchers.length > 0
        ? []
        : facts.dkim
            .filter((signature) => signature.result === 'temperror')
            .slice(0, 1)
            .map((signature) => ({
              params: { domain: shownDomain(signature.domain) },
              evidence: signatureEvidence(signature),
            })),
  },
  'dkim-switched-off': {
    level: 'unchecked',
    find: ({ facts, vouchers }) => (facts.switches.dkim || vouchers.length > 0 ? [] : one()),
  },
} satisfies Record<string, Row>;

/** Something other than a valid first party signature vouches for the author domain, on this machine's or a trusted server's word. */
export function othersVouch({ vouchers, hostAuthorised, archived }: Insight): boolean {
  return vouchers.length > 0 || hostAuthorised || archived.some(isFirstParty);
}

/** The closest signature, where it is of the kind asked for. */
function closest(
  firstParty: readonly DkimSignatureReport[],
  isKind: (signature: DkimSignatureReport) => boolean,
): readonly Instance[] {
  return firstParty
    .slice(0, 1)
    .filter(isKind)
    .map((signature) => ({
      params: { domain: shownDomain(signature.domain), selector: signature.selector ?? '' },
      evidence: signatureEvidence(signature),
    }));
}

export function isFirstParty({ relation }: DkimSignatureReport): boolean {
  return relation !== 'third-party';
}

function failedForGood(signature: DkimSignatureReport): boolean {
  return signature.result !== 'pass' && signature.result !== 'temperror';
}

/** The signature, and the key record where there is one. */
export function signatureEvidence(signature: DkimSignatureReport): readonly Evidence[] {
  const place: Evidence = {
    kind: 'signature',
    index: signature.field,
    domain: signature.domain ?? '',
    selector: signature.selector ?? '',
  };
  return signature.keyName === null ? [place] : [place, ...evidenceOf(signature.keyName, 'TXT', signature.keyRecord)];
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
