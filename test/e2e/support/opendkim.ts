/** An OpenDKIM of our own, as the mail filter of a Postfix on this machine. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from './port.ts';
import { startProgram, waitFor } from './process.ts';

export interface OpenDkim {
  /** As `smtpd_milters` of main.cf(5) wants it. */
  readonly milter: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** opendkim.conf(5), and further files by name; `FOLDER` stands for their folder. */
export async function startOpenDkim(
  settings: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<OpenDkim> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-opendkim-'));
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
  const lines = Object.entries({ ...settings, Socket: `inet:${port}@127.0.0.1` });
  const config = join(folder, 'opendkim.conf');
  await writeFile(
    config,
    lines.map(([name, value]) => `${name} ${value.replaceAll('FOLDER', folder)}\n`),
  );
  const program = startProgram('opendkim', ['-f', '-x', config]);
  const stop = async () => {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor('OpenDKIM', () => program.child.exitCode !== null || isListening(port));
    if (program.child.exitCode !== null) throw new Error('it ended');
  } catch (error) {
    await stop();
    throw new Error(`OpenDKIM did not start: ${program.output()}`, { cause: error });
  }
  return { milter: `inet:127.0.0.1:${port}`, log: program.output, stop };
}
