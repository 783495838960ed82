/** A real Roundcube, as Debian packages it, over the tests' own Dovecot: served by PHP itself, with a configuration and a database of its own. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from './port.ts';
import { runProgram, startProgram, waitFor } from './process.ts';

const DEBIAN = '/etc/roundcube';
const DOCUMENTS = '/var/lib/roundcube/public_html';
const SCHEMA = '/usr/share/roundcube/SQL/sqlite.initial.sql';

export interface Roundcube {
  /** Its address, with a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @param imapPort of an IMAP server on this machine */
export async function startRoundcube(imapPort: number): Promise<Roundcube> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-roundcube-'));
  const port = await freePort();
  for (const part of ['config', 'temp', 'logs']) await mkdir(join(folder, part));
  for (const file of ['defaults.inc.php', 'mimetypes.php'])
    await symlink(join(DEBIAN, file), join(folder, 'config', file));
  await writeFile(join(folder, 'config', 'config.inc.php'), configuration(folder, imapPort));
  const code = `$db = new PDO('sqlite:${folder}/rc.db'); $db->exec(file_get_contents('${SCHEMA}'));`;
  await runProgram('php', ['-r', code]);
  const server = startProgram('php', ['-S', `127.0.0.1:${port}`, '-t', DOCUMENTS], {
    env: { ROUNDCUBE_CONFIG_DIR: join(folder, 'config'), PHP_CLI_SERVER_WORKERS: '4' },
  });
  try {
    await waitFor('Roundcube', () => isListening(port));
  } catch (error) {
    await server.stop();
    throw new Error(`Roundcube did not start: ${server.output()}`, { cause: error });
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function configuration(folder: string, imapPort: number): string {
  return `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${folder}/rc.db?mode=0640';
$config['imap_host'] = '127.0.0.1:${imapPort}';
$config['smtp_host'] = '127.0.0.1:1';
$config['des_key'] = 'four-and-twenty-letters!';
$config['temp_dir'] = '${folder}/temp/';
$config['log_dir'] = '${folder}/logs/';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = 'en_US';
$config['enable_spellcheck'] = false;
$config['list_cols'] = ['subject', 'fromto', 'date'];
`;
}
