/**
 * How work grows with the input: for claims of linear work that hold on any machine. Counted is processor time, which other programs
 * do not add to, and the best of several runs.
 */

function leastWork(run: () => unknown): number {
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, user + system);
  }
  return least;
}

/** Microseconds below which nothing can be distinguished. */
const SHORTEST = 300;

/**
 * The exponent of growth between `size` and eight times as much: about 1 for linear work, about 2 for quadratic. `prepare` makes the
 * input, which is not counted, and returns the work.
 */
export function preparedGrowthExponent(prepare: (size: number) => () => unknown, size: number): number {
  const [small, large] = [prepare(size), prepare(size * 8)];
  small(); // compiled before it is counted
  const ratio = Math.max(leastWork(large), SHORTEST) / Math.max(leastWork(small), SHORTEST);
  return Math.log(ratio) / Math.log(8);
}

/** The same, counting the making of the input too. */
export function growthExponent(run: (size: number) => unknown, size: number): number {
  return preparedGrowthExponent((length) => () => run(length), size);
}
