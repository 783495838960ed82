/** One deadline for all the questions of a check, so that a resolver that never answers costs its reader seconds, not minutes. */
import { TIMED_OUT, withDeadline } from './deadline.ts';
import { failureAnswer } from './question.ts';
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from './resolver.ts';

const DETAIL = 'the time for all questions of this check is up';

/**
 * Wraps a resolver so that all questions together get an answer within that time, counted from the first of them. What is open
 * then is given up and is a `timeout` failure, and so is every later question: nobody is asked any more.
 * @param milliseconds the time for all questions together
 */
export function withTimeLimit(inner: Resolver, milliseconds: number): Resolver {
  let end: number | undefined;
  return {
    async query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
      const now = performance.now();
      end ??= now + milliseconds;
      if (now >= end) {
        signal?.throwIfAborted();
        return failureAnswer(name, type, 'timeout', DETAIL);
      }
      const answer = await withDeadline(end - now, signal, (open) => inner.query(name, type, { signal: open }));
      return answer === TIMED_OUT ? failureAnswer(name, type, 'timeout', DETAIL) : answer;
    },
  };
}
