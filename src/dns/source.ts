/**
 * Whole DNS messages: the port below the resolver, for those who need more of a response than what it says, such as the signatures
 * over it. Implemented by the DoH client; `createResolver` makes a resolver of it.
 */
import { interpretMessage } from './answer.ts';
import { failureAnswer, normalizeName, unaskableAnswer } from './question.ts';
import type { DnsAnswer, DnsFailure, QueryOptions, RecordType, Resolver } from './resolver.ts';
import type { DnsMessage, QuestionType } from './wire.ts';

export type SourceOutcome =
  /** `age`: seconds the response spent in HTTP caches, to be taken off its TTLs (RFC 8484 §5.1). */
  | { readonly ok: true; readonly message: DnsMessage; readonly age: number }
  | {
      readonly ok: false;
      readonly failure: DnsFailure;
      readonly detail: string;
      /** Nobody was asked: the server failed before and is left alone for a while. */
      readonly remembered?: boolean;
    };

export interface MessageSource {
  /**
   * Asks one question. Trouble is an outcome; the promise rejects only for an aborted signal or a programming error.
   * @param name in the form of `normalizeName`
   */
  ask(name: string, type: QuestionType, options?: QueryOptions): Promise<SourceOutcome>;
}

/** A resolver that believes its source: what the AD bit says is all that is known of authenticity. */
export function createResolver(source: MessageSource): Resolver {
  return {
    async query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      const asked = normalizeName(name);
      if (asked === undefined) return unaskableAnswer(name, type);
      return answerOf(asked, type, await source.ask(asked, type, options));
    },
  };
}

/** What an outcome says about the question. */
export function answerOf<T extends RecordType>(name: string, type: T, outcome: SourceOutcome): DnsAnswer<T> {
  if (!outcome.ok) {
    return { ...failureAnswer(name, type, outcome.failure, outcome.detail), cached: outcome.remembered === true };
  }
  return interpretMessage(name, type, outcome.message, outcome.age);
}
