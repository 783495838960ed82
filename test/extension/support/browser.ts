/**
 * The parts of a browser that stores are built on, in memory: `storage`, Web Locks and IndexedDB, with the order of things a browser
 * has: nothing is answered at once, values are copied, listeners hear of every change after it.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';

type Values = Record<string, unknown>;
type ChangeListener = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>, area: string) => void;

/** What to do before an answer: to fail, or to end everything. */
export type Fault = (call: string) => Promise<void> | void;

export interface MemoryArea {
  /** What is stored. */
  values: Values;
  /** Called before every act; where it rejects, so does the act, and nothing is done. */
  fault: Fault;
  readonly api: {
    get(key: string): Promise<Values>;
    set(values: Values): Promise<void>;
    remove(key: string): Promise<void>;
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function memoryArea(name: string, listeners: Set<ChangeListener>): MemoryArea {
  const tell = (changes: Parameters<ChangeListener>[0]): void => {
    for (const listener of [...listeners]) setImmediate(() => listener(changes, name));
  };
  const area: MemoryArea = {
    values: {},
    fault: () => undefined,
    api: {
      async get(key) {
        await turn();
        await area.fault(`get ${key}`);
        return key in area.values ? { [key]: structuredClone(area.values[key]) } : {};
      },
      async set(values) {
        await turn();
        await area.fault(`set ${Object.keys(values).join(' ')}`);
        const changes = Object.entries(structuredClone(values)).map(([key, newValue]) => {
          const oldValue = area.values[key];
          area.values = { ...area.values, [key]: newValue };
          return [key, { oldValue, newValue }] as const;
        });
        tell(Object.fromEntries(changes));
      },
      async remove(key) {
        await turn();
        await area.fault(`remove ${key}`);
        const { [key]: oldValue, ...rest } = area.values;
        area.values = rest;
        tell({ [key]: { oldValue } });
      },
    },
  };
  return area;
}

/** Web Locks (exclusive ones), for one origin. */
function memoryLocks(): Pick<LockManager, 'request'> {
  const last = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => unknown): Promise<unknown> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work);
    last.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  };
  return { request: request as LockManager['request'] };
}

export interface MemoryBrowser {
  readonly local: MemoryArea;
  readonly session: MemoryArea;
  /** For `vi.mock('webextension-polyfill')`. */
  readonly api: { readonly storage: Record<string, unknown> };
}

export function memoryBrowser(): MemoryBrowser {
  const listeners = new Set<ChangeListener>();
  const local = memoryArea('local', listeners);
  const session = memoryArea('session', listeners);
  const onChanged = {
    addListener: (listener: ChangeListener) => void listeners.add(listener),
    removeListener: (listener: ChangeListener) => void listeners.delete(listener),
  };
  return { local, session, api: { storage: { local: local.api, session: session.api, onChanged } } };
}

/** Gives the modules that are imported from now on a browser of their own, with nothing stored. */
export function installBrowser(): MemoryBrowser {
  const browser = memoryBrowser();
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: browser.api }));
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', { locks: memoryLocks(), onLine: true });
  return browser;
}
