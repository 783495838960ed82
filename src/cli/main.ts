/** The command line: reads the words, runs one command, sets the exit code. */
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';
import { UsageError } from './options.ts';

const WRONG_USAGE = 2;

// All questions of a check wait for one signal, which Node would take for a leak.
setMaxListeners(0);

try {
  await makeProgram({
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    fail: () => {
      process.exitCode = 1;
    },
  }).parseAsync(process.argv);
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`countersign: ${error.message}\n`);
  else if (!(error instanceof CommanderError)) throw error;
  const harmless = error instanceof CommanderError && error.exitCode === 0;
  process.exitCode = harmless ? 0 : WRONG_USAGE;
}
