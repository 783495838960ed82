/**
 * What this machine remembers of mail: keys seen in DNS, and what domains were observed to do. In IndexedDB, which stays on the
 * machine. A fault of the store is told in the console and makes it an empty memory: checks go on without.
 */
import type { DBSchema, IDBPDatabase } from 'idb';
import { addSighting, type ArchivedKey } from '../../src/dkim/archive.ts';
import { parseDomain } from '../../src/domain/name.ts';
import { createCircle, type Circle } from '../../src/identity/circle.ts';
import { LIMITS } from '../../src/limits.ts';
import { learn, taughtDomain, type Observation } from '../../src/practices/observed.ts';
import type { Memory } from '../judging/checker.ts';
import { allOrNothing, changeNews, opener } from './database.ts';

/** All keys of one DNS name. */
export interface RememberedKeys {
  readonly name: string;
  readonly keys: readonly ArchivedKey[];
}

interface KeyRow extends RememberedKeys {
  readonly usedAt: string;
}

interface DomainRow {
  readonly domain: string;
  readonly observation: Observation;
  readonly usedAt: string;
}

interface Tables extends DBSchema {
  keys: { key: string; value: KeyRow; indexes: { usedAt: string } };
  domains: { key: string; value: DomainRow; indexes: { usedAt: string } };
}

type Table = 'keys' | 'domains';

const NAME = 'memory';
const open = opener<Tables>(NAME, 1, upgrade);
const news = changeNews(NAME);
export const onMemoryChanged = news.listen;

/** As it was drawn since the last change. */
let circle: Promise<Circle> | undefined;
news.listen(() => (circle = undefined));

function drawCircle(): Promise<Circle> {
  return orElse(createCircle([], []), async () => {
    const rows = await (await open()).getAll('domains');
    const often = rows.filter(({ observation }) => observation.signed >= LIMITS.circleMessages);
    return createCircle(
      [],
      often.flatMap(({ domain }) => parseDomain(domain) ?? []),
    );
  });
}

/** Every step from the version that is stored to this one. */
function upgrade(database: IDBPDatabase<Tables>, from: number): void {
  if (from < 1) {
    database.createObjectStore('keys', { keyPath: 'name' }).createIndex('usedAt', 'usedAt');
    database.createObjectStore('domains', { keyPath: 'domain' }).createIndex('usedAt', 'usedAt');
  }
}

export const memory: Memory = {
  archive: {
    find: (name) => orElse([], async () => (await (await open()).get('keys', name))?.keys ?? []),
    seen(name, record, dnssec, at) {
      void orElse(undefined, () =>
        change('keys', name, LIMITS.archivedKeyNames, (row) => ({
          name,
          keys: addSighting(row?.keys ?? [], { record, dnssec, at }),
          usedAt: at.toISOString(),
        })),
      );
    },
  },
  observed: {
    find: (domain) => orElse(null, async () => (await (await open()).get('domains', domain))?.observation ?? null),
  },
  circle: () => (circle ??= drawCircle()),
  learn: (lesson, digest, at) =>
    orElse(undefined, async () => {
      const domain = taughtDomain(lesson);
      if (domain === null) return;
      await change('domains', domain, LIMITS.observedDomains, (row) => {
        const observation = learn(row?.observation ?? null, lesson, digest, at);
        return observation && { domain, observation, usedAt: new Date().toISOString() };
      });
    }),
};

async function orElse<T>(nothing: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    console.error(error);
    return nothing;
  }
}

/** Reads, changes and writes one row in one transaction, so that two messages at once both count. Of too many rows the oldest go. */
async function change<N extends Table>(
  table: N,
  key: string,
  most: number,
  next: (row: Tables[N]['value'] | undefined) => Tables[N]['value'] | null,
): Promise<void> {
  await allOrNothing((await open()).transaction(table, 'readwrite'), async ({ store }) => {
    const row = next(await store.get(key));
    if (row) await store.put(row);
    const surplus = (await store.count()) - most;
    if (surplus <= 0) return;
    const oldest = await store.index('usedAt').getAllKeys(null, surplus);
    await Promise.all(oldest.map((one) => store.delete(one)));
  });
  news.tell();
}

/** Everything remembered, for its reader. Rejects where the store fails: an empty page would say that nothing is kept. */
export async function readMemory(): Promise<{
  readonly keys: readonly RememberedKeys[];
  readonly domains: readonly Observation[];
}> {
  const database = await open();
  const [keys, domains] = await Promise.all([database.getAll('keys'), database.getAll('domains')]);
  return {
    keys: keys.map(({ name, keys: all }) => ({ name, keys: all })),
    domains: domains.map(({ observation }) => observation),
  };
}

/** Forgets all keys of a DNS name, or what is known of a domain. */
export async function forgetOne(table: Table, key: string): Promise<void> {
  await (await open()).delete(table, key);
}

export async function forgetAll(): Promise<void> {
  const database = await open();
  await Promise.all([database.clear('keys'), database.clear('domains')]);
}
