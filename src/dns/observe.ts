/** A resolver that keeps account: what its questions cost, and which of them got no answer. */
import { countQueries, type QueryCost } from './count.ts';
import type { DnsFailure, RecordType, Resolver } from './resolver.ts';

export interface UnansweredQuestion {
  readonly name: string;
  readonly type: RecordType;
  readonly failure: DnsFailure;
}

export interface ObservedResolver {
  readonly resolver: Resolver;
  /** The cost so far. */
  readonly cost: () => QueryCost;
  /** The questions so far that got no answer, in the order in which that was known. */
  readonly failures: () => readonly UnansweredQuestion[];
}

/** Puts an account around the resolver that one check uses; the cache, if any, lies beneath. */
export function observeQueries(inner: Resolver): ObservedResolver {
  const counted = countQueries(inner);
  const failures: UnansweredQuestion[] = [];
  const resolver: Resolver = {
    async query(name, type, options) {
      const answer = await counted.resolver.query(name, type, options);
      if (answer.kind === 'failure') failures.push({ name: answer.name, type: answer.type, failure: answer.failure });
      return answer;
    },
  };
  return { resolver, cost: counted.cost, failures: () => [...failures] };
}
