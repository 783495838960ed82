/** How a database of the extension is opened: once, and again where it was closed. */
import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';

/**
 * @param version raised with every change of the tables, along with a step in `upgrade`
 * @param upgrade every step from the version that is stored to this one
 */
export function opener<T extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<T>['upgrade']>,
): () => Promise<IDBPDatabase<T>> {
  let opened: Promise<IDBPDatabase<T>> | undefined;
  const forget = (): void => {
    opened = undefined;
  };
  return () => {
    opened ??= openDB<T>(name, version, {
      upgrade,
      blocking(_current, _blocked, event) {
        forget();
        (event.target as IDBDatabase).close(); // another page of a newer version wants to upgrade
      },
      terminated: forget,
    });
    opened.catch(forget);
    return opened;
  };
}

/** The parts of a transaction that end it. */
interface Ending {
  abort(): void;
  readonly done: Promise<void>;
}

/** Does work in a transaction, all or nothing: where the work or the store fails, nothing of it is kept, and it rejects. */
export async function allOrNothing<T extends Ending, R>(
  transaction: T,
  work: (transaction: T) => Promise<R>,
): Promise<R> {
  transaction.done.catch(() => undefined); // told below
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it is over already, by the same fault
    }
    await transaction.done.catch(() => undefined);
    throw error;
  }
}

/** Tells every page of the extension that something stored under a name was changed. */
export interface ChangeNews {
  readonly tell: () => void;
  /** Calls back after every change, by whichever page; returns what ends that. */
  readonly listen: (listener: () => void) => () => void;
}

export function changeNews(name: string): ChangeNews {
  const out = new BroadcastChannel(name);
  return {
    tell: () => out.postMessage(null),
    listen(listener) {
      const channel = new BroadcastChannel(name);
      channel.addEventListener('message', listener);
      return () => channel.close();
    },
  };
}
