/**
 * Child of main.ts: verifies the message in the given folder and prints how far memory grew, in sizes of the message, while it did so
 * and with the message itself. Linux only: /proc knows the highest point since it was last told to forget.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDkim } from '../../src/dkim/verify.ts';
import { fromMemory } from './portable.ts';

/** Kilobytes, by its name in /proc/self/status. */
function memory(name: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? NaN);
}

if (existsSync('/proc/self/clear_refs')) {
  const folder = process.argv[2] ?? '.';
  const records = JSON.parse(readFileSync(join(folder, 'records.json'), 'utf8')) as Record<string, string>;
  const options = { resolver: fromMemory(records), now: new Date('2026-06-01T12:00:00Z') };
  // Compiled and with its caches filled before anything is measured.
  await verifyDkim(new TextEncoder().encode('DKIM-Signature: v=1\r\nFrom: a@example.com\r\n\r\nwarm up\r\n'), options);

  const message = readFileSync(join(folder, 'message.eml'));
  const before = memory('VmRSS');
  writeFileSync('/proc/self/clear_refs', '5');
  const [report] = await verifyDkim(message, options);
  const grown = ((memory('VmHWM') - before) * 1024) / message.length;
  console.log(`${(1 + grown).toFixed(2)} with the message (${report?.result ?? 'nothing'})`);
} else {
  console.log('not measured on this platform');
}
