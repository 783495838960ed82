/** Where vouchers come from, as evidence. */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { fieldEvidence, type Evidence } from '../message/evidence.ts';
import type { Message } from '../message/types.ts';

/** Evidence for a field by its position; empty for a position that does not exist. */
export function fieldAt(message: Message, index: number): readonly Evidence[] {
  const field = message.fields[index];
  return field ? [fieldEvidence(field)] : [];
}

export function evidenceOf(name: string, type: string, record: string | null): readonly Evidence[] {
  return [{ kind: 'dns', name, type, record }];
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
