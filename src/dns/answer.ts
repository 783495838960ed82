/**
 * What a response says about the question: from a decoded message to the answer of the port. Implements RFC 1034 §3.6.2 (aliases),
 * RFC 2308 §2 and §5 (negative answers and how long they hold), RFC 6604 §3 (RCODE and aliases), RFC 8914 §4 (why it failed).
 */
import { followAliases } from './alias.ts';
import { failureAnswer } from './question.ts';
import type { DnsAnswer, DnsFailure, RecordType } from './resolver.ts';
import { CLASS_IN, typeCodeOf } from './wire.ts';
import type { DnsMessage, DnsQuestion, ExtendedError, QuestionType, ResourceRecord } from './wire.ts';

const NOERROR = 0;
const SERVFAIL = 2;
export const NXDOMAIN = 3;

/** For `detail` only (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6891 §9). */
const RCODE_NAMES = new Map([
  [1, 'FORMERR'],
  [SERVFAIL, 'SERVFAIL'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [9, 'NOTAUTH'],
  [16, 'BADVERS'],
]);

/**
 * Extended errors that say the data failed DNSSEC validation: RFC 8914 §4.7 to §4.13 (DNSSEC Bogus, Signature Expired, Signature
 * Not Yet Valid, DNSKEY Missing, RRSIGs Missing, No Zone Key Bit Set, NSEC Missing); 25 is Signature Expired before Valid in
 * IANA's registry. Not validated for want of a known algorithm (1, 2) or of an anchor (5) is no sign of forgery.
 */
const BOGUS_CODES: ReadonlySet<number> = new Set([6, 7, 8, 9, 10, 11, 12, 25]);

/**
 * Reads a response to the question for `name` and `type`.
 * @param name in the form of `normalizeName`
 * @param age seconds the response spent in HTTP caches, to be taken off its TTL (RFC 8484 §5.1)
 */
export function interpretMessage<T extends RecordType>(
  name: string,
  type: T,
  message: DnsMessage,
  age: number,
): DnsAnswer<T> {
  const fail = (failure: DnsFailure, detail: string): DnsAnswer<T> => failureAnswer(name, type, failure, detail);
  const trouble = troubleWith(message, name, type);
  if (trouble !== undefined) return fail(trouble.failure, trouble.detail);

  const chain = type === 'CNAME' ? { end: name, links: [] } : followAliases(name, aliasesOf(message));
  if (chain === undefined) return fail('malformed', 'the response has a CNAME loop or too long a chain');
  const records = message.answers.filter((record) => record.owner === chain.end).filter(isOfType(type));
  const soa = message.authorities.find(isOfType('SOA'));
  if (message.rcode === NOERROR && records.length === 0 && soa === undefined && isReferral(message)) {
    return fail('malformed', 'the response is a referral, not an answer'); // RFC 2308 §2.2
  }

  const lasting = chain.links.map((link) => link.ttl).concat(records.map((record) => record.ttl));
  // RFC 2308 §5: the lesser of the SOA's TTL and its MINIMUM; without SOA a negative answer is not kept.
  if (records.length === 0) lasting.push(soa === undefined ? 0 : Math.min(soa.ttl, soa.data.minimum));
  const base = {
    name,
    type,
    cached: false,
    ttl: Math.max(0, Math.min(...lasting) - age),
    dnssec: message.authenticData ? 'secure' : 'insecure',
  } as const;
  // RFC 6604 §3: after an alias the RCODE speaks of the last name of the chain; no data can be had either way.
  if (message.rcode === NXDOMAIN) return { ...base, kind: 'nxdomain' };
  if (records.length === 0) return { ...base, kind: 'no-data' };
  return { ...base, kind: 'records', records: records.map((record) => record.data) };
}

/** Why the message is no definitive answer to the question; undefined where it is one. */
export function troubleWith(
  message: DnsMessage,
  name: string,
  type: QuestionType,
): { readonly failure: DnsFailure; readonly detail: string } | undefined {
  const definitive = message.rcode === NOERROR || message.rcode === NXDOMAIN;
  if (message.question === undefined) {
    if (definitive) return { failure: 'malformed', detail: 'the response does not repeat the question' };
  } else if (!asks(message.question, name, type)) {
    return { failure: 'malformed', detail: 'the response answers another question' };
  }
  if (!definitive) return { failure: failureOf(message), detail: describeError(message) };
  // Not all there is: a missing second record can change a result, so half an answer is none.
  return message.truncated ? { failure: 'malformed', detail: 'the response is truncated' } : undefined;
}

function asks(question: DnsQuestion, name: string, type: QuestionType): boolean {
  return question.name === name && question.typeCode === typeCodeOf(type) && question.classCode === CLASS_IN;
}

function isOfType<T extends RecordType>(type: T): (record: ResourceRecord) => record is ResourceRecord<T> {
  return (record): record is ResourceRecord<T> => record.type === type;
}

function aliasesOf(message: DnsMessage): (name: string) => { target: string; ttl: number } | undefined {
  const aliases = new Map(
    message.answers.filter(isOfType('CNAME')).map(({ owner, data, ttl }) => [owner, { target: data, ttl }]),
  );
  return (name) => aliases.get(name);
}

function isReferral(message: DnsMessage): boolean {
  return message.answers.length === 0 && message.authorities.some(isOfType('NS'));
}

/** Every RCODE but NOERROR and NXDOMAIN: the server failed, or would not do what it was asked. */
function failureOf(message: DnsMessage): DnsFailure {
  if (message.rcode !== SERVFAIL) return 'refused';
  return message.extendedErrors.some((error) => BOGUS_CODES.has(error.code)) ? 'bogus' : 'servfail';
}

function describeError(message: DnsMessage): string {
  const rcode = RCODE_NAMES.get(message.rcode) ?? `RCODE ${message.rcode}`;
  return [rcode, ...message.extendedErrors.map(describeExtendedError)].join('; ');
}

function describeExtendedError({ code, text }: ExtendedError): string {
  return text === '' ? `extended error ${code}` : `extended error ${code}: ${text}`;
}
