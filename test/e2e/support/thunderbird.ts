/**
 * Starts a real Thunderbird with a throwaway profile, the built extension and a mailbox, driven with full privileges over
 * WebDriver BiDi: for the end-to-end tests on a display of its own, for the demo on the reader's.
 */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GECKO_ID } from '../../../extension/manifest/targets.ts';
import { BidiClient } from './bidi.ts';
import { startDisplay } from './display.ts';
import type { Display } from './display.ts';
import { startProgram, waitFor } from './process.ts';
import type { RunningProgram } from './process.ts';
import { createProfile } from './profile.ts';
import type { PreferenceValue, Profile } from './profile.ts';
import { Thunderbird } from './session.ts';

const START_TIMEOUT_MS = 90_000;

export interface ThunderbirdOptions {
  /** The built package. */
  readonly extension: string;
  /** Raw messages of the local inbox, in their order. */
  readonly messages: readonly Uint8Array[];
  /** Program to start; the `thunderbird` of the search path where none is given. */
  readonly executable?: string;
  /** `own`: an X server in memory, with screenshots. `users`: the display of whoever started us. */
  readonly display: 'own' | 'users';
  /** A certificate authority (PEM file) that the profile trusts. */
  readonly authority?: string;
  readonly preferences?: Readonly<Record<string, PreferenceValue>>;
}

/** Starts Thunderbird and waits until the extension runs. Nothing is left behind when it rejects. */
export async function startThunderbird(options: ThunderbirdOptions): Promise<Thunderbird> {
  const profile = await createProfile({
    extension: { file: options.extension, id: GECKO_ID },
    inbox: options.messages,
    ...(options.authority === undefined ? {} : { authority: options.authority }),
    ...(options.preferences === undefined ? {} : { preferences: options.preferences }),
  });
  return startWithProfile(profile, options);
}

/** Starts Thunderbird with a profile that was in use before. The profile is gone when it rejects. */
export async function startWithProfile(
  profile: Profile,
  options: Pick<ThunderbirdOptions, 'executable' | 'display'>,
): Promise<Thunderbird> {
  let display: Display | undefined;
  let program: RunningProgram | undefined;
  try {
    await rm(remoteAgentFile(profile), { force: true });
    if (options.display === 'own') display = await startDisplay();
    program = startProgram(
      options.executable ?? 'thunderbird',
      ['--no-remote', '--profile', profile.folder, '--remote-debugging-port=0', '--remote-allow-system-access'],
      { env: display === undefined ? {} : { DISPLAY: display.name, MOZ_ENABLE_WAYLAND: '0' } },
    );
    const inside = await readFile(join(import.meta.dirname, 'inside', 'thunderbird.js'), 'utf8');
    const bidi = await connect(profile, program);
    const thunderbird = new Thunderbird({ bidi, inside, addonId: GECKO_ID, profile, program, display });
    await waitFor('the extension to run', () => thunderbird.isReady(), { timeout: START_TIMEOUT_MS, interval: 200 });
    if (display !== undefined) await thunderbird.maximize();
    return thunderbird;
  } catch (error) {
    await program?.stop();
    await display?.stop();
    await profile.remove();
    throw new Error(`Thunderbird did not start: ${String(error)}\n${program?.output() ?? ''}`, { cause: error });
  }
}

/** Thunderbird writes the port of its remote agent into the profile. */
async function connect(profile: Profile, { child }: RunningProgram): Promise<BidiClient> {
  const file = remoteAgentFile(profile);
  const isThere = () => {
    if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
    return existsSync(file);
  };
  await waitFor('the remote agent', isThere, { timeout: START_TIMEOUT_MS });
  return waitFor('the remote agent to answer', async () => {
    try {
      const { ws_host: host, ws_port: port } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
      return await BidiClient.connect(`ws://${String(host)}:${String(port)}/session`);
    } catch {
      return undefined; // the file is being written, or nobody listens yet
    }
  });
}

function remoteAgentFile({ folder }: Profile): string {
  return join(folder, 'WebDriverBiDiServer.json');
}
