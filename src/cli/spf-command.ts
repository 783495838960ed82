/** `countersign spf`: check_host() for one client and sender. */
import { visibleText } from '../bytes/visible.ts';
import { checkHost } from '../spf/evaluate.ts';
import type { SpfIdentity, SpfReport } from '../spf/types.ts';
import { addressFrom, resolverFrom, type ResolverOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { line } from './text.ts';
import { keyOf } from '../words/translate.ts';
import { words } from './words.ts';

export interface SpfOptions extends ResolverOptions {
  readonly ip: string;
  readonly sender: string;
  readonly helo: string;
  readonly scope: SpfIdentity;
  readonly json?: true;
}

export async function runSpf(options: SpfOptions, terminal: Terminal): Promise<void> {
  const { sender, helo, scope } = options;
  const ip = addressFrom('--ip', options.ip);
  const report = await checkHost({
    ip,
    sender,
    helo,
    scope,
    resolver: await resolverFrom(options, terminal),
    now: new Date(),
  });
  terminal.write(options.json ? `${JSON.stringify(report)}\n` : formatSpf(report));
}

function formatSpf(report: SpfReport): string {
  const { result, reason, identity, domain, clientIp, mechanism, record, recordName, explanation, lookups } = report;
  const lines = [
    `${result}${reason === null ? '' : ` (${reason})`}  ${identity} ${visibleText(domain)}, from ${clientIp}`,
    ...(reason === null ? [] : [line('Why', words(keyOf('reason_spf', reason)))]),
    ...(mechanism === undefined ? [] : [line('Matched', visibleText(mechanism))]),
    ...(record === undefined ? [] : [line('Record', `${visibleText(recordName ?? domain)}: ${visibleText(record)}`)]),
    ...(explanation === undefined ? [] : [line('They say', visibleText(explanation))]),
    line('Lookups', String(lookups)),
  ];
  return `${lines.join('\n')}\n`;
}
