/** How run time grows with the input: for claims of linear work that hold on any machine. */

/** Best of several runs, in milliseconds, so that a pause of the machine does not count. */
function bestTime(run: () => void): number {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/**
 * The exponent of growth between `size` and eight times as much: about 1 for linear work, about 2 for quadratic. Times too short to
 * measure count as the shortest that can be.
 */
export function growthExponent(run: (size: number) => void, size: number): number {
  run(size); // compiled before it is measured
  const shortest = 0.3;
  const small = Math.max(
    bestTime(() => run(size)),
    shortest,
  );
  const large = Math.max(
    bestTime(() => run(size * 8)),
    shortest,
  );
  return Math.log(large / small) / Math.log(8);
}
