/** OpenDKIM, by the test mode of its mail filter: it reads messages, keys and its configuration from files. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { algorithmOf, run, type Peer, type Verdict } from './peer.ts';

export const hasOpenDkim = spawnSync('opendkim', ['-V']).error === undefined;

async function inFolder<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-opendkim-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** As many messages as fit on one command line. */
const MESSAGES_A_RUN = 1000;

async function runOpenDkim(folder: string, settings: readonly string[], messages: readonly string[]): Promise<string> {
  const config = join(folder, 'opendkim.conf');
  await writeFile(config, ['RequireSafeKeys no', ...settings, ''].join('\n'));
  const files = messages.map((_, at) => `${at}.eml`);
  await Promise.all(files.map((file, at) => writeFile(join(folder, file), Buffer.from(messages[at] ?? '', 'latin1'))));
  return (await run('opendkim', ['-x', config, '-vv', '-t', files.join(',')], { cwd: folder })).out;
}

export const openDkim: Peer = {
  name: 'OpenDKIM',
  verify: (messages, zone) =>
    inFolder(async (folder) => {
      const keys = join(folder, 'keys');
      const lines = Object.entries(zone).flatMap(([name, records]) => records.map((record) => `${name} ${record}\n`));
      await writeFile(keys, lines.join(''));
      const verdicts: Verdict[] = [];
      while (verdicts.length < messages.length) {
        const some = messages.slice(verdicts.length, verdicts.length + MESSAGES_A_RUN);
        const said = await runOpenDkim(folder, ['Mode v', `TestPublicKeys ${keys}`], some);
        verdicts.push(
          ...Array.from(said.matchAll(/^opendkim: \d+\.eml: (.*)$/gm), ([, words = '']) => readOpenDkim(words)),
        );
        // A signature it cannot read ends the test mode.
        if (!said.includes(`: ${some.length - 1}.eml: `)) verdicts.push('form');
      }
      return verdicts;
    }),
  sign: (jobs) =>
    inFolder(async (folder) => {
      const keyFile = join(folder, 'private.pem');
      return inTurn(jobs, async (job) => {
        await writeFile(keyFile, job.key.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
        const names = job.headers.map((name) => name.toLowerCase());
        const oversigned = names.filter((name, index) => names.indexOf(name) !== index);
        const settings = [
          'Mode s',
          `Domain ${job.domain}`,
          `Selector ${job.selector}`,
          `KeyFile ${keyFile}`,
          `Canonicalization ${job.canonicalization}`,
          `SignatureAlgorithm ${algorithmOf(job.key)}`,
          `SignHeaders ${names.join(',')}`,
          ...(oversigned.length > 0 ? [`OversignHeaders ${oversigned.join(',')}`] : []),
          ...(job.lifetime === undefined ? [] : [`SignatureTTL ${job.lifetime}`]),
        ];
        const said = await runOpenDkim(folder, settings, [job.message]);
        const value = /hname='DKIM-Signature' hvalue='([^']*)'/.exec(said)?.[1];
        return value && `DKIM-Signature: ${value.replaceAll('\n', '\r\n')}\r\n${job.message}`;
      });
    }),
};

/** Its words for why a signature does not count, and what they mean here. The others say what is wrong with the signature itself. */
const OPENDKIM_WORDS: readonly (readonly [RegExp, Verdict])[] = [
  [/succeeded$/, 'pass'],
  [/: (?:signature verification failed|length tag value exceeds body size)$/, 'fail'],
  [/: signature (?:expired|timestamp .*)$/, 'time'],
  [/: signing key too small$/, 'weak'],
  [/: (?:.*\bkey\b.*|unauthorized subdomain)$/, 'key'],
];

function readOpenDkim(words: string): Verdict {
  return OPENDKIM_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'form';
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
