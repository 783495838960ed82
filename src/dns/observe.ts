/** A resolver that keeps account: what its questions cost, and which of them got no answer. */
import { countQueries, type QueryCost } from './count.ts';
import { LIMITS } from '../limits.ts';
import type { DnssecProof } from './proof.ts';
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
  /** How the answers so far were proved, or why not, each question once; none where nothing is validated here. */
  readonly proofs: () => readonly DnssecProof[];
}

/** Puts an account around the resolver that one check uses; the cache, if any, lies beneath. */
export function observeQueries(inner: Resolver): ObservedResolver {
  const counted = countQueries(inner);
  const failures: UnansweredQuestion[] = [];
  const proofs = new Map<string, DnssecProof>();
  const resolver: Resolver = {
    async query(name, type, options) {
      const answer = await counted.resolver.query(name, type, options);
      if (answer.proof && proofs.size < LIMITS.reportProofs) proofs.set(`${type} ${answer.name}`, answer.proof);
      if (answer.kind === 'failure') failures.push({ name: answer.name, type: answer.type, failure: answer.failure });
      return answer;
    },
  };
  return { resolver, cost: counted.cost, failures: () => [...failures], proofs: () => [...proofs.values()] };
}
