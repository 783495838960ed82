/** Signatures as words: whose, how they relate to the author, whether they are valid, and why not. */
import { shownDomain } from '../../../src/domain/name.ts';
import type { ArchivedKeyReport, DkimFacts, DkimSignatureReport } from '../../../src/dkim/types.ts';
import { counted, keyOf, type Translate } from '../words.ts';
import { row, timeText, type Row } from './rows.ts';

export interface SignatureView {
  readonly domain: string;
  readonly result: DkimSignatureReport['result'];
  readonly resultWord: string;
  /** Why it is not valid; empty where it is. */
  readonly reason: string;
  readonly relation: string;
  readonly rows: readonly Row[];
}

export function signatureRows(signatures: readonly DkimSignatureReport[], t: Translate): readonly SignatureView[] {
  return signatures.map((signature) => ({
    domain: signature.domain === null ? t('panel_none') : shownDomain(signature.domain),
    result: signature.result,
    resultWord: t(`panel_result_${signature.result}`),
    reason: signature.reason === null ? '' : t(keyOf('reason_dkim', signature.reason)),
    relation: t(keyOf('panel_relation', signature.relation)),
    rows: detailRows(signature, t),
  }));
}

function detailRows(signature: DkimSignatureReport, t: Translate): readonly Row[] {
  const { facts, notes, keyBits } = signature;
  return [
    ...row(t('panel_identity'), signature.identity),
    ...row(t('panel_selector'), signature.selector),
    ...row(t('panel_algorithm'), signature.algorithm === null ? null : algorithmText(signature.algorithm, keyBits, t)),
    ...row(t('panel_canonicalization'), signature.canonicalization),
    ...row(t('panel_signed_at'), timeText(signature.signedAt, t)),
    ...row(t('panel_expires_at'), timeText(signature.expiresAt, t)),
    ...FACTS.map((fact) => ({ label: t(`panel_fact_${fact}`), text: t(`panel_fact_is_${facts[fact]}`) })),
    ...row(t('panel_signed_fields'), signature.signedHeaders.join(', ') || null),
    ...row(t('panel_unsigned_fields'), signature.unsignedImportant.join(', ') || null),
    ...row(
      t('panel_unsigned_tail'),
      signature.unsignedTail === undefined ? null : counted(t, 'panel_octets', signature.unsignedTail),
    ),
    ...(signature.testing || notes.includes('testing-key')
      ? [{ label: t('panel_key_flag'), text: t('panel_testing') }]
      : []),
    ...row(t('panel_key_name'), signature.keyName),
    ...row(t('panel_record'), signature.keyRecord).map((record) => ({ ...record, isCopied: true as const })),
    ...(signature.keyName === null ? [] : [{ label: 'DNSSEC', text: t(`panel_dnssec_${signature.dnssec}`) }]),
    ...archivedRows(signature.archivedKey, t),
  ];
}

function archivedRows(key: ArchivedKeyReport | undefined, t: Translate): readonly Row[] {
  if (!key) return [];
  return [
    { label: t('panel_archived_key'), text: key.record, isCopied: true },
    {
      label: t('panel_archived_key_seen'),
      text: t('panel_archived_key_span', {
        first: timeText(key.firstSeen, t) ?? '',
        last: timeText(key.lastSeen, t) ?? '',
      }),
      note: `DNSSEC: ${t(`panel_dnssec_${key.dnssec}`)}`,
    },
    { label: t('panel_archived_key_withdrawal'), text: t(`panel_archived_key_withdrawal_${key.withdrawal}`) },
    {
      label: t('panel_archived_key_verifies'),
      text: t(`panel_archived_key_verifies_${key.verifies ? 'yes' : 'no'}`),
    },
  ];
}

const FACTS: readonly (keyof DkimFacts)[] = ['syntax', 'key', 'bodyHash', 'signature', 'time', 'coverage'];

function algorithmText(algorithm: string, bits: number | null, t: Translate): string {
  return bits === null ? algorithm : t('panel_algorithm_bits', { algorithm, bits: String(bits) });
}
