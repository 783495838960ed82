/** A Postfix of our own on this machine: its own configuration, queue and ports, nothing of /etc/postfix. Needs root, as Postfix does. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from './port.ts';
import { runProgram, startProgram, waitFor } from './process.ts';

export interface Postfix {
  readonly port: number;
  /** The end of its log, for a failure's message. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export interface PostfixOptions {
  readonly hostname: string;
  /** main.cf(5) beside what every instance here has. */
  readonly settings: Readonly<Record<string, string>>;
  /** Tables by file name; `${config_directory}` names their folder. */
  readonly tables?: Readonly<Record<string, string>>;
}

/** Starts an instance that takes mail by SMTP on the loopback interface, and waits until it does. */
export async function startPostfix({ hostname, settings, tables = {} }: PostfixOptions): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-postfix-'));
  const config = join(folder, 'config');
  const port = await freePort();
  const logFile = join(folder, 'log');
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const main = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    maillog_file: logFile,
    maillog_file_prefixes: folder,
    myhostname: hostname,
    inet_protocols: 'ipv4',
    alias_maps: '',
    smtpd_peername_lookup: 'no', // nothing here asks the machine's own resolver
    smtp_dns_support_level: 'disabled',
    ...settings,
  };
  await mkdir(config);
  await mkdir(main.queue_directory);
  await mkdir(main.data_directory);
  await runProgram('chmod', ['755', folder]);
  await runProgram('chown', ['postfix', main.data_directory]);
  await writeFile(
    join(config, 'main.cf'),
    Object.entries(main).map(([name, value]) => `${name} = ${value}\n`),
  );
  await writeFile(join(config, 'master.cf'), services(port));
  for (const [name, text] of Object.entries(tables)) await writeFile(join(config, name), text);
  await runProgram('postfix', ['-c', config, 'check']); // makes the folders of the queue
  // As in debugging: in the foreground, and in the process group it was started in.
  const program = startProgram('/usr/lib/postfix/sbin/master', ['-c', config, '-d']);
  const stop = async () => {
    await program.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitFor('Postfix', () => program.child.exitCode !== null || isListening(port));
    if (program.child.exitCode !== null) throw new Error('it ended');
  } catch (error) {
    await stop();
    throw new Error(`Postfix did not start: ${log()}${program.output()}`, { cause: error });
  }
  return { port, log, stop };
}

/** master.cf(5): what taking mail in and passing it on needs, none of it in a chroot. */
function services(port: number): string {
  return `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
`;
}
