/** A display of its own for each Thunderbird: an X server in memory with a window manager, and pictures of it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { runProgram, startProgram, waitFor } from './process.ts';

export interface Display {
  /** The X display's name, such as `:4`. */
  readonly name: string;
  /** Writes what the display shows to a PNG file. */
  readonly picture: (file: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts Xvfb on a display number that it chooses among the free ones. Without a window manager a second window would get no
 * focus, and its popups would close at once.
 */
export async function startDisplay(width = 1280, height = 900): Promise<Display> {
  const server = startProgram(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'],
    { pipe: true },
  );
  let said = '';
  (server.child.stdio[3] as Readable | undefined)?.on('data', (data: Buffer) => (said += data.toString('ascii')));
  try {
    await waitFor('Xvfb to choose its display', () => said.endsWith('\n'));
    const name = `:${said.trim()}`;
    const manager = startProgram('openbox', [], { env: { DISPLAY: name } });
    if (manager.child.pid === undefined) throw new Error('there is no openbox');
    return {
      name,
      stop: async () => {
        await manager.stop();
        await server.stop();
      },
      picture: async (file) => {
        await mkdir(dirname(file), { recursive: true });
        await runProgram('import', ['-display', name, '-window', 'root', file]);
      },
    };
  } catch (error) {
    await server.stop();
    throw new Error(`there is no display: ${String(error)} ${server.output()}`, { cause: error });
  }
}
