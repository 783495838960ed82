/** The resolver of a reader who has chosen none, or of a host that knows it is offline. */
import { untilAborted } from './deadline.ts';
import { failureAnswer } from './question.ts';
import type { DnsAnswer, DnsFailure, QueryOptions, RecordType, Resolver } from './resolver.ts';

const DETAILS = {
  offline: 'this machine is offline',
  'not-configured': 'no DNS resolver has been chosen',
} as const satisfies Partial<Record<DnsFailure, string>>;

/** A resolver that asks nobody: every answer is the given failure. */
export function createUnavailableResolver(failure: keyof typeof DETAILS): Resolver {
  return {
    query<T extends RecordType>(name: string, type: T, { signal }: QueryOptions = {}): Promise<DnsAnswer<T>> {
      return untilAborted(Promise.resolve(failureAnswer(name, type, failure, DETAILS[failure])), signal);
    },
  };
}
