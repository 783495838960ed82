/** What a reader's machine remembers, in memory: the ports of the core without a browser. */
import { addSighting, type ArchivedKey, type KeyArchive } from '../../src/dkim/archive.ts';
import { LIMITS } from '../../src/limits.ts';
import type { Observation, ObservedMemory } from '../../src/practices/observed.ts';

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

/** Observations by author domain. */
export function memoryOf(...known: readonly Observation[]): ObservedMemory {
  const byDomain = new Map(known.map((one) => [one.domain, one]));
  return { find: (domain) => Promise.resolve(byDomain.get(domain) ?? null) };
}

/** A domain whose earlier mail was all signed, often enough to judge by. */
export function observation(domain: string, changes: Partial<Observation> = {}): Observation {
  const times = { since: '2026-01-01T00:00:00.000Z', lastSeen: '2026-03-01T00:00:00.000Z' };
  const messages = LIMITS.observedMessages;
  return {
    domain,
    messages,
    signed: messages,
    ...times,
    signers: [{ name: domain, messages, ...times }],
    relays: [],
    lists: [],
    counted: [],
    ...changes,
  };
}
