/**
 * The questions one look at a domain's practices asks: each name once, however many rules want its answer. A tree walk, its
 * neighbours' walks and ADSP share names; this keeps the number of questions constant whatever resolver stands behind it
 * (RFC 5016 §6 requirement 2).
 */
import type { DnsAnswer, QueryOptions, RecordType, Resolver } from './resolver.ts';

/** What every look-up of practices takes. */
export interface LookupOptions {
  readonly resolver: Resolver;
  /** The clock. Statements do not depend on the time; it dates them. Default: the clock of the machine. */
  readonly now?: Date | (() => Date) | undefined;
  /** Gives up; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Questions {
  txt(name: string): Promise<DnsAnswer<'TXT'>>;
  mx(name: string): Promise<DnsAnswer<'MX'>>;
}

export function createQuestions({ resolver, signal }: LookupOptions): Questions {
  const txt = new Map<string, Promise<DnsAnswer<'TXT'>>>();
  const mx = new Map<string, Promise<DnsAnswer<'MX'>>>();
  return {
    txt: (name) => once(txt, name, () => resolver.query(name, 'TXT', { signal })),
    mx: (name) => once(mx, name, () => resolver.query(name, 'MX', { signal })),
  };
}

function once<V>(asked: Map<string, Promise<V>>, name: string, ask: () => Promise<V>): Promise<V> {
  const known = asked.get(name);
  if (known !== undefined) return known;
  const answer = ask();
  asked.set(name, answer);
  return answer;
}

/**
 * A resolver that asks each question once and gives everybody the one answer, for as long as one check takes: what will be wanted later
 * can so be asked ahead.
 */
export function sharedQuestions(inner: Resolver): Resolver {
  const asked = new Map<string, Promise<DnsAnswer>>();
  return {
    query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      const key = `${type} ${name.toLowerCase()}`;
      // The type is part of the key, so the answer is of that type.
      return once(asked, key, () => inner.query(name, type, options)) as Promise<DnsAnswer<T>>;
    },
  };
}
