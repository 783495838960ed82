/** A bounded memory for values that depend on nothing but their key: the oldest entry goes when it is full. */

export interface Memo<V> {
  /** The value made earlier for this key, or the one `make` returns now; undefined is not remembered. */
  get<W extends V | undefined>(key: string, make: () => W): V | W;
}

/** @param limit entries kept */
export function createMemo<V>(limit: number): Memo<V> {
  const entries = new Map<string, V>();
  return {
    get(key, make) {
      const known = entries.get(key);
      if (known !== undefined) return known;
      const value = make();
      if (value === undefined) return value;
      if (entries.size >= limit) {
        for (const oldest of entries.keys()) {
          entries.delete(oldest);
          break;
        }
      }
      entries.set(key, value);
      return value;
    },
  };
}
