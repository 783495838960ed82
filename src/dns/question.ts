/** The name of a question in one form, and the answer that says why there is none. Shared by every resolver of this folder. */
import { asciiLower } from '../bytes/ascii.ts';
import type { DnsAnswer, DnsFailure, RecordType } from './resolver.ts';

const RECORD_TYPES: Readonly<Record<RecordType, true>> = {
  A: true,
  AAAA: true,
  CNAME: true,
  MX: true,
  NS: true,
  PTR: true,
  SOA: true,
  TXT: true,
};

export function isRecordType(text: string): text is RecordType {
  return Object.hasOwn(RECORD_TYPES, text);
}

/**
 * A label as DNS carries it (RFC 2181 §11: any octets; RFC 1035 §2.3.4: 1 to 63 of them). Wider than a host name, because SPF
 * macros put local parts into names (RFC 7208 §7). The backslash stays out: in presentation form it would start an escape.
 */
const LABEL = /^[\x20-\x5b\x5d-\x7e]{1,63}$/;

/**
 * The name as it is asked for, compared and remembered: lower case, without trailing dot, the root as `.`.
 * Undefined for what no DNS message can carry (RFC 1035 §2.3.4: 255 octets on the wire are 253 characters here).
 */
export function normalizeName(name: string): string | undefined {
  if (name === '.') return name;
  const bare = asciiLower(name.endsWith('.') ? name.slice(0, -1) : name);
  if (bare.length > 253) return undefined;
  return bare.split('.').every((label) => LABEL.test(label)) ? bare : undefined;
}

/** The answer to a question that got none. `detail` is for diagnosis: plain English, may quote the resolver. */
export function failureAnswer<T extends RecordType>(
  name: string,
  type: T,
  failure: DnsFailure,
  detail: string,
): DnsAnswer<T> {
  return { kind: 'failure', name, type, cached: false, failure, detail };
}

/** A name no DNS message can carry is not asked; that is content, so an answer and not an error. */
export function unaskableAnswer<T extends RecordType>(name: string, type: T): DnsAnswer<T> {
  return failureAnswer(name, type, 'malformed', 'the name asked for is not a DNS name');
}
