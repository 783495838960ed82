/** The key records of a selector as their publisher should see them (RFC 6376 §3.6.1, §3.6.2, RFC 8301 §3.2). */
import { ACCEPTED_RSA_BITS } from '../dkim/check.ts';
import { parseKeyRecord, type KeyRecord } from '../dkim/key.ts';
import { RECOMMENDED_RSA_BITS } from '../dkim/report.ts';
import { KEY_TYPES } from '../dkim/tags.ts';
import type { Questions } from '../dns/ask-once.ts';
import { dnssecOf } from '../dns/conclusions.ts';
import { below, type DomainName } from '../domain/name.ts';
import { LIMITS } from '../limits.ts';
import { parseTagList, rangeOf } from '../syntax/tag-list.ts';
import { KEY_FINDINGS, type KeyFindingId } from './reasons.ts';
import type { KeyProfile, KeyRecordProfile, RecordFinding } from './types.ts';

const KNOWN_KEY_TYPES: ReadonlySet<string> = new Set(Object.values(KEY_TYPES));

type Finding = RecordFinding<KeyFindingId>;

export async function profileKey(selector: string, domain: DomainName, questions: Questions): Promise<KeyProfile> {
  const name = below(`${selector}._domainkey`, domain);
  const nothing = { selector, name: name ?? null, records: [], failure: null, ttl: null };
  if (name === undefined) {
    const asked = `${selector}._domainkey.${domain}`;
    return { ...nothing, dnssec: 'indeterminate', findings: [finding('impossible-name', asked)] };
  }
  const answer = await questions.txt(name);
  const found = { ...nothing, dnssec: dnssecOf(answer) };
  if (answer.kind === 'failure') {
    return { ...found, failure: answer.failure, findings: [finding('key-unavailable', name)] };
  }
  const { ttl } = answer;
  if (answer.kind !== 'records') return { ...found, ttl, findings: [finding('key-not-found', name)] };
  const findings = answer.records.length > 1 ? [finding('several-key-records', name)] : [];
  const records = answer.records.slice(0, LIMITS.keyRecords).map((text) => profileRecord(text, name));
  return { ...found, ttl, records, findings };
}

function finding(id: KeyFindingId, name: string, place: Pick<Finding, 'tag' | 'at'> = {}): Finding {
  return { id, severity: KEY_FINDINGS[id], name, ...place };
}

function profileRecord(text: string, name: string): KeyRecordProfile {
  const record = parseKeyRecord(text);
  if (record === undefined) {
    const unread = { keyType: null, bits: null, hashes: null, services: [], testing: false, strictIdentity: false };
    return { text, ...unread, findings: [finding('key-syntax', name, placeOfFault(text))] };
  }
  const { keyType, hashes, services, testing, strictIdentity, publicKey } = record;
  return {
    text,
    keyType,
    bits: typeof publicKey === 'string' ? null : publicKey.bits,
    hashes: hashes ?? null,
    services,
    testing,
    strictIdentity,
    findings: [...recordFindings(record)].map(([id, tag]) =>
      finding(id, name, tag === undefined ? {} : placeOfTag(text, tag)),
    ),
  };
}

/** From where a tag begins, behind the semicolon before it; a tag that is not there has no place. */
function placeOfTag(text: string, tag: string): Pick<Finding, 'tag' | 'at'> {
  const value = rangeOf(parseTagList(text), tag)?.start;
  return { tag, ...(value !== undefined && { at: text.lastIndexOf(';', value - 1) + 1 }) };
}

/** Where the tag list breaks; a list without fault lacks p=, or its v= is wrong or out of place (RFC 6376 §3.6.1). */
function placeOfFault(text: string): Pick<Finding, 'tag' | 'at'> {
  const list = parseTagList(text);
  if (!list.ok) return { ...(list.problem.tag !== null && { tag: list.problem.tag }), at: list.problem.at };
  return placeOfTag(text, list.tags.has('p') ? 'v' : 'p');
}

/** Each finding with the tag at fault; the size of a key is no fault of the text. */
function* recordFindings(record: KeyRecord): Generator<readonly [KeyFindingId, string?]> {
  const { publicKey, keyType, services, hashes } = record;
  if (publicKey === 'key-revoked') {
    yield ['key-revoked'];
    return;
  }
  if (!KNOWN_KEY_TYPES.has(keyType)) yield ['key-type-unknown', 'k'];
  else if (publicKey === 'key-too-large') yield ['key-too-large'];
  else if (typeof publicKey === 'string') yield ['key-unusable', 'p'];
  else if (publicKey.type === 'rsa' && publicKey.bits < ACCEPTED_RSA_BITS) yield ['key-too-small'];
  else if (publicKey.type === 'rsa' && publicKey.bits < RECOMMENDED_RSA_BITS) yield ['weak-key'];
  if (!services.includes('*') && !services.includes('email')) yield ['key-service-mismatch', 's'];
  if (hashes !== undefined && !hashes.includes('sha256')) yield ['key-hash-mismatch', 'h'];
  if (record.testing) yield ['testing-key', 't'];
  if (record.granularity !== undefined) yield ['historic-granularity', 'g'];
}
