/** What other implementations of DKIM have in common for these tests, and how they are run. Nothing here asks the network. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { SigningKey } from '../../../dkim/support/signer.ts';

/** TXT records by name. */
export type TxtZone = Readonly<Record<string, readonly string[]>>;

/**
 * What a verifier says of the topmost signature, in words they all share: `body` and `signature` say which of the two hashes differs,
 * `fail` is either of them where the verifier does not tell; `key`: no usable key; `time`: expired or from the future; `form`: the
 * signature cannot be used for what it says of itself; `weak`: a key or an algorithm that must not count.
 */
export type Verdict = 'pass' | 'body' | 'signature' | 'fail' | 'key' | 'time' | 'form' | 'weak';

export interface Signing {
  /** Octets, one character each. */
  readonly message: string;
  readonly key: SigningKey;
  readonly domain: string;
  readonly selector: string;
  readonly canonicalization: string;
  readonly headers: readonly string[];
  /** Whether l= shall say how long the body is. */
  readonly length: boolean;
  /** Seconds from now to x=. */
  readonly lifetime?: number;
  /** Tags to add or override: only the tests' own signer does that. */
  readonly tags?: Readonly<Record<string, string | null>>;
}

export interface Peer {
  readonly name: string;
  readonly verify: (messages: readonly string[], zone: TxtZone) => Promise<readonly Verdict[]>;
  /** The messages with a signature on top; undefined where the program refuses to sign. */
  readonly sign: (jobs: readonly Signing[]) => Promise<readonly (string | undefined)[]>;
}

export const algorithmOf = ({ type }: SigningKey): string => `${type}-sha256`;

export function base64(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('base64');
}

/** Asks a script of this folder, with one JSON request; its answers come in the order of the jobs. */
export async function ask<A>(program: string, script: string, request: object): Promise<readonly A[]> {
  const { out, err } = await run(program, [join(import.meta.dirname, script)], { input: JSON.stringify(request) });
  if (out === '') throw new Error(`${script} failed: ${err}`);
  return JSON.parse(out) as readonly A[];
}

interface Said {
  readonly out: string;
  readonly err: string;
}

/** The octets a program writes. It may end as it likes: what it says is what counts. */
export async function run(
  program: string,
  args: readonly string[],
  { input, cwd }: { readonly input?: string; readonly cwd?: string },
): Promise<Said> {
  const child = spawn(program, args, { cwd, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (data: Buffer) => out.push(data));
  child.stderr?.on('data', (data: Buffer) => err.push(data));
  child.stdin?.end(input);
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { out: Buffer.concat(out).toString('latin1'), err: Buffer.concat(err).toString() };
}
