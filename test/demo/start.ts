/**
 * `npm start`: a throwaway Thunderbird with the extension and the demo mailbox, and a DoH server on loopback that answers for its
 * domains. With `--print`, or where no Thunderbird can be opened, the verdicts as a table. Nothing leaves the machine.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createDohResolver } from '../../src/dns/doh.ts';
import { startThunderbird } from '../e2e/support/thunderbird.ts';
import { buildDemo, type Demo } from '../fixtures/build/demo.ts';
import { startDohServer } from '../support/doh-server.ts';
import { findThunderbird, hasDisplay } from './find-thunderbird.ts';
import { demoTable } from './table.ts';

const root = join(import.meta.dirname, '..', '..');
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const now = new Date();
const demo = await buildDemo(now);
const server = await startDohServer(demo.zone);
try {
  if (process.argv.includes('--print')) await printTable();
  else await openOrPrint();
} finally {
  await server.close();
}

async function openOrPrint(): Promise<void> {
  const executable = findThunderbird();
  if (executable === undefined) {
    say('No Thunderbird was found. Get it from https://www.thunderbird.net/ (140 or later), or name the program in');
    say('COUNTERSIGN_THUNDERBIRD. Here are the verdicts of the demo mailbox instead.\n');
    return printTable();
  }
  if (!hasDisplay()) {
    say('There is no display to open Thunderbird on. Here are the verdicts of the demo mailbox instead.\n');
    return printTable();
  }
  return openThunderbird(executable, demo);
}

async function printTable(): Promise<void> {
  say(await demoTable(demo, createDohResolver(server.url), now));
}

async function openThunderbird(executable: string, { messages, trust }: Demo): Promise<void> {
  say('Building the extension …');
  const built = spawnSync('npm', ['run', '-s', 'build:thunderbird'], { cwd: root, stdio: 'inherit', shell: true });
  if (built.status !== 0) throw new Error('the extension could not be built');
  say('Opening Thunderbird with a throwaway profile; close it to end the demo.');
  const thunderbird = await startThunderbird({
    extension: join(root, 'dist', 'countersign-thunderbird.xpi'),
    messages: messages.map(({ eml }) => eml),
    executable,
    display: 'users',
  });
  // Ctrl+C in the terminal must leave nothing behind either.
  process.once('SIGINT', () => void thunderbird.close().finally(() => process.exit(130)));
  try {
    await thunderbird.configure({ resolver: server.url, authservIds: trust.authservIds });
    await thunderbird.openInbox();
    await thunderbird.select(0);
    await thunderbird.ended();
  } finally {
    await thunderbird.close();
  }
}
