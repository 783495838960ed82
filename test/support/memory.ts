/** What a reader's machine remembers, in memory: the ports of the core without a browser. */
import { addSighting, type ArchivedKey, type KeyArchive } from '../../src/dkim/archive.ts';

export interface MemoryArchive extends KeyArchive {
  readonly keys: ReadonlyMap<string, readonly ArchivedKey[]>;
}

/** @param initial keys by DNS name */
export function memoryArchive(initial: Readonly<Record<string, readonly ArchivedKey[]>> = {}): MemoryArchive {
  const keys = new Map(Object.entries(initial));
  return {
    keys,
    find: (name) => Promise.resolve(keys.get(name) ?? []),
    seen: (name, record, dnssec, at) => void keys.set(name, addSighting(keys.get(name) ?? [], { record, dnssec, at })),
  };
}
