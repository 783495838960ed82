/** What a check cost in DNS questions. Put around the resolver one check uses; the cache, if any, lies beneath. */
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from './resolver.ts';

export interface QueryCost {
  /** Questions that somebody was asked: answered, failed or given up, but not from a cache. */
  readonly queries: number;
  /** Waves of such questions: one begins when a question is asked while no other is open, so a wave lasts one round trip or more. */
  readonly roundTrips: number;
  /** Questions answered from memory or storage, or by a question another check had asked already. */
  readonly cacheHits: number;
  /** Questions asked beside these to prove the answers (DNSSEC), in waves of their own; absent where there were none. */
  readonly proofQueries?: number;
}

export interface CountedResolver {
  readonly resolver: Resolver;
  /** The cost so far. */
  readonly cost: () => QueryCost;
}

/** Wraps a resolver and counts. Whether a question cost anything shows in its answer, so waves are put together afterwards. */
export function countQueries(inner: Resolver): CountedResolver {
  /** Open and answered questions that were not known to be free; times are steps of `clock`. */
  const spans = new Set<{ readonly from: number; to: number }>();
  let clock = 0;
  let cacheHits = 0;
  let proofQueries = 0;

  return {
    resolver: {
      async query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
        options?.signal?.throwIfAborted(); // given up beforehand: nobody is asked
        const span = { from: clock++, to: Infinity };
        spans.add(span);
        try {
          const answer = await inner.query(name, type, options);
          if (answer.cached) cacheHits++;
          else proofQueries += answer.proof?.questions ?? 0;
          if (answer.cached || wasNotAsked(answer)) spans.delete(span);
          return answer;
        } finally {
          span.to = clock++;
        }
      },
    },
    cost() {
      let roundTrips = 0;
      let waveEnd = -1;
      for (const { from, to } of spans) {
        if (from > waveEnd) roundTrips++;
        waveEnd = Math.max(waveEnd, to);
      }
      return { queries: spans.size, roundTrips, cacheHits, ...(proofQueries > 0 ? { proofQueries } : {}) };
    },
  };
}

/** Nobody was asked where there is nobody to ask. */
function wasNotAsked(answer: DnsAnswer): boolean {
  return answer.kind === 'failure' && (answer.failure === 'offline' || answer.failure === 'not-configured');
}
