/** What is remembered as rows of words: sought, sorted, and cut to what a page can show. Computed without a browser. */
import { parseKeyRecord } from '../../../src/dkim/key.ts';
import { shownDomain } from '../../../src/domain/name.ts';
import type { Observation, ObservedName } from '../../../src/practices/observed.ts';
import type { RememberedKeys } from '../../adapters/memory.ts';
import { dayText, type Translate } from '../../ui/words.ts';

export interface Remembered {
  readonly keys: readonly RememberedKeys[];
  readonly domains: readonly Observation[];
}

export interface KeyRow {
  readonly name: string;
  readonly kind: string;
  readonly record: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly dnssec: string;
}

export interface DomainRow {
  readonly domain: string;
  /** The domain as people read it. */
  readonly shown: string;
  readonly signed: string;
  readonly since: string;
  readonly lastSeen: string;
  readonly signers: readonly string[];
  readonly lists: readonly string[];
}

/** The rows that are shown, and how many there are. */
export interface Found<T> {
  readonly rows: readonly T[];
  readonly count: number;
}

/** Rows of one table on the page; who looks for another one seeks it. */
const MOST_ROWS = 200;

/** The keys whose name holds the text sought, in the order of their domains. */
export function viewKeys({ keys }: Remembered, sought: string, t: Translate): Found<KeyRow> {
  const found = keys
    .filter(({ name }) => holds(name, sought))
    .sort((left, right) => compare(domainOf(left.name), domainOf(right.name)) || compare(left.name, right.name))
    .flatMap(({ name, keys: all }) => all.map((key) => ({ name, ...key })));
  return cut(found, ({ name, record, firstSeen, lastSeen, dnssec }) => ({
    name,
    kind: kindOf(name, record, t),
    record,
    firstSeen: dayText(t, firstSeen),
    lastSeen: dayText(t, lastSeen),
    dnssec: t(`panel_dnssec_${dnssec}`),
  }));
}

/** The domains whose name, signers or lists hold the text sought, in their order. */
export function viewDomains({ domains }: Remembered, sought: string, t: Translate): Found<DomainRow> {
  const found = domains
    .filter(({ domain, signers, relays, lists }) =>
      [domain, shownDomain(domain), ...[...signers, ...relays, ...lists].map(({ name }) => name)].some((text) =>
        holds(text, sought),
      ),
    )
    .sort((left, right) => compare(left.domain, right.domain));
  return cut(found, ({ domain, messages, signed, since, lastSeen, signers, relays, lists }) => ({
    domain,
    shown: shownDomain(domain),
    signed: t('memory_signed_of', { signed: String(signed), messages: String(messages) }),
    since: dayText(t, since),
    lastSeen: dayText(t, lastSeen),
    signers: [...signers, ...relays].map((one) => nameText(one, t)),
    lists: lists.map((one) => nameText(one, t)),
  }));
}

/** Everything as JSON, for the reader to keep or to look at with other tools. */
export function exportMemory({ keys, domains }: Remembered, now: Date): string {
  return JSON.stringify(
    { format: 'countersign-memory', version: 1, exportedAt: now.toISOString(), keys, domains },
    null,
    2,
  );
}

function cut<T, R>(found: readonly T[], view: (one: T) => R): Found<R> {
  return { rows: found.slice(0, MOST_ROWS).map(view), count: found.length };
}

function holds(text: string, sought: string): boolean {
  return text.toLowerCase().includes(sought.trim().toLowerCase());
}

/** A key's name without its selector, and a policy's as it is: both sort by the domain. */
function domainOf(name: string): string {
  return name.replace(/^(?:_dmarc|.*\._domainkey)\./, '');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function kindOf(name: string, record: string, t: Translate): string {
  if (name.startsWith('_dmarc.')) return t(record === '' ? 'memory_policy_none' : 'memory_policy');
  const key = parseKeyRecord(record)?.publicKey;
  if (key === undefined || typeof key === 'string') return t('memory_key_unreadable');
  return t('memory_key_bits', { kind: key.type === 'rsa' ? 'RSA' : 'Ed25519', bits: String(key.bits) });
}

function nameText({ name, messages }: ObservedName, t: Translate): string {
  return t('memory_name_count', { name: shownDomain(name), count: String(messages) });
}
