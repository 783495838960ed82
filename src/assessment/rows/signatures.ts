/** What a signature does not say although it verifies, and why one does not verify (RFC 6376 §6.1, §8). */
import { shownDomain } from '../../domain/name.ts';
import { changedParts, type ChangedParts } from '../../dkim/changed.ts';
import type { ArchivedKeyReport, DkimSignatureReport, KnownChange } from '../../dkim/types.ts';
import { LIMITS } from '../../limits.ts';
import { contentFits } from '../../message/content-fit.ts';
import { fieldText } from '../../message/parse.ts';
import type { HeaderField, Message } from '../../message/types.ts';
import { fieldAt, signatureEvidence } from '../../vouching/evidence.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { perSignature } from './authorship.ts';
import { dayOf } from './support.ts';

/** Fields a reader acts on: added above a signed one they show something nobody signed (RFC 6376 §8.15). */
const DECEIVING_FIELDS = new Set([
  'from',
  'reply-to',
  'subject',
  'content-type',
  'content-transfer-encoding',
  'date',
  'to',
  'cc',
]);

/** RFC 2045 §5.2, §6.1: what is said here would hold without it, too, as far as readers see. */
const PLAIN = /^\s*(?:text\/plain\b|7bit\b|8bit\b|binary\b)/i;

function decidesReading(message: Message, field: HeaderField): boolean {
  const isContent = field.key === 'content-type' || field.key === 'content-transfer-encoding';
  return isContent && !PLAIN.test(fieldText(message, field));
}

export const SIGNATURE_ROWS = {
  /** RFC 6376 §8.15: a second field is above the signed one, and most programs show the upper. */
  'field-added-above-signed': {
    level: 'warning',
    find: ({ verifying, ownByName, message }) => perAddedField([...verifying, ...ownByName], message),
  },
  /** RFC 6376 §8.2: l= leaves text at the end that anyone could have put there. */
  'unsigned-tail': {
    level: 'caution',
    find: ({ facts }) =>
      // Whether or not it still verifies: else whoever adds a tail would look better for breaking the signature as well.
      facts.dkim
        .filter((signature) => (signature.unsignedTail ?? 0) > 0)
        .map((signature) => ({
          params: { domain: shownDomain(signature.domain), octets: String(signature.unsignedTail) },
          evidence: signatureEvidence(signature),
        })),
  },
  /** RFC 6376 §5.4: the Subject is shown but not covered by any valid first party signature. */
  'subject-unsigned': {
    level: 'caution',
    find: (insight) => {
      const { message } = insight;
      const subject = message.fields.find((field) => field.key === 'subject');
      if (!subject) return [];
      return leavesOpen(insight, ({ signedFields }) => !signedFields.includes(subject.index)).map((signature) => ({
        params: { domain: shownDomain(signature.domain) },
        evidence: [...fieldAt(message, subject.index), ...signatureEvidence(signature)],
      }));
    },
  },
  /**
   * RFC 6376 §5.4.1: what decides how the text is read was put on top of what the author's own signature was put on top of, or does not
   * fit the text; and no such signature covers it. Below one it is usual that it is not covered.
   */
  'content-unsigned': {
    level: 'caution',
    find: (insight) => {
      const { message } = insight;
      const fields = message.fields.filter((field) => decidesReading(message, field));
      let fits: boolean | undefined;
      const isOpen = ({ field, signedFields }: DkimSignatureReport): boolean => {
        const open = fields.filter(({ index }) => !signedFields.includes(index));
        // Some programs sign at the end of the header: then everything is above.
        const isLater = signedFields.every((index) => index > field) && open.some(({ index }) => index < field);
        return isLater || (open.length > 0 && !(fits ??= contentFits(message)));
      };
      return leavesOpen(insight, isOpen).map((signature) => ({
        params: { domain: shownDomain(signature.domain) },
        evidence: [...fields.flatMap(({ index }) => fieldAt(message, index)), ...signatureEvidence(signature)],
      }));
    },
  },
  /** The signed header is intact and only the body differs: changed on the way, which is not what a forger could do. */
  'body-changed': {
    level: 'note',
    find: ({ facts }) =>
      perSignature(
        facts.dkim,
        ({ reason, facts: known }) => reason === 'body-hash-mismatch' && known.signature === 'good',
      ),
  },
  /** Of a message altered after receipt, what was. Where only the body was, that is told above. */
  'altered-header': { level: 'note', find: alteredPart(({ body }) => !body) },
  'altered-body-and-header': { level: 'note', find: alteredPart(({ body }) => body) },
  /** RFC 6377 §5.2: undoing what lists do makes the signature verify. It explains, and confirms nothing. */
  'explained-by-footer': { level: 'note', find: explainedBy('list-footer') },
  'explained-by-subject-tag': { level: 'note', find: explainedBy('subject-tag') },
  'explained-by-re-encoding': { level: 'note', find: explainedBy('re-encoded') },
  'signature-expired': { level: 'note', find: withReason('expired') },
  'key-revoked': { level: 'note', find: withReason('key-revoked') },
  /** It would verify with a key seen before, but the domain withdrew that key: nobody knows since when others have had it. */
  'archived-key-revoked': {
    level: 'note',
    find: ({ facts }) => perArchivedKey(facts.dkim, ({ verifies, withdrawal }) => verifies && withdrawal === 'revoked'),
  },
  /** It would verify with a key seen before, but that the message came while the key was in use cannot be told. */
  'archived-key-too-late': {
    level: 'note',
    find: ({ facts, verifying }) =>
      perArchivedKey(
        facts.dkim.filter((signature) => !verifying.includes(signature)),
        ({ verifies, withdrawal }) => verifies && withdrawal !== 'revoked',
      ),
  },
  /** Keys are changed by a new selector (RFC 6376 §3.1); another key under an old one is unusual. */
  'key-changed': {
    level: 'note',
    find: ({ facts }) => perArchivedKey(facts.dkim, ({ withdrawal }) => withdrawal === 'replaced'),
  },
  /** Every other way not to verify, with its reason in words. */
  'signature-invalid': {
    level: 'note',
    find: ({ facts }) => perSignature(facts.dkim, hasNoRowOfItsOwn),
  },
  /** RFC 8301 §3.2: 1024 bits are accepted, 2048 are what signers should use. */
  'weak-key': {
    level: 'note',
    find: ({ facts }) =>
      facts.dkim
        .filter((signature) => signature.result === 'pass' && signature.notes.includes('weak-key'))
        .map((signature) => ({
          params: { domain: shownDomain(signature.domain), bits: String(signature.keyBits) },
          evidence: signatureEvidence(signature),
        })),
  },
  /** A message sent again long after it was signed: a signature does not say for whom it was meant (RFC 6376 §8.6). */
  'signed-long-before': {
    level: 'caution',
    find: (insight) => {
      const { facts } = insight;
      // One that had expired by then says itself that it is not to be taken for new.
      const isOld = (signature: DkimSignatureReport): boolean =>
        signature.reason !== 'expired' && daysUntilReceipt(signature, facts) > LIMITS.replayDays;
      return leavesOpen(insight, isOld).map((signature) => ({
        params: {
          domain: shownDomain(signature.domain),
          days: String(Math.floor(daysUntilReceipt(signature, facts))),
        },
        evidence: signatureEvidence(signature),
      }));
    },
  },
  /** RFC 6376 §5.4.1: shown to the reader, but nobody signed it. */
  'fields-unsigned': {
    level: 'note',
    find: ({ ownSignatures }) =>
      ownSignatures
        .slice(0, 1)
        .filter(({ unsignedImportant }) => unsignedImportant.length > 0)
        .map((signature) => ({
          params: { domain: shownDomain(signature.domain), fields: signature.unsignedImportant.join(', ') },
          evidence: signatureEvidence(signature),
        })),
  },
  /** RFC 4870 is historic: its only algorithm must not count any more (RFC 8301 §3.1). */
  'domainkeys-signature': {
    level: 'note',
    find: ({ facts, message }) =>
      facts.domainKeys.slice(0, 1).map(({ domain, field }) => ({
        params: { domain: shownDomain(domain) },
        evidence: fieldAt(message, field),
      })),
  },
  'signatures-not-checked': {
    level: 'note',
    find: ({ facts }) => {
      const left = facts.dkim.filter((signature) => !signature.checked);
      return left.length === 0
        ? []
        : [{ params: { count: String(left.length) }, evidence: left.flatMap(signatureEvidence) }];
    },
  },
} satisfies Record<string, Row>;

/**
 * The signature that leaves something open. Of those that verify, one that does not is enough; where none of the author's own verifies,
 * none of them may, since any could have been added to what was broken.
 */
function leavesOpen(
  { ownSignatures, ownByName }: Insight,
  isOpen: (signature: DkimSignatureReport) => boolean,
): readonly DkimSignatureReport[] {
  if (ownSignatures.length > 0) return ownSignatures.every(isOpen) ? ownSignatures.slice(0, 1) : [];
  return ownByName.filter(isOpen).slice(0, 1);
}

/** The header fields known to differ, or else those that are signed, of which one does. */
function alteredPart(test: (parts: ChangedParts) => boolean) {
  return ({ authorship, message }: Insight): readonly Instance[] => {
    if (authorship.kind !== 'altered') return [];
    const { voucher, signature } = authorship;
    const parts = changedParts(message, signature);
    if (!parts.header || !test(parts)) return [];
    const fields = parts.headerFields.length > 0 ? parts.headerFields : [...new Set(signature.signedHeaders)];
    return [
      { params: { server: voucher.server ?? '', fields: fields.join(', ') }, evidence: signatureEvidence(signature) },
    ];
  };
}

/** One instance for each key and what became of it, however many signatures name it. */
function perArchivedKey(
  signatures: readonly DkimSignatureReport[],
  test: (key: ArchivedKeyReport) => boolean,
): readonly Instance[] {
  const byName = new Map(
    signatures
      .filter(({ archivedKey }) => archivedKey && test(archivedKey))
      .map((signature) => [signature.keyName, signature]),
  );
  return [...byName.values()].map((signature) => ({
    params: {
      domain: shownDomain(signature.domain),
      selector: signature.selector ?? '',
      lastSeen: dayOf(signature.archivedKey?.lastSeen),
      successorSince: dayOf(signature.archivedKey?.successorSince),
    },
    evidence: signatureEvidence(signature),
  }));
}

function withReason(reason: DkimSignatureReport['reason']) {
  return ({ facts }: Insight): readonly Instance[] =>
    perSignature(facts.dkim, (signature) => signature.reason === reason);
}

function hasNoRowOfItsOwn(signature: DkimSignatureReport): boolean {
  if (signature.result === 'pass' || signature.result === 'temperror' || !signature.checked) return false;
  if (signature.reason === 'expired' || signature.reason === 'key-revoked') return false;
  return !(signature.reason === 'body-hash-mismatch' && signature.facts.signature === 'good');
}

function perAddedField(signatures: readonly DkimSignatureReport[], message: Insight['message']): readonly Instance[] {
  const seen = new Map<number, DkimSignatureReport>();
  for (const signature of signatures) {
    for (const index of signature.addedAbove) {
      if (DECEIVING_FIELDS.has(message.fields[index]?.key ?? '') && !seen.has(index)) seen.set(index, signature);
    }
  }
  return [...seen].map(([index, signature]) => ({
    ...(repeatsSigned(message, index, signature) ? { level: 'caution' as const } : {}),
    params: { field: message.fields[index]?.name ?? '', domain: shownDomain(signature.domain) },
    evidence: [...fieldAt(message, index), ...signatureEvidence(signature)],
  }));
}

/** Whether the field that was added says what the signed one says. */
function repeatsSigned(message: Message, index: number, { signedFields }: DkimSignatureReport): boolean {
  const added = message.fields[index];
  const signed = signedFields.map((at) => message.fields[at]).find((field) => field?.key === added?.key);
  return (
    added !== undefined &&
    signed !== undefined &&
    fieldText(message, added).trim() === fieldText(message, signed).trim()
  );
}

function explainedBy(change: KnownChange) {
  return ({ facts }: Insight): readonly Instance[] =>
    perSignature(facts.dkim, (signature) => signature.explainedBy?.includes(change) === true);
}

/** Days from t= to when the reader's servers received the message; negative infinity where either is not known. */
function daysUntilReceipt({ signedAt }: DkimSignatureReport, { path }: Insight['facts']): number {
  const received = path.find(({ trusted, time }) => trusted && time !== null)?.time ?? null;
  return signedAt === null || received === null
    ? -Infinity
    : (Date.parse(received) - Date.parse(signedAt)) / 86_400_000;
}
