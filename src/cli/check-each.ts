/** Checks every message of every input, one after the other; what cannot be read or fails is told, and the others are still done. */
import { checkMessage, type CheckContext } from '../check.ts';
import type { Report } from '../report/types.ts';
import { InputError, readMessages, type InputMessage } from './input.ts';
import { addressFrom, clockFrom, resolverFrom, type ResolverOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface CheckingOptions extends ResolverOptions {
  readonly trust: readonly string[];
  readonly own: readonly string[];
  readonly at?: string;
  readonly clientIp?: string;
}

export interface CheckedInput {
  readonly input: InputMessage;
  readonly report: Report;
}

export async function* checkEach(
  files: readonly string[],
  options: CheckingOptions,
  terminal: Terminal,
): AsyncGenerator<CheckedInput> {
  const context: CheckContext = {
    resolver: await resolverFrom(options),
    now: clockFrom(options.at),
    trust: { authservIds: options.trust },
    ownAddresses: options.own,
    clientIp: options.clientIp === undefined ? undefined : addressFrom('--client-ip', options.clientIp),
  };
  for (const file of files) {
    for (const input of await readOrComplain(file, terminal)) {
      const report = await checkOrComplain(input, context, terminal);
      if (report) yield { input, report };
    }
  }
}

/** A message as it is named in output: its file, and its number in an mbox. */
export function labelOf({ file, number }: InputMessage): string {
  return number === undefined ? file : `${file} #${number}`;
}

/** The same for JSON. */
export function placeOf({ file, number }: InputMessage): { readonly file: string; readonly message?: number } {
  return { file, ...(number === undefined ? {} : { message: number }) };
}

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

/** A fault of ours is told as that, and never as a statement about the message. */
async function checkOrComplain(
  input: InputMessage,
  context: CheckContext,
  terminal: Terminal,
): Promise<Report | undefined> {
  try {
    return await checkMessage(input.raw, context);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.complain(`countersign: ${labelOf(input)}: failed on this message, by our own fault:\n${trace}\n`);
    terminal.fail();
    return undefined;
  }
}
