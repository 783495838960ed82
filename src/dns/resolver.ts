/**
 * The port through which every look-up of the core goes. Implemented by the DoH client, the zone-file resolver and the cache
 * of this folder; a host may bring its own.
 */

import type { DnssecProof } from './proof.ts';

/** Data of one record by type. TXT: the character-strings joined without separator, one character per octet (RFC 7208 §3.3). */
export interface RecordData {
  A: string;
  AAAA: string;
  CNAME: string;
  MX: { readonly preference: number; readonly exchange: string };
  NS: string;
  PTR: string;
  SOA: { readonly mname: string; readonly minimum: number };
  TXT: string;
}
export type RecordType = keyof RecordData;

/**
 * What is known of the answer's authenticity (RFC 4035 §4.3). Where the answer has a `proof`, this is what was validated on this
 * machine. Where it has none, nobody validated here and it is the resolver's word: `secure` where it set the AD bit, so worth as
 * much as the path to that resolver, `insecure` where it did not. `indeterminate` where nothing can be said.
 */
export type DnssecState = 'secure' | 'insecure' | 'indeterminate';

/**
 * Why there is no answer. `bogus`: DNSSEC validation failed, here (then there is a `proof` that tells how) or at the resolver
 * (a SERVFAIL whose extended error says so, RFC 8914 §4). `captive`: a web page came instead of an answer, such as the one to sign
 * in to a network.
 */
export type DnsFailure =
  | 'servfail'
  | 'bogus'
  | 'refused'
  | 'timeout'
  | 'network'
  | 'http'
  | 'captive'
  | 'malformed'
  | 'offline'
  | 'not-configured';

interface AnswerBase {
  /** The name asked for, lower case, without trailing dot. */
  readonly name: string;
  readonly type: RecordType;
  /** Answered from memory or storage: cost nobody a question. */
  readonly cached: boolean;
  /** How the answer was proved, or why it could not be, where it was validated on this machine (RFC 4035 §5). */
  readonly proof?: DnssecProof | undefined;
  /** Host of the server that gave the answer, where more than one may be asked. */
  readonly resolver?: string | undefined;
}

interface DefinitiveAnswer extends AnswerBase {
  /** Seconds this answer may still be kept. */
  readonly ttl: number;
  readonly dnssec: DnssecState;
  /** The resolver's own word, its AD bit (RFC 4035 §3.2.3); absent where nobody sent one. */
  readonly authenticData?: boolean | undefined;
}

/** NOERROR with records, NOERROR without, NXDOMAIN and "no answer" are four different things (RFC 2308 §2, RFC 8020). */
export type DnsAnswer<T extends RecordType = RecordType> =
  | (DefinitiveAnswer & { readonly kind: 'records'; readonly records: readonly RecordData[T][] })
  | (DefinitiveAnswer & { readonly kind: 'no-data' })
  | (DefinitiveAnswer & { readonly kind: 'nxdomain' })
  | (AnswerBase & { readonly kind: 'failure'; readonly failure: DnsFailure; readonly detail: string });

export interface QueryOptions {
  /** Gives up the question; the returned promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Resolver {
  /**
   * Asks one question. Environment trouble is a `failure` answer; the promise rejects only for an aborted signal or a programming
   * error.
   * @param name a domain in A-label form, with or without trailing dot
   */
  query<T extends RecordType>(name: string, type: T, options?: QueryOptions): Promise<DnsAnswer<T>>;
}
