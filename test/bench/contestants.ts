/** What is measured side by side. Each verifies every message of a sample once and answers how many passed. */
import { sign } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { verifyDkim } from '../../src/dkim/verify.ts';
import { withCache } from '../../src/dns/cache.ts';
import type { DnsAnswer, RecordData, RecordType, Resolver } from '../../src/dns/resolver.ts';
import type { Sample } from './corpus.ts';

export type Contestant = () => Promise<number>;

/** This core, one message after the other or several under way, as a mail program has it. */
export function core({ messages, records }: Sample, atOnce = 1): Contestant {
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
export function fromMemory(records: Sample['records']): Resolver {
  return {
    query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const record = records[name];
      const base = { name, type, cached: false, ttl: 300, dnssec: 'insecure' } as const;
      if (type !== 'TXT' || record === undefined) return Promise.resolve({ ...base, kind: 'nxdomain' });
      return Promise.resolve({ ...base, kind: 'records', records: [record] as RecordData[T][] });
    },
  };
}

/** mailauth, which reads from memory as well. */
export function mailauth({ messages, records }: Sample): Contestant {
  const buffers = messages.map((message) => Buffer.from(message.buffer, message.byteOffset, message.length));
  const resolver = (name: string): Promise<string[][]> => Promise.resolve([[records[name] ?? '']]);
  return () =>
    inTurns(buffers, 1, async (message) => {
      const { results } = await dkimVerify(message, { resolver });
      return results.every(({ status }) => status.result === 'pass');
    });
}

/** The least anybody can do: one SHA-256 over the body and one verification with a key at hand, one after the other. */
export async function floor({ messages, key }: Sample): Promise<Contestant> {
  const algorithm = key.type === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'Ed25519' };
  const spki = Buffer.from(key.publicKey, 'base64');
  const publicKey =
    key.type === 'rsa'
      ? await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
      : await crypto.subtle.importKey('raw', spki, algorithm, false, ['verify']);
  const parts = messages.map((message) => {
    const end = Buffer.from(message.buffer, message.byteOffset, message.length).indexOf('\r\n\r\n');
    const data = message.subarray(0, Math.min(end, 1000)); // about what a signature covers
    const signature = new Uint8Array(sign(key.type === 'rsa' ? 'sha256' : null, data, key.privateKey));
    return { data, signature, body: message.subarray(end + 4) };
  });
  return () =>
    inTurns(parts, 1, async ({ data, signature, body }) => {
      await crypto.subtle.digest('SHA-256', body);
      return crypto.subtle.verify(algorithm, publicKey, signature, data);
    });
}

async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<boolean>): Promise<number> {
  let passed = 0;
  for (let at = 0; at < items.length; at += atOnce) {
    const results = await Promise.all(items.slice(at, at + atOnce).map(work));
    passed += results.filter(Boolean).length;
  }
  return passed;
}
