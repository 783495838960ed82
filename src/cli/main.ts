/** The command line: reads the words, runs one command, sets the exit code. */
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';
import { UsageError } from './options.ts';
import { createProgressLine } from './progress.ts';

const WRONG_USAGE = 2;

// All lookups of a check wait for one signal, which Node would take for a leak.
setMaxListeners(0);

// Whoever reads the output may have read enough (`| head`): no fault, and nothing left to do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const line = createProgressLine(process.stderr, () => performance.now());

try {
  await makeProgram({
    write: (text) => {
      line.clear();
      process.stdout.write(text);
    },
    complain: (text) => {
      line.clear();
      process.stderr.write(text);
    },
    progress: line.show,
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
