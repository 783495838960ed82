/** End-to-end protection: what it means for those who handled the message (draft-ietf-opes-smtp-security-02 §3.3). */
import type { ProtectedPart, ProtectionKind } from '../../message/protection.ts';
import type { Insight, Instance, Row } from '../types.ts';
import { fieldsAsEvidence } from './support.ts';

/** Notes, since nothing in them was verified here: anyone can give a message the form of a protected one. */
export const PROTECTION_ROWS = {
  'end-to-end-encrypted': { level: 'note', find: protectedBy(({ encrypted }) => encrypted) },
  'end-to-end-signed': { level: 'note', find: protectedBy(({ signed }) => signed) },
} satisfies Record<string, Row>;

/** As people know them; the same in every language. */
const KIND_NAMES: Readonly<Record<ProtectionKind, string>> = { smime: 'S/MIME', openpgp: 'OpenPGP' };

function protectedBy(applies: (part: ProtectedPart) => boolean) {
  return ({ facts, message }: Insight): readonly Instance[] => {
    const kinds = new Set(facts.protection.parts.filter(applies).map(({ kind }) => kind));
    return [...kinds].map((kind) => ({
      params: { kind: KIND_NAMES[kind] },
      evidence: fieldsAsEvidence(message, 'content-type'),
    }));
  };
}
