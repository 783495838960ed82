/** Runs scripts through Pigeonhole's `sieve-test` (Debian: dovecot-sieve), which says what a server would do and does nothing. */
import { execFile, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const hasSieve = spawnSync('sieve-test', ['-h']).error === undefined;
if (!hasSieve)
  console.info('sieve-test is not installed (dovecot-sieve): what a server makes of the scripts is not tested');

export interface Outcome {
  readonly folder: string;
  readonly flags: readonly string[];
}

/** What the script does with a message. Throws where it does not run. */
export type Deliver = (raw: Uint8Array) => Promise<Outcome>;

export interface SieveServer {
  /** Compiles a script once; throws where it does not compile. */
  load(script: string): Promise<Deliver>;
  close(): void;
}

/** As root the program wants another user's identity; nobody's will do. */
const NOBODY = 65534;

export function startSieve(): SieveServer {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sieve-'));
  const asRoot = process.getuid?.() === 0;
  const uid = asRoot ? NOBODY : (process.getuid?.() ?? NOBODY);
  if (asRoot) chownSync(folder, NOBODY, NOBODY);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(
    config,
    [`mail_uid=${uid}`, `mail_gid=${uid}`, `mail_home=${folder}`, `mail_location=maildir:${folder}/mail`, ''].join(
      '\n',
    ),
  );
  let count = 0;
  return {
    async load(script) {
      const file = join(folder, `${count++}.sieve`);
      writeFileSync(file, script);
      await run('sievec', ['-c', config, file]);
      return async (raw) => {
        const message = join(folder, `${count++}.eml`);
        writeFileSync(message, raw);
        const { stdout, stderr } = await run('sieve-test', ['-c', config, file, message]);
        rmSync(message);
        if (!stderr.includes('final result: success')) throw new Error(stderr);
        return readOutcome(stdout);
      };
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** The one place a message is stored in, and with which flags, in lower case as sieve-test shows system flags. */
function readOutcome(stdout: string): Outcome {
  const stored = [...stdout.matchAll(/\* store message in folder: (.*)\n((?: +\+ .*\n)*)/g)];
  const [only] = stored;
  if (only === undefined || stored.length !== 1) throw new Error(`not stored once:\n${stdout}`);
  const [, folder = '', details = ''] = only;
  const flags = /\+ add IMAP flags: (.*)/.exec(details)?.[1] ?? '';
  return {
    folder,
    flags: flags
      .split(' ')
      .filter((flag) => flag !== '')
      .map((flag) => flag.toLowerCase())
      .sort(),
  };
}
