/** Signs a tree of zones with ldns, from the leaves to a private root, and writes them to files. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './process.ts';
import type { ServedZone } from './zone-tree.ts';

export interface ZoneFiles {
  /** Master file of each zone that is served, by apex. */
  readonly files: ReadonlyMap<string, string>;
  /** File with the DS record of the root. */
  readonly trustAnchor: string;
}

/** End of the signatures' validity: beyond the life of any test. */
const SIGNED_UNTIL = '20371231000000';

/**
 * @param tree children before their parents
 * @param tampered apexes of signed zones whose TXT records are changed after signing, so that they no longer validate
 */
export async function writeZones(
  folder: string,
  tree: readonly ServedZone[],
  tampered: readonly string[] = [],
): Promise<ZoneFiles> {
  const files = new Map<string, string>();
  const delegationSigners = new Map<string, string>();
  let trustAnchor = '';
  for (const { apex, kind, text, parent } of tree) {
    if (kind === 'lame') continue;
    const file = join(folder, `${apex === '.' ? 'root' : apex}zone`);
    await writeFile(file, text + (delegationSigners.get(apex) ?? ''));
    files.set(apex, file);
    if (kind === 'unsigned') continue;
    const signed = await signZone(folder, apex, file);
    files.set(apex, signed.file);
    if (tampered.includes(apex)) await tamper(signed.file);
    if (parent === null) trustAnchor = signed.dsFile;
    else {
      const ds = await readFile(signed.dsFile, 'utf8');
      delegationSigners.set(parent, (delegationSigners.get(parent) ?? '') + ds);
    }
  }
  return { files, trustAnchor };
}

async function signZone(folder: string, apex: string, file: string): Promise<{ file: string; dsFile: string }> {
  const key = (await runProgram('ldns-keygen', ['-a', 'ECDSAP256SHA256', '-k', apex], { cwd: folder })).trim();
  const signed = `${file}.signed`;
  await runProgram('ldns-signzone', ['-o', apex, '-e', SIGNED_UNTIL, '-f', signed, file, key], { cwd: folder });
  return { file: signed, dsFile: join(folder, `${key}.ds`) };
}

async function tamper(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = text.replaceAll(/(\tTXT\t"[^"]*)"/g, '$1 "');
  if (changed === text) throw new Error(`${file} has no TXT record to change`);
  await writeFile(file, changed);
}
