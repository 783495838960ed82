/** Verifying in tests: a string of octets and a zone in, the reports out. */
import { stringToOctets } from '../../../src/bytes/ascii.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import { verifyDkim, type VerifyDkimOptions } from '../../../src/dkim/verify.ts';
import type { DkimSignatureReport } from '../../../src/dkim/types.ts';

export const NOW = new Date('2026-06-01T12:00:00Z');

/** TXT records at `s._domainkey.example.com`. */
export function zoneOf(...records: readonly string[]) {
  return { 's._domainkey.example.com': { TXT: records } };
}

export function verifyAll(
  message: string,
  zone: Parameters<typeof createZoneResolver>[0],
  options: Partial<VerifyDkimOptions> = {},
): Promise<readonly DkimSignatureReport[]> {
  return verifyDkim(stringToOctets(message), { resolver: createZoneResolver(zone), now: NOW, ...options });
}

/** The report of the topmost signature. */
export async function verifyTop(...args: Parameters<typeof verifyAll>): Promise<DkimSignatureReport> {
  const [report] = await verifyAll(...args);
  if (!report) throw new Error('the message has no signature');
  return report;
}

/** `pass`, or result and reason. */
export function verdict({ result, reason }: DkimSignatureReport): string {
  return reason === null ? result : `${result} ${reason}`;
}
