/** A resolver that answers from a function and counts; for records no zone file can hold, and for worlds without end. */
import type { DnsAnswer, QueryOptions, RecordData, RecordType, Resolver } from '../../src/dns/resolver.ts';

export interface Answers extends Resolver {
  /** Questions in order, as `TXT example.com`. */
  readonly asked: readonly string[];
}

/** `undefined` answers NXDOMAIN, an empty list no data. TXT texts hold one character per octet. */
export function answers(
  recordsOf: (name: string, type: RecordType) => readonly RecordData[RecordType][] | undefined,
): Answers {
  const asked: string[] = [];
  return {
    asked,
    query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>> {
      options?.signal?.throwIfAborted();
      asked.push(`${type} ${name}`);
      const records = recordsOf(name, type) as readonly RecordData[T][] | undefined;
      const base = { name, type, cached: false, ttl: 300, dnssec: 'insecure' } as const;
      if (records === undefined) return Promise.resolve({ ...base, kind: 'nxdomain' });
      if (records.length === 0) return Promise.resolve({ ...base, kind: 'no-data' });
      return Promise.resolve({ ...base, kind: 'records', records });
    },
  };
}

/** Every TXT question gets this one text, every other question no data. */
export function onlyRecord(text: string): Answers {
  return answers((_, type) => (type === 'TXT' ? [text] : []));
}
