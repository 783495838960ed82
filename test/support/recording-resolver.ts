/** A resolver that notes what it is asked: for tests about which questions are asked, and how many. */
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from '../../src/dns/resolver.ts';

export interface AskedQuestion {
  readonly name: string;
  readonly type: RecordType;
}

export interface RecordingResolver extends Resolver {
  /** In the order they were asked, names as they were given. */
  readonly questions: readonly AskedQuestion[];
}

export function recordQuestions(resolver: Resolver): RecordingResolver {
  const questions: AskedQuestion[] = [];
  return {
    questions,
    query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      questions.push({ name, type });
      return resolver.query(name, type, options);
    },
  };
}
