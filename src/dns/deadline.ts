/** Giving up on time: a deadline and a caller's signal around asynchronous work. */

/** What {@link withDeadline} answers when time was up. */
export const TIMED_OUT = Symbol('timed out');

/**
 * Waits for `work`, but no longer than the signal allows; the work itself is not stopped.
 * @throws the signal's reason once it is aborted, whatever became of the work
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let wake = (): void => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  work.then(wake, wake);
  signal.addEventListener('abort', wake, { once: true });
  try {
    if (!signal.aborted) await woken;
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', wake);
  }
}

/**
 * Does `work` under a signal that is aborted when time is up, when the caller's signal is, and when the work is over (so that
 * nothing it left open stays open). Work that ignores its signal is not waited for.
 *
 * Written out because AbortSignal.any() with AbortSignal.timeout() holds on to long-lived signals in some engines.
 * @param milliseconds time until the answer is {@link TIMED_OUT}
 * @throws what the work throws, or the reason of the caller's signal
 */
export async function withDeadline<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | typeof TIMED_OUT> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const forward = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(TIMED_OUT), milliseconds);
  signal?.addEventListener('abort', forward, { once: true });
  try {
    return await untilAborted(work(controller.signal), controller.signal);
  } catch (error) {
    if (error === TIMED_OUT) return TIMED_OUT;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
    controller.abort();
  }
}
