/** Where Thunderbird usually is, on each system. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const USUAL_PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Thunderbird.app/Contents/MacOS/thunderbird'],
  win32: ['C:\\Program Files\\Mozilla Thunderbird\\thunderbird.exe'],
};

/** The program to start: what `COUNTERSIGN_THUNDERBIRD` names, else one on the search path or in a usual place. */
export function findThunderbird(): string | undefined {
  const named = process.env['COUNTERSIGN_THUNDERBIRD'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const name = process.platform === 'win32' ? 'thunderbird.exe' : 'thunderbird';
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return [...onPath, ...(USUAL_PLACES[process.platform] ?? [])].find((place) => existsSync(place));
}

/** Whether a window can be opened at all. */
export function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}
