/** What the overview says is missing, one thing at a time, and what it counts. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../../../src/practices/observed.ts';
import { DEFAULT_SETTINGS } from '../../../../extension/settings/settings.ts';
import type { Known } from '../../../../extension/pages/overview/view-model.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));
const { viewMissing, viewSenders, viewTiles } = await import('../../../../extension/pages/overview/view-model.ts');
const { fill } = await import('../../../../extension/ui/words.ts');

const english = JSON.parse(
  readFileSync(new URL('../../../../extension/public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { readonly message: string }>;
const t = (key: string, params = {}): string => fill(english[key]?.message ?? '', params);

const accounts = [{ id: 'account1', name: 'reader@home.example' }];
const server = { authservIds: ['mx.home.example'], resultsBelowEntry: 0 };
const complete: Known = {
  settings: {
    ...DEFAULT_SETTINGS,
    resolver: 'https://dns.quad9.net/dns-query',
    trust: { account1: server },
    runRules: true,
  },
  accounts,
  rules: 3,
  keys: 118,
  domains: [],
  canRunRules: true,
};

function observed(domain: string, messages: number, signed: number): Observation {
  const seen = { since: '2026-09-01T00:00:00Z', lastSeen: '2026-11-30T00:00:00Z' };
  return { domain, messages, signed, ...seen, signers: [], relays: [], lists: [], counted: [] };
}

describe('what is missing', () => {
  it('is nothing where all is set up', () => {
    expect(viewMissing(complete, t)).toBeUndefined();
  });

  it('is DNS before all else, and leads to that step', () => {
    const missing = viewMissing({ ...complete, settings: { ...DEFAULT_SETTINGS } }, t);
    expect(missing).toMatchObject({ what: 'dns', href: '../welcome/index.html?step=dns' });
  });

  it('is a server where no account has one; an account of several without is no matter', () => {
    const settings = { ...complete.settings, trust: {} };
    expect(viewMissing({ ...complete, settings }, t)?.what).toBe('server');
    const two = [...accounts, { id: 'account2', name: 'club@hikers.example' }];
    expect(viewMissing({ ...complete, accounts: two }, t)).toBeUndefined();
    expect(viewMissing({ ...complete, settings, accounts: [] }, t)).toBeUndefined();
  });

  it('is the switch for rules only where there are rules and they could run', () => {
    const settings = { ...complete.settings, runRules: false };
    expect(viewMissing({ ...complete, settings }, t)?.title).toBe('Your 3 rules are off for new mail');
    expect(viewMissing({ ...complete, settings, rules: 1 }, t)?.title).toBe('Your rule is off for new mail');
    expect(viewMissing({ ...complete, settings, rules: 0 }, t)).toBeUndefined();
    expect(viewMissing({ ...complete, settings, canRunRules: false }, t)).toBeUndefined();
  });
});

describe('what is known', () => {
  const domains = [
    observed('shop.example', 25, 25),
    observed('quiet.example', 5, 0),
    observed('orchard.example', 50, 40),
  ];

  it('is counted over all domains', () => {
    const tiles = new Map(viewTiles({ ...complete, domains }, t).map((tile) => [tile.id, tile]));
    expect(tiles.get('messages')).toMatchObject({ value: '80', note: "81% signed by the sender's domain" });
    expect(tiles.get('domains')?.value).toBe('3');
    expect(tiles.get('keys')?.value).toBe('118');
    expect(tiles.get('rules')).toMatchObject({ value: '3', note: 'run on new mail' });
  });

  it('is no share of nothing', () => {
    expect(viewTiles(complete, t).find(({ id }) => id === 'messages')).toMatchObject({ value: '0' });
  });

  it('lists the domains with most mail first, measured by the longest', () => {
    expect(viewSenders({ ...complete, domains }, t)).toEqual([
      { domain: 'orchard.example', messages: '50', signed: '80%', length: 100 },
      { domain: 'shop.example', messages: '25', signed: '100%', length: 50 },
      { domain: 'quiet.example', messages: '5', signed: '0%', length: 10 },
    ]);
  });
});
