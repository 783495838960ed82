/**
 * What is measured side by side wherever there is WebCrypto: in Node and in a browser. Each contestant verifies every message of a
 * sample once and answers how many passed.
 */
import { verifyDkim } from '../../src/dkim/verify.ts';
import { withCache } from '../../src/dns/cache.ts';
import type { DnsAnswer, RecordData, RecordType, Resolver } from '../../src/dns/resolver.ts';

export type Contestant = () => Promise<number>;

export interface Mail {
  readonly messages: readonly Uint8Array<ArrayBuffer>[];
  /** TXT records by name. */
  readonly records: Readonly<Record<string, string>>;
}

/** This core, one message after the other or several under way, as a mail program has it. */
export function core({ messages, records }: Mail, atOnce = 1): Contestant {
  const now = new Date('2026-06-01T12:00:00Z');
  return () => {
    // A fresh cache each time where there are many messages: the first of a domain asks, the others do not.
    const resolver = messages.length > 1 ? withCache(fromMemory(records)) : fromMemory(records);
    return inTurns(messages, atOnce, async (message) => {
      const reports = await verifyDkim(message, { resolver, now });
      return reports.every(({ result }) => result === 'pass');
    });
  };
}

/** Answers TXT questions at once, like the resolver that mailauth is given here. */
export function fromMemory(records: Mail['records']): Resolver {
  return {
    query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const record = records[name];
      const base = { name, type, cached: false, ttl: 300, dnssec: 'insecure' } as const;
      if (type !== 'TXT' || record === undefined) return Promise.resolve({ ...base, kind: 'nxdomain' });
      return Promise.resolve({ ...base, kind: 'records', records: [record] as RecordData[T][] });
    },
  };
}

/** What the floor needs of a message: the body, and something signed that is about as long as what a signature covers. */
export interface FloorPart {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

export interface FloorKey {
  readonly type: 'rsa' | 'ed25519';
  /** SubjectPublicKeyInfo of an RSA key, the bare octets of an Ed25519 key. */
  readonly octets: Uint8Array<ArrayBuffer>;
}

/** The least anybody can do: one SHA-256 over the body and one verification with a key at hand, one after the other. */
export async function floor({ type, octets }: FloorKey, parts: readonly FloorPart[]): Promise<Contestant> {
  const algorithm = type === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'Ed25519' };
  const key = await crypto.subtle.importKey(type === 'rsa' ? 'spki' : 'raw', octets, algorithm, false, ['verify']);
  return () =>
    inTurns(parts, 1, async ({ data, signature, body }) => {
      await crypto.subtle.digest('SHA-256', body);
      return crypto.subtle.verify(algorithm, key, signature, data);
    });
}

export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<boolean>,
): Promise<number> {
  let passed = 0;
  for (let at = 0; at < items.length; at += atOnce) {
    const results = await Promise.all(items.slice(at, at + atOnce).map(work));
    passed += results.filter(Boolean).length;
  }
  return passed;
}
