/** What one DKIM signature that was checked here is worth as a voucher. */
import type { DkimSignatureReport } from '../dkim/types.ts';
import { LIMITS } from '../limits.ts';
import type { VoucherState, WeightlessReason } from './types.ts';

const DAY = 86_400_000;

/** When the message is held to have come. */
export interface ReceiptTime {
  /** As the reader's own servers recorded it; undefined where none is believed. */
  readonly recorded: Date | undefined;
  readonly now: Date;
}

/** Reasons for which there is no key that could say anything (RFC 6376 §6.1.2, §3.6.1 p=). */
const WITHOUT_KEY: ReadonlySet<DkimSignatureReport['reason']> = new Set(['key-not-found', 'key-revoked']);

export function signatureState(signature: DkimSignatureReport, time: ReceiptTime): VoucherState {
  const { result, reason, facts, notes, archivedKey, checked } = signature;
  if (result === 'pass') return notes.includes('expired-after-delivery') ? 'valid-at-receipt' : 'valid';
  if (verifiedInItsTime(signature, time)) return 'valid-at-receipt';
  if (result === 'temperror' || !checked) return 'unknown';
  // Expired by a recorded time of receipt, it came too late; by the clock alone, it may well have come in time.
  if (reason === 'expired' && facts.signature === 'good')
    return time.recorded === undefined ? 'expired-since' : 'failed';
  return WITHOUT_KEY.has(reason) || archivedKey?.verifies === true ? 'key-gone' : 'failed';
}

/**
 * A key may become known to anybody once it is out of use, and some domains publish theirs then. So what it signed counts only where
 * the message was received, by the reader's own servers or by this machine's clock, while the key was still seen in DNS or shortly
 * after; and never where it was revoked (RFC 6376 §3.6.1 p=).
 */
export function verifiedInItsTime({ archivedKey }: DkimSignatureReport, { recorded, now }: ReceiptTime): boolean {
  if (!archivedKey?.verifies || archivedKey.withdrawal === 'revoked') return false;
  const received = recorded ?? now;
  return received.getTime() <= Date.parse(archivedKey.lastSeen) + LIMITS.archivedKeyGraceDays * DAY;
}

/** Why a signature decides nothing, valid or not; null where it may. */
export function weightlessReason({ testing, unsignedTail = 0 }: DkimSignatureReport): WeightlessReason | null {
  if (testing) return 'testing-key';
  return unsignedTail > 0 ? 'unsigned-tail' : null;
}
