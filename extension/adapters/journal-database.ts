/** The database of the journal, which stays on the machine. Pages are told when something in it changed. */
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { RuleSet } from '../../src/rules/types.ts';
import type { Entry, QueueRow, Run } from '../journal/types.ts';
import { allOrNothing, changeNews, opener } from './database.ts';

interface RulesRow {
  readonly run: number;
  readonly rules: RuleSet;
}

interface Tables extends DBSchema {
  runs: { key: number; value: Run; indexes: { state: string } };
  rules: { key: number; value: RulesRow };
  entries: {
    key: number;
    value: Entry;
    indexes: { run: [number, number]; state: string; headerMessageId: string; unconfirmedSince: string };
  };
  queue: {
    key: number;
    value: QueueRow;
    indexes: { run: [number, number]; message: [number, string]; folder: [number, string] };
  };
}

export const TABLES = ['runs', 'rules', 'entries', 'queue'] as const;
export type Table = (typeof TABLES)[number];

const NAME = 'journal';
export const open = opener<Tables>(NAME, 2, upgrade);

/** Every step from the version that is stored to this one. */
function upgrade(
  database: IDBPDatabase<Tables>,
  from: number,
  _to: number | null,
  transaction: IDBPTransaction<Tables, (typeof TABLES)[number][], 'versionchange'>,
): void {
  if (from < 1) createTables(database);
  if (from < 2) transaction.objectStore('entries').createIndex('unconfirmedSince', 'unconfirmedSince');
}

/** The tables of version 1. */
function createTables(database: IDBPDatabase<Tables>): void {
  const numbered = { keyPath: 'id', autoIncrement: true };
  database.createObjectStore('runs', numbered).createIndex('state', 'state');
  database.createObjectStore('rules', { keyPath: 'run' });
  const entries = database.createObjectStore('entries', numbered);
  entries.createIndex('run', ['run', 'id']);
  entries.createIndex('state', 'state');
  entries.createIndex('headerMessageId', 'message.headerMessageId');
  const queue = database.createObjectStore('queue', numbered);
  queue.createIndex('run', ['run', 'id']);
  queue.createIndex('message', ['run', 'headerMessageId']);
  queue.createIndex('folder', ['run', 'folderId']);
}

export type Writing<T extends Table> = IDBPTransaction<Tables, T[], 'readwrite'>;

/** One transaction over some tables, all or nothing; pages are told once it is on disk. */
export async function write<T extends Table, R>(
  tables: readonly T[],
  work: (transaction: Writing<T>) => Promise<R>,
  durability: IDBTransactionDurability = 'relaxed',
): Promise<R> {
  const transaction = (await open()).transaction([...tables], 'readwrite', { durability });
  const result = await allOrNothing(transaction, work);
  news.tell();
  return result;
}

const news = changeNews(NAME);
export const onJournalChanged = news.listen;

/** All that belongs to a run, by an index that begins with its number. */
export const ofRun = (run: number): IDBKeyRange => IDBKeyRange.bound([run], [run, []]);
