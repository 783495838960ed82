/** Checks every message of every input in order; what can't be read or fails is named, and the others are still done. */
import { checkMessage, type CheckContext } from '../check.ts';
import type { Report } from '../report/types.ts';
import { InputError, readMessages, type InputMessage } from './input.ts';
import { addressFrom, clockFrom, resolverFrom, UsageError, type ResolverOptions } from './options.ts';
import type { Terminal } from './terminal.ts';
import { trustFrom, type TrustOptions } from './trust.ts';

export interface CheckingOptions extends ResolverOptions, TrustOptions {
  readonly own?: readonly string[];
  readonly at?: string;
  readonly clientIp?: string;
  readonly jobs: string;
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
  const jobs = jobsFrom(options.jobs);
  const context: CheckContext = {
    trust: await trustFrom(options),
    now: clockFrom(options.at),
    ownAddresses: options.own ?? [],
    clientIp: options.clientIp === undefined ? undefined : addressFrom('--client-ip', options.clientIp),
    resolver: await resolverFrom(options, terminal),
  };
  for (const file of files) {
    const inputs = await readOrComplain(file, terminal);
    const checks = inAdvance(inputs, jobs, (input) => checkOrComplain(input, context, terminal));
    let done = 0;
    for await (const [input, report] of checks) {
      done++;
      if (inputs.length > 1) terminal.progress(`${file}: ${done} of ${inputs.length} messages`);
      if (report === undefined) continue;
      complainOfNoMessage(input, report, terminal);
      yield { input, report };
    }
    terminal.progress('');
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

/** Works on so many items at a time and yields them in their order: while one waits for DNS, others go on. */
async function* inAdvance<Item, Done>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Done>,
): AsyncGenerator<readonly [Item, Done]> {
  const running: Promise<readonly [Item, Done]>[] = [];
  const start = async (item: Item): Promise<readonly [Item, Done]> => [item, await work(item)];
  for (const item of items) {
    running.push(start(item));
    const first = running.length < most ? undefined : running.shift();
    if (first) yield await first;
  }
  for (const rest of running) yield await rest;
}

function jobsFrom(text: string): number {
  const jobs = Number(text);
  if (/^\d{1,3}$/.test(text) && jobs > 0) return jobs;
  throw new UsageError(`--jobs wants a number from 1 to 999, not "${text}"`);
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

/** The Report says so too; this is for who looks at the exit code. */
function complainOfNoMessage(input: InputMessage, { problems }: Report, terminal: Terminal): void {
  if (!problems.includes('not-a-message') && !problems.includes('empty-message')) return;
  const what = problems.includes('empty-message') ? "it's empty" : "this isn't a mail message";
  terminal.complain(`countersign: ${labelOf(input)}: ${what}: name a saved message (.eml) or mailbox (mbox)\n`);
  terminal.fail();
}

/** A fault of ours is called that, and never becomes a statement about the message. */
async function checkOrComplain(
  input: InputMessage,
  context: CheckContext,
  terminal: Terminal,
): Promise<Report | undefined> {
  try {
    return await checkMessage(input.raw, context);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.complain(
      `countersign: ${labelOf(input)}: failed on this message. That's our mistake and says nothing about the message:\n${trace}\n`,
    );
    terminal.fail();
    return undefined;
  }
}
