/** `countersign check`: every message of every input, as text or as one Report a line. */
import { checkMessage, type CheckContext } from '../check.ts';
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
  const context: CheckContext = { resolver, now, trust: { authservIds: options.trust }, clientIp };
  for (const file of files) {
    for (const input of await readOrComplain(file, terminal)) {
      const report = await checkOrComplain(input, context, terminal);
      if (!report) continue;
      terminal.write(
        options.json ? `${jsonLine(input, report)}\n` : formatReport(label(input), report, terminal.colour),
      );
    }
  }
}

/** A fault of ours is told as that, and the other messages are still done. */
async function checkOrComplain(
  input: InputMessage,
  context: CheckContext,
  terminal: Terminal,
): Promise<Report | undefined> {
  try {
    return await checkMessage(input.raw, context);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.complain(`countersign: ${label(input)}: failed on this message, by our own fault:\n${trace}\n`);
    terminal.fail();
    return undefined;
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
