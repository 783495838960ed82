/** How often something may be done: some at once, and then as many as grow back. */
export interface Allowance {
  /** Takes one, where there is one. */
  take(key: string): boolean;
}

interface Left {
  readonly count: number;
  readonly at: number;
}

/** Parts that add up to one may fall short of it by as much. */
const TINY = 1e-9;
/** Keys that are counted separately; beyond them the oldest begins anew. */
const MOST_KEYS = 200;

/**
 * @param atOnce for each key
 * @param perMinute that grow back
 * @param now milliseconds
 */
export function createAllowance(atOnce: number, perMinute: number, now: () => number): Allowance {
  const left = new Map<string, Left>();
  return {
    take(key) {
      const at = now();
      const before = left.get(key) ?? { count: atOnce, at };
      const count = Math.min(atOnce, before.count + ((at - before.at) / 60_000) * perMinute);
      const isLeft = count > 1 - TINY;
      left.delete(key);
      left.set(key, { count: isLeft ? count - 1 : count, at });
      const [oldest] = left.keys();
      if (left.size > MOST_KEYS && oldest !== undefined) left.delete(oldest);
      return isLeft;
    },
  };
}
