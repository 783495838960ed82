/** Programs a test starts: each leads a process group of its own, so that stopping it leaves no child behind. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running program and the end of what it said. */
export interface RunningProgram {
  readonly child: ChildProcess;
  /** The last lines of standard output and error together, for a failure's message. */
  readonly output: () => string;
  /** Ends the program and all its children; resolves when they are gone. */
  readonly stop: () => Promise<void>;
  /** Ends it without giving it a chance to tidy up (SIGKILL). */
  readonly kill: () => Promise<void>;
}

const OUTPUT_KEPT = 64 * 1024;
const STOP_GRACE_MS = 3000;

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Gives the program an extra pipe as file descriptor 3. */
  readonly pipe?: boolean;
}

export function startProgram(command: string, args: readonly string[], options: StartOptions = {}): RunningProgram {
  const child = spawn(command, args, {
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.pipe === true ? (['pipe'] as const) : [])],
  });
  let kept = '';
  const keep = (data: Buffer) => {
    kept = (kept + data.toString('utf8')).slice(-OUTPUT_KEPT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(`${command}: ${error.message}\n`)));
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);

  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    const ended = await becomesTrue(() => !groupLives(child), STOP_GRACE_MS);
    if (!ended) signalGroup(child, 'SIGKILL');
    process.removeListener('exit', killAtExit);
  };
  const kill = async () => {
    signalGroup(child, 'SIGKILL');
    await becomesTrue(() => !groupLives(child), STOP_GRACE_MS);
    process.removeListener('exit', killAtExit);
  };
  return { child, output: () => kept, stop, kill };
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns its standard output. Rejects with its error output when it fails. */
export async function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => out.push(data));
  child.stderr.on('data', (data: Buffer) => err.push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${Buffer.concat(err).toString('utf8')}`);
  return Buffer.concat(out).toString('utf8');
}

/** A wait that used this part of its limit or more is told: the next machine may be slower. */
const NEAR_THE_LIMIT = 0.5;

/** Asks again and again until the answer is neither undefined nor false; then returns it. Rejects when the time is over. */
export async function waitFor<T>(
  what: string,
  ask: () => T | false | undefined | Promise<T | false | undefined>,
  { timeout = 15_000, interval = 50 }: { timeout?: number; interval?: number } = {},
): Promise<T> {
  const started = Date.now();
  for (;;) {
    const answer = await ask();
    const waited = Date.now() - started;
    if (answer !== undefined && answer !== false) {
      if (waited >= timeout * NEAR_THE_LIMIT) console.warn(`near its limit: ${waited} of ${timeout} ms for ${what}`);
      return answer;
    }
    if (waited > timeout) throw new Error(`waited ${timeout} ms in vain for ${what}`);
    await sleep(interval);
  }
}

async function becomesTrue(ask: () => boolean, timeout: number): Promise<boolean> {
  const end = Date.now() + timeout;
  while (!ask()) {
    if (Date.now() > end) return false;
    await sleep(25);
  }
  return true;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal); // Windows has no groups
  } catch {
    return false; // ESRCH: the group is gone
  }
}

function groupLives(child: ChildProcess): boolean {
  return signalGroup(child, 0);
}
