/** The page of what is remembered, as rows of words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  exportMemory,
  viewDomains,
  viewKeys,
  type Remembered,
} from '../../../../extension/pages/senders/view-model.ts';
import { ed25519Key, keyRecord } from '../../../dkim/support/signer.ts';
import { observation } from '../../../support/memory.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { fill } = await import('../../../../extension/ui/words.ts');

const file = new URL('../../../../extension/public/_locales/en/messages.json', import.meta.url);
const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { readonly message: string }>;
const t = (key: string, params = {}): string => fill(catalogue[key]?.message ?? '', params);

const times = { firstSeen: '2026-01-01T12:00:00.000Z', lastSeen: '2026-03-01T12:00:00.000Z' };
const key = { record: keyRecord(ed25519Key()), ...times, dnssec: 'secure' as const };
const named = { messages: 3, since: times.firstSeen, lastSeen: times.lastSeen };
const REMEMBERED: Remembered = {
  keys: [
    { name: 'b._domainkey.zoo.example', keys: [key, { ...key, record: 'nonsense' }] },
    { name: 'z._domainkey.ark.example', keys: [key] },
  ],
  domains: [
    observation('zoo.example', { signed: 9, relays: [{ name: 'list.example', ...named }] }),
    observation('xn--bcher-kva.example', { lists: [{ name: 'Walks <walks.example>', ...named }] }),
  ],
};

describe('the page of what is remembered', () => {
  it('tells each key with its kind and its days, in the order of domains', () => {
    const { rows, count } = viewKeys(REMEMBERED, '', t);
    expect(count).toBe(3);
    expect(rows.map(({ name, kind }) => [name, kind])).toEqual([
      ['z._domainkey.ark.example', 'Ed25519, 256 bits'],
      ['b._domainkey.zoo.example', 'Ed25519, 256 bits'],
      ['b._domainkey.zoo.example', 'unreadable'],
    ]);
    expect(rows[0]).toMatchObject({ firstSeen: 'Jan 1, 2026', lastSeen: 'Mar 1, 2026' });
  });

  it('tells each domain as people read it, with who signed', () => {
    const { rows } = viewDomains(REMEMBERED, '', t);
    expect(rows.map(({ shown, signed }) => [shown, signed])).toEqual([
      ['bücher.example', '10 of 10'],
      ['zoo.example', '9 of 10'],
    ]);
    expect(rows[0]?.lists).toEqual(['Walks <walks.example> (3)']);
    expect(rows[1]?.signers).toEqual(['zoo.example (10)', 'list.example (3)']);
  });

  it.each([
    ['ZOO', 1, 2],
    [' bücher ', 1, 0],
    ['list.example', 1, 0],
    ['walks', 1, 0],
    ['_domainkey', 0, 3],
    ['no one', 0, 0],
  ])('finds "%s" in %i domains and %i keys', (sought, domains, keys) => {
    expect(viewDomains(REMEMBERED, sought, t).count).toBe(domains);
    expect(viewKeys(REMEMBERED, sought, t).count).toBe(keys);
  });

  it('shows no more rows than a page can, and says how many there are', () => {
    const domains = Array.from({ length: 1000 }, (_, at) => observation(`${at}.example`));
    const { rows, count } = viewDomains({ keys: [], domains }, '', t);
    expect(count).toBe(1000);
    expect(rows.length).toBeLessThan(count);
  });

  it('is saved whole, whatever is sought', () => {
    const saved = JSON.parse(exportMemory(REMEMBERED, new Date('2026-11-22T08:00:00Z'))) as Remembered;
    expect(saved).toEqual({
      format: 'countersign-memory',
      version: 1,
      exportedAt: '2026-11-22T08:00:00.000Z',
      ...REMEMBERED,
    });
  });
});
