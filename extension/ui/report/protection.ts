/** End-to-end protection as words: what it means for those who handled the message. */
import type { ProtectedPart, ProtectionReport } from '../../../src/message/protection.ts';
import type { Translate } from '../words.ts';
import { row, type Row } from './rows.ts';

const KIND_NAMES = { smime: 'S/MIME', openpgp: 'OpenPGP' } as const;

export function protectionRows({ parts, autocrypt }: ProtectionReport, t: Translate): readonly Row[] {
  return [
    ...parts.map((part) => ({
      label: t('panel_protection'),
      text: t(part.encrypted ? 'panel_protection_encrypted' : 'panel_protection_signed', {
        kind: KIND_NAMES[part.kind],
      }),
      note: remarksOn(part, t).join(' '),
    })),
    ...row(t('panel_protection_autocrypt'), autocrypt),
  ];
}

function remarksOn({ encrypted, part, inline, headerFields }: ProtectedPart, t: Translate): readonly string[] {
  return [
    t(encrypted ? 'panel_protection_unreadable' : 'panel_protection_unchecked'),
    ...(part === '' ? [] : [t('panel_protection_part', { part })]),
    ...(inline ? [t('panel_protection_inline')] : []),
    ...(headerFields === null ? [] : [t('panel_protection_header')]),
  ];
}
