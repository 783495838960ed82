/**
 * A second server of the reader's choice, asked only where the first one fails: not where it answers, and not where it says that an
 * answer is bogus or that a domain's own servers fail (RFC 8484 §9 warns of falling back to a server the reader did not choose).
 */
import { isServerFailure } from './back-off.ts';
import type { Resolver } from './resolver.ts';

export interface NamedResolver {
  /** Host of the server: answers of the second say whose they are. */
  readonly host: string;
  readonly resolver: Resolver;
}

/** Each of the two has its own cache and its own proofs: an answer belongs to the server that gave it. */
export function withFallback(first: NamedResolver, second: NamedResolver): Resolver {
  return {
    async query(name, type, options) {
      const answer = await first.resolver.query(name, type, options);
      if (answer.kind !== 'failure' || !isServerFailure(answer.failure)) return { ...answer, resolver: first.host };
      const other = await second.resolver.query(name, type, options);
      // Where neither answers, the trouble with the server of first choice is what is to be told.
      return other.kind === 'failure' ? { ...answer, resolver: first.host } : { ...other, resolver: second.host };
    },
  };
}
