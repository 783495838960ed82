/** The commands and their options. Says what each does; the work is in one file per command. */
import { Command } from 'commander';
import { runCheck, type CheckOptions } from './check-command.ts';

/** Where output goes: standard output and error in the program, memory in tests. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Whether colour may be used. */
  readonly colour: boolean;
  /** Marks the run as having met an input that could not be read (exit 1). */
  readonly fail: () => void;
}

export function makeProgram(terminal: Terminal): Command {
  const program = new Command('countersign')
    .description('Who really sent this mail, as far as you can know it.')
    .showHelpAfterError('(countersign --help lists the commands)')
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.complain })
    .exitOverride();

  program
    .command('check')
    .description('check messages and tell who vouches for them')
    .argument('<file...>', 'message files (.eml), mbox files, or - for standard input')
    .option('--zone <file>', 'answer DNS questions from this zone file')
    .option('--doh <url>', 'ask this DNS-over-HTTPS resolver')
    .option('--trust <authserv-id>', 'believe results of this receiving server (repeatable)', collect, [])
    .option('--at <time>', 'check as of this ISO 8601 time instead of now')
    .option('--client-ip <address>', 'the address the message was received from, for SPF')
    .option('--json', 'print one Report a line')
    .action((files: string[], options: CheckOptions) => runCheck(files, options, terminal));

  return program;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
