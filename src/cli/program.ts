/** The commands and their options. Says what each does; the work is in one file per command. */
import { Command, Option } from 'commander';
import { runCheck, type CheckOptions } from './check-command.ts';
import { runPractices, type PracticesCommandOptions } from './practices-command.ts';
import { runProfile, type ProfileOptions } from './profile-command.ts';
import { runRules, type RulesOptions } from './rules-command.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';
import { runSpf, type SpfOptions } from './spf-command.ts';

export function makeProgram(terminal: Terminal): Command {
  const program = new Command('countersign')
    .description('Who really sent this mail, as far as you can know it.')
    .version(VERSION)
    .showHelpAfterError('(--help after a command lists its options)')
    .configureOutput({ writeOut: terminal.write, writeErr: terminal.complain })
    .exitOverride();

  withChecking(program.command('check'))
    .description('check messages and say who confirms them')
    .argument('<file...>', MESSAGE_FILES)
    .option('--json', 'print one Report a line')
    .action((files: string[], options: CheckOptions) => runCheck(files, options, terminal));

  withChecking(program.command('rules'))
    .description('say what rules would do with messages, or write the rules as a Sieve script')
    .argument('[file...]', MESSAGE_FILES)
    .requiredOption('--rules <file>', 'the rules, as JSON')
    .option('--sieve', 'write a Sieve script of every rule a server can decide; the others are named on standard error')
    .option('--json', 'print one line of JSON a message')
    .action((files: string[], options: RulesOptions) => runRules(files, options, terminal));

  withResolver(program.command('spf'))
    .description('evaluate SPF (RFC 7208, RFC 4406) for a client and a sender')
    .requiredOption('--ip <address>', 'the address of the sending host')
    .requiredOption('--sender <address>', 'the envelope sender, or the responsible address with --scope pra')
    .requiredOption('--helo <name>', 'the name the host gave in HELO or EHLO')
    .addOption(
      new Option('--scope <identity>', 'the identity to check').choices(['mfrom', 'pra', 'helo']).default('mfrom'),
    )
    .option('--json', 'print the result as JSON')
    .action((options: SpfOptions) => runSpf(options, terminal));

  withResolver(program.command('practices'))
    .description('say what a domain publishes about its own mail')
    .argument('<domain>')
    .option('--older', OLDER_FORMS)
    .option('--json', 'print the statements as JSON')
    .action((domain: string, options: PracticesCommandOptions) => runPractices(domain, options, terminal));

  withResolver(program.command('profile'))
    .description('show what a domain publishes about its mail, SPF as a tree with lookups counted, and what is wrong')
    .argument('<domain>')
    .option('--selector <name>', 'look up the DKIM key of this selector (repeatable)', collect)
    .option('--older', OLDER_FORMS)
    .option('--json', 'print the profile as JSON')
    .action((domain: string, options: ProfileOptions) => runProfile(domain, options, terminal));

  return program;
}

const OLDER_FORMS = 'also look up older forms: DomainKeys policies and the SSP drafts';
const MESSAGE_FILES = 'message files (.eml), mbox files, or - for standard input';

function withChecking(command: Command): Command {
  return withResolver(command)
    .option('--trust <authserv-id>', 'results by this mail server of yours count (repeatable)', collect)
    .option('--own-host <name>', 'a server of yours, as it names itself in Received (repeatable)', collect)
    .option(
      '--own-network <cidr>',
      'where your servers hand mail to each other, instead of private addresses (repeatable)',
      collect,
    )
    .option('--results-below <n>', 'so many results your server writes below its own Received line')
    .option('--trust-file <json>', 'all of this and forwarders, from a JSON file (docs/command-line.md)')
    .option('--own <address>', 'an address of yours, to recognize returned mail that you sent (repeatable)', collect)
    .option('--at <time>', 'check as of this ISO 8601 time instead of now')
    .option('--client-ip <address>', 'the address the message was received from, for SPF')
    .option('--jobs <n>', 'messages checked at the same time', '8');
}

function withResolver(command: Command): Command {
  return command
    .option('--zone <file>', 'look up names in this zone file (docs/command-line.md)')
    .option('--doh <url>', 'look up names with this DNS service (DNS over HTTPS)')
    .addOption(
      new Option(
        '--dnssec <when>',
        'validate its answers here, from the root down; on, unless the service is on this computer',
      ).choices(['on', 'off']),
    )
    .option('--trust-anchor <file>', "the root's DS records, instead of those that came with this version");
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
