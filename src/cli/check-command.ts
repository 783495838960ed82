/** `countersign check`: every message of every input, as text or as one Report a line. */
import { checkMessage } from '../check.ts';
import type { Report } from '../report/types.ts';
import { InputError, readMessages, type InputMessage } from './input.ts';
import { addressFrom, clockFrom, resolverFrom, type ResolverOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { formatReport } from './text-report.ts';

export interface CheckOptions extends ResolverOptions {
  readonly trust: readonly string[];
  readonly at?: string;
  readonly clientIp?: string;
  readonly json?: true;
}

export async function runCheck(files: readonly string[], options: CheckOptions, terminal: Terminal): Promise<void> {
  const resolver = await resolverFrom(options);
  const now = clockFrom(options.at);
  const clientIp = options.clientIp === undefined ? undefined : addressFrom('--client-ip', options.clientIp);
  for (const file of files) {
    for (const input of await readOrComplain(file, terminal)) {
      const report = await checkMessage(input.raw, {
        resolver,
        now,
        trust: { authservIds: options.trust },
        clientIp,
      });
      terminal.write(
        options.json ? `${jsonLine(input, report)}\n` : formatReport(label(input), report, terminal.colour),
      );
    }
  }
}

/** An input that cannot be read is told and passed over; the others are still done. */
async function readOrComplain(file: string, terminal: Terminal): Promise<readonly InputMessage[]> {
  try {
    return await readMessages(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    terminal.complain(`countersign: ${error.message}\n`);
    terminal.fail();
    return [];
  }
}

function jsonLine({ file, number }: InputMessage, report: Report): string {
  return JSON.stringify({ file, ...(number === undefined ? {} : { message: number }), ...report });
}

function label({ file, number }: InputMessage): string {
  return number === undefined ? file : `${file} #${number}`;
}
