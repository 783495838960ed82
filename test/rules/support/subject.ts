/** Reports for rules: of real messages, or made up field by field. */
import { utf8ToBytes } from '../../../src/bytes/ascii.ts';
import { checkMessage, type CheckContext } from '../../../src/check.ts';
import { createZoneResolver } from '../../../src/dns/zone.ts';
import type { Report } from '../../../src/report/types.ts';

const NOW = new Date('2026-11-22T08:00:00Z');

/** The Report of a message of these header lines, in a DNS where no name exists. */
export function reportOf(...lines: readonly string[]): Promise<Report> {
  return reportOfBytes(utf8ToBytes([...lines, '', 'text', ''].join('\r\n')));
}

export function reportOfBytes(raw: Uint8Array, context: Partial<CheckContext> = {}): Promise<Report> {
  return checkMessage(raw, { resolver: createZoneResolver({}), now: NOW, ...context });
}
