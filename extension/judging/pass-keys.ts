/** Watches for the reader's pass keys in the messages that are checked, and keeps which of them used one. */
import { activeKeys, type ClassCollection } from '../classes/collection.ts';
import { keysUsed, useOf, type PassKeyUse } from '../classes/uses.ts';
import type { Report } from '../../src/report/types.ts';

export interface PassKeyPorts {
  readonly loadClasses: () => Promise<ClassCollection>;
  readonly recordUses: (uses: readonly PassKeyUse[]) => Promise<void>;
  readonly now: () => Date;
}

export interface PassKeyWatch {
  /** The keys a message is compared with. */
  inForce(): Promise<readonly string[]>;
  /**
   * Keeps that a message used a key, also a revoked one. Never rejects: a fault of the store is told in the console.
   * @param digest of the message; asked for only where it used one
   */
  note(report: Report, digest: () => Promise<string>): Promise<void>;
  /** The keys are read anew the next time. */
  forget(): void;
}

export function createPassKeyWatch({ loadClasses, recordUses, now }: PassKeyPorts): PassKeyWatch {
  let loaded: Promise<ClassCollection> | undefined;
  const forget = (): void => {
    loaded = undefined;
  };
  const load = (): Promise<ClassCollection> => {
    if (loaded) return loaded;
    loaded = loadClasses();
    loaded.catch(forget); // what failed is tried again
    return loaded;
  };
  return {
    forget,
    async inForce() {
      return activeKeys(await load());
    },
    async note(report, digest) {
      try {
        const used = keysUsed(report, (await load()).passKeys);
        if (used.length === 0) return;
        const id = await digest();
        await recordUses(used.map((keyword) => useOf(keyword, id, report, now())));
      } catch (error) {
        console.error(error);
      }
    },
  };
}
