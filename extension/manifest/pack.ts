/**
 * Vite plugin: takes the traces of the build out of a finished extension folder and packs the folder into one installable
 * archive. The same files give the same bytes: names are sorted, and every entry carries the same time and mode.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';
import type { Plugin } from 'vite';

/** The earliest time a ZIP entry can carry (APPNOTE 4.4.6), in the local time that the format means. */
const ENTRY_TIME = new Date(1980, 0, 1);

/** Packs `folder` into `archive` when the bundle is written. */
export function pack(folder: string, archive: string): Plugin {
  return {
    name: 'countersign:pack',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        rmSync(join(folder, '.vite'), { recursive: true, force: true });
        removeWebAccessibleResources(join(folder, 'manifest.json'));
        writeFileSync(archive, archiveOf(folder));
      },
    },
  };
}

/** No page has business reading the extension's files: with such an entry any page could tell that it is installed. */
function removeWebAccessibleResources(file: string): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  delete manifest['web_accessible_resources'];
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

function archiveOf(folder: string): Uint8Array {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const entries: Zippable = {};
  for (const name of names) entries[name.replaceAll('\\', '/')] = readFileSync(join(folder, name));
  return zipSync(entries, { level: 9, mtime: ENTRY_TIME });
}
